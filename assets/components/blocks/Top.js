const Top = block({ phone: 'top', lead: 'nav' }, (b, s) => h('div', { class: 'topline' }, [
  h('span', { dir: 'auto' }, b.title),
  named('span', b.aside, { class: 'aside num' }),
  tongue(s),
]));

// Each phone may choose its own language.
function tongue(s) {
  const names = Object.entries(s.words.languages || {});
  if (names.length < 2) return null;
  return h('select', { class: 'tongue', 'aria-label': s.words.language, value: s.tongue, onChange: (event) => s.speak(event.target.value) },
    names.map(([code, name]) => h('option', { value: code, lang: code, selected: code === s.tongue }, name)));
}
