// Before talk: nobody is hurried, so the last seconds look like the others.
const Silence = block({ room: 'side', phone: 'top', lead: 'main' }, (b, s) => {
  const over = timeState(b.clock, s.now()) === 'up';
  return h('section', { class: ['silence', { over, paused: paused(b.clock) }] }, [
    h('div', { class: 'calm' }, [
      h('div', { class: ['glass', b.clock.budget >= 600 && 'hours'] }, [ring(b.clock, s.now()), turnTime(b, s)]),
      h('div', { class: 'said' }, [named('h2', over ? b.over : b.title), over ? null : named('p', b.text)]),
    ]),
    s.screen === 'lead' ? buttons(b.acts, s) : null,
  ]);
});
