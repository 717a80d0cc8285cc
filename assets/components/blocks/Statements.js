const Statements = block({ room: (b) => b.place, phone: 'mid', lead: 'main' }, (b) => h('section', { class: 'statements' }, [
  named('h2', b.label),
  h('ul', b.lines.map((line, i) => h('li', { key: i, dir: 'auto' }, line))),
]));
