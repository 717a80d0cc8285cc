const Chapter = block({ room: 'main', phone: 'mid', lead: 'main' }, (b) => h('h2', { class: 'chapter', dir: 'auto' }, b.title));
