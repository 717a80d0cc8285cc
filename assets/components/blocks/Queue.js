const Queue = block({ room: 'side', phone: 'mid', lead: 'side' }, (b) => (b.coming.length || b.heard || b.label ? h('section', { class: 'queue' }, [
  named('h2', b.label),
  b.coming.length ? h('ol', { role: 'list' }, b.coming.map((one) => h('li', { key: one.id }, [h('b', { dir: 'auto' }, one.name), named('span', one.origin)]))) : null,
  b.heard ? h('p', { class: 'heard', dir: 'auto' }, '✓ ' + b.heard) : null,
]) : null));
