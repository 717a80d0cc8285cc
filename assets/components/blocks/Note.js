const Note = block({ room: (b) => b.place || 'main', phone: 'mid', lead: 'main' }, (b, s) => (b.until !== null && s.now() >= b.until ? null : h('section', { class: ['note', b.tone, { long: b.text.length > 150 }] }, [
  named('h2', b.label),
  h('p', { dir: 'auto' }, b.text),
])));
