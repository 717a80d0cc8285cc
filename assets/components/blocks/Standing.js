const Standing = block({ lead: 'foot' }, (b) => h('p', { class: ['standing', { trouble: b.trouble }], dir: 'auto' }, b.said.join(' ')));
