// Whatever gets the focus is seen: nothing that stays in view lies over all of it. Run in the page.
async () => {
  const POINTS = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9], [0.5, 0.1], [0.5, 0.9]];
  const hidden = [];
  const css = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const all = [...document.querySelectorAll(css)].filter((one) => one.checkVisibility());
  for (const one of all) {
    scrollTo(0, 0);
    one.focus();
    await new Promise((done) => setTimeout(done, 5));
    if (document.activeElement !== one) continue;
    const { left, right, top, bottom } = (one.closest('.chip') || one).getBoundingClientRect();
    const label = one.closest('label');
    const seen = POINTS.some(([x, y]) => {
      const hit = document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y);
      return hit && (one.contains(hit) || label?.contains(hit));
    });
    const name = (one.textContent || one.name || '').trim().slice(0, 40);
    if (!seen) hidden.push(`“${name}” ${Math.round(top)}–${Math.round(bottom)} of ${innerHeight}`);
  }
  return { looked: all.length, hidden };
}
