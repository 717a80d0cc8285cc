const Signal = block({ room: 'over', phone: 'top', lead: 'main' }, (b, s) => h(Vue.Transition, { name: 'fade' }, () => (s.now() < b.at + b.seconds ? h('section', { class: 'signal', key: b.at, 'aria-label': b.title }, [
  compass(),
  h('div', [h('h2', { dir: 'auto' }, b.title), s.screen === 'phone' ? null : named('p', b.question)]),
  s.screen === 'room' ? null : buttons(b.acts, s),
]) : null)));
