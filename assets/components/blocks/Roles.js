const Roles = block({ room: 'foot', phone: 'mid', lead: 'side' }, (b) => h('div', { class: 'roles' }, [
  ...b.roles.map(([role, who]) => h('span', [h('span', { dir: 'auto' }, role), ' ', h('b', { dir: 'auto' }, who)])),
  named('span', b.count, { class: 'count' }),
]));
