const Links = block({ phone: 'mid', lead: 'side' }, (b) => h('ul', { class: 'links' }, b.links.map(([text, path]) => h('li', h('a', { href: path.startsWith('/') ? path : null }, text)))));
