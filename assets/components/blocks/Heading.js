const Heading = block({ room: 'main', phone: 'top', lead: 'main' }, (b) => h('div', { class: ['heading', b.size, { long: b.title.length > 36 }] }, [
  h('h1', { dir: 'auto', tabindex: -1 }, b.title),
  named('p', b.question, { class: 'question' }),
]));
