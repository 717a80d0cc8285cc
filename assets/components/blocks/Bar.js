const Bar = block({ room: 'head', lead: 'nav' }, (b, s) => h('div', { class: 'bar' }, [
  h('p', { class: 'title', dir: 'auto' }, b.title),
  h('div', { class: 'rail', role: 'img', 'aria-label': barPlace(b, s.words) }, b.parts.map((part) => h('i', { class: part.state, style: barPart(b, part, s) }))),
  s.screen === 'lead' && b.protected !== null && s.now() >= b.protected ? named('p', b.protect, { class: 'protect', role: 'status' }) : null,
  h('p', { class: 'time num' }, [h('b', timeOfDay(s.now(), s.words)), ...barPlan(b, s).filter(Boolean).map((text) => [' · ', h('span', text)])]),
]));

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
