const Cover = block({ room: 'over' }, (b, s) => h('section', { class: ['cover', b.kind], 'aria-label': b.title || b.code?.label || null }, [
  h('div', { class: 'said' }, [named('h2', b.title), named('p', b.text)]),
  b.code ? h(Code, { b: { ...b.code, size: 'big' }, s }) : null,
]));
