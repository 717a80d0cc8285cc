const Agenda = block({ lead: 'nav' }, (b, s) => h('nav', { class: 'agenda', 'aria-label': b.label }, [
  named('h2', b.label),
  h('ol', b.steps.map((step, i) => h('li', { key: step.id, class: step.state, 'aria-current': step.state === 'now' ? 'step' : null }, [
    h('span', { class: 'mark', 'aria-hidden': 'true' }, step.state === 'done' ? '✓' : i + 1),
    h('span', { class: 'name', dir: 'auto' }, [step.title, hidden(step.state === 'done' && s.words.done)]),
    h('span', { class: 'time num' }, stepTime(step, s)),
    menu(step.acts, s, { of: step.title }),
  ]))),
]));

function stepTime(step, s) {
  const planned = step.minutes.toLocaleString(s.lang);
  return step.state === 'next' ? planned : `${minutes(used(step.clock, s.now()))} / ${planned}`;
}
