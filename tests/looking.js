// What a screen shows, measured: sizes, contrasts, targets, overflow. Run in the page.
() => {
  const seen = (el) => {
    const { width, height } = el.getBoundingClientRect();
    return width > 1 && height > 1 && el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !el.closest('.unseen, [aria-hidden="true"]');
  };
  // A colour as the browser means it, whatever notation it is written in.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const behind = (el) => {
    const layers = [];
    for (let one = el; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3]) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), [255, 255, 255]);
  };
  const light = (colour) => colour.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const name = (el) => `${el.tagName.toLowerCase()}.${[...el.classList].join('.')} in ${el.parentElement?.className} “${el.textContent.trim().slice(0, 30)}”`;
  const cover = document.querySelector('.screen .cover');
  const texts = [];
  const walker = document.createTreeWalker(document.querySelector('.screen, .page') ?? document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const el = walker.currentNode.parentElement;
    if (!walker.currentNode.nodeValue.trim() || !seen(el) || el.closest('.cover.blank, option, style, script')) continue;
    if (cover && !cover.contains(el) && !el.closest('.signal, dialog')) continue;
    const style = getComputedStyle(el);
    const ground = behind(el);
    texts.push({ what: name(el), size: parseFloat(style.fontSize), contrast: contrast(over(rgba(style.color), ground), ground), label: Boolean(el.closest('h2, small, .origin, .count, .roles, .bar, .where, .address, .letters, .strip, .queue, .merged, .person span, .weight, .form-of, .yes, dt, kbd, .foot')), now: Boolean(el.closest('.turn .name, .turn .time') && !el.closest('.rest')) });
  }
  const least = (list, key) => list.reduce((a, b) => (!a || b[key] < a[key] ? b : a), null);
  const targets = [...document.querySelectorAll('button, a[href], select, .chip, summary, input:not([type=radio]):not([type=checkbox]), textarea')].filter(seen).map((el) => {
    const box = el.getBoundingClientRect();
    return { what: name(el), size: Math.min(box.width, box.height) };
  });
  const root = document.scrollingElement;
  const cut = [...document.querySelectorAll('.room .main, .room .foot, .room .card p, .room .card, .room h1')].filter((el) => seen(el) && (el.scrollHeight > el.clientHeight + 2 && getComputedStyle(el).overflow !== 'visible')).map(name);
  for (const side of document.querySelectorAll('.room .side')) {
    const last = side.lastElementChild?.getBoundingClientRect();
    if (last && last.bottom > side.getBoundingClientRect().bottom + 2) cut.push(name(side));
  }
  return {
    lang: document.documentElement.lang,
    body: least(texts.filter((t) => !t.label && !t.now), 'size'),
    label: least(texts.filter((t) => t.label), 'size'),
    now: least(texts.filter((t) => t.now), 'size'),
    contrast: least(texts, 'contrast'),
    target: least(targets, 'size'),
    scrolls: root.scrollHeight > innerHeight + 1,
    sideways: root.scrollWidth > innerWidth + 1,
    cut,
    height: innerHeight,
    ratio: innerWidth / innerHeight,
  };
}
