const Code = block({ room: 'side', phone: 'mid', lead: 'side' }, (b, s) => h('section', { class: ['code', b.size] }, [
  h('img', { class: 'plate', src: b.picture, alt: fill(s.words.code_picture, { address: b.address }) }),
  h('div', { class: 'letters' }, [
    named('h2', b.label),
    h('b', { class: 'num', translate: 'no' }, b.code),
    h('span', { class: 'address', translate: 'no' }, b.address),
  ]),
]));
