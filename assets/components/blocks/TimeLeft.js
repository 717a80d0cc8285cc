// Beside what is told, small; of a break, big. At the end a word, and nothing more.
const TimeLeft = block({ room: (b) => (b.size === 'big' ? 'main' : 'side'), phone: (b) => (b.size === 'big' ? 'mid' : 'top'), lead: 'main' }, (b, s) => {
  const over = left(b.clock, s.now()) === 0;
  const look = ['time-left', b.size, { over, paused: paused(b.clock), slim: b.size === 'normal' && slim(b, s) }];
  if (s.screen === 'phone' && b.size === 'normal') return timeLine(b, s, look);
  return h('section', { class: look, 'aria-label': b.label }, h('div', { class: 'panel' }, [
    h('div', { class: 'who' }, [named('h2', b.label), named('p', b.name, { class: 'name' }), named('p', b.origin, { class: 'origin' })]),
    h('div', { class: ['glass', b.clock.budget >= 600 && 'hours'] }, [ring(b.clock, s.now()), leftTime(b, s)]),
    h('p', { class: 'word', role: 'status', dir: 'auto' }, timeWord(b, s, over)),
  ]));
});

const leftTime = (b, s) => h('b', { class: 'time num', role: 'timer', 'aria-live': 'off' }, countdown(left(b.clock, s.now())));

const timeLine = (b, s, look) => h('p', { class: look }, [
  hidden(b.label), h('span', { class: 'name', dir: 'auto' }, b.name || b.label), ' · ', leftTime(b, s),
]);

function timeWord(b, s, over) {
  if (over) return b.up;
  if (paused(b.clock)) return s.words.paused;
  if (!b.until || b.clock.started === null) return '';
  const end = b.clock.started + b.clock.budget - b.clock.spent;
  return fill(b.until, { time: timeOfDay(60 * Math.round(end / 60), s.words) });
}
