// Text that its box cuts off, or that stands beside the screen. Dots say themselves that it goes on.
() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = [];
  const range = document.createRange();
  while (words.nextNode()) {
    const el = words.currentNode.parentElement;
    if (!words.currentNode.nodeValue.trim() || !el.checkVisibility({ visibilityProperty: true })) continue;
    if (el.closest('.unseen, [aria-hidden=true], script, style, option, .cover.blank')) continue;
    range.selectNodeContents(words.currentNode);
    const box = range.getBoundingClientRect();
    for (let one = el; one && box.width > 1; one = one.parentElement) {
      const { overflowX, clipPath, textOverflow } = getComputedStyle(one);
      if (clipPath !== 'none' || textOverflow === 'ellipsis') break;
      const root = one === document.documentElement;
      const edge = root ? innerWidth : overflowX === 'visible' ? Infinity : one.getBoundingClientRect().right;
      if (one.matches('.room .queue') && box.left > edge) break; // whom a full queue leaves for later
      if (box.right > edge + 2) cut.push(`“${el.textContent.trim().slice(0, 40)}” in .${one.className}`);
    }
  }
  return cut;
}
