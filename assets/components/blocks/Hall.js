const Hall = block({ room: 'main' }, (b) => h('section', { class: ['hall', { paired: b.paired }] }, [
  h('h1', { dir: 'auto', tabindex: -1 }, b.title),
  named('p', b.text),
  h('div', { class: 'pair' }, [named('h2', b.label), h('b', { class: 'num', translate: 'no' }, b.code)]),
]));
