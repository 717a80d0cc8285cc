const Statements = block({ room: (b) => (b.place === 'beside' ? 'side' : 'main'), phone: 'mid', lead: (b, s) => (b.place === 'beside' && !s.narrow ? 'side' : 'main') }, (b) => h('section', { class: 'statements' }, [
  named('h2', b.label),
  h('ul', b.lines.map((line, i) => h('li', { key: i, dir: 'auto' }, line))),
]));
