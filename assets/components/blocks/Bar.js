// On a narrow leader view its place is folded, so when it is time to go on it stands in view.
const Bar = block({ room: 'head', lead: (b, s) => (s.narrow && isTime(b, s) ? 'main' : 'nav') }, (b, s) => h('div', { class: 'bar' }, [
  h('p', { class: 'title', dir: 'auto' }, b.title),
  h('div', { class: 'rail', role: 'img', 'aria-label': barPlace(b, s.words) }, b.parts.map((part) => h('i', { class: part.state, style: barPart(b, part, s) }))),
  s.screen === 'lead' && isTime(b, s) ? h('div', { class: 'protect' }, [named('p', b.protect), b.go ? button(b.go, s) : null]) : null,
  h('p', { class: 'time num' }, [h('b', timeOfDay(s.now(), s.words)), ...barPlan(b, s).filter(Boolean).map((text) => [' · ', h('span', text)])]),
  b.began === null ? null : named('p', fill(b.so_far, { n: minutes(Math.max(0, s.now() - b.began)), planned: minutes(b.planned) }), { class: 'so-far num' }),
]));

const isTime = (b, s) => b.protected !== null && s.now() >= b.protected;

function barPlace(b, words) {
  return fill(words.phase_of, { n: b.parts.filter((part) => part.state !== 'next').length, m: b.parts.length });
}

function barPart(b, part, s) {
  const done = part.state === 'now' && b.clock ? 1 - share(b.clock, s.now()) : 0;
  return { '--minutes': Math.max(1, part.minutes), '--done': done };
}

function barPlan(b, s) {
  if (b.due === null) return [];
  const now = s.now();
  const needed = now + (b.clock ? left(b.clock, now) : 0) + b.rest;
  const end = Math.max(needed, Math.min(b.due, needed + b.reserve)); // the reserve goes first
  const ahead = minutes(b.due - end);
  const how = ahead === 0 ? b.on_plan : ahead > 0 ? b.ahead : b.behind;
  return [fill(b.ends, { time: timeOfDay(end, s.words) }), fill(how, { n: Math.abs(ahead) })];
}
