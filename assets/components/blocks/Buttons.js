// On the room screen they are not drawn: only their keys work (screen.js).
const Buttons = block({ room: 'keys', phone: 'mid', lead: 'main' }, (b, s) => h('section', { class: ['acts', b.look] }, [
  named('h2', b.label),
  buttons(b.acts, s),
  menu(b.more, s, { label: b.more_label, text: true }),
]));
