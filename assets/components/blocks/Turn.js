// Time states: running, soon, up. Nobody is counted beyond the end.
const Turn = block({ room: 'side', phone: (b, s) => (s.mine(b) ? 'turn' : 'top'), lead: 'main' }, (b, s) => {
  if (b.who === null && b.clock.started === null) return [named('p', b.label, { class: 'turn nobody' }), s.screen === 'lead' ? buttons(b.acts, s) : null];
  return s.screen === 'phone' ? (s.mine(b) ? myTurn(b, s) : theirTurn(b, s)) : openTurn(b, s);
});

const LONG = 14; // characters of a name, from which its first part is said big, and the rest below it
const bigName = (name) => (name.length > LONG && name.includes(' ') ? [name.split(' ')[0], ' ', h('span', { class: 'rest' }, name.slice(name.indexOf(' ') + 1))] : name);

const slim = (b, s) => s.screen === 'room' && (s.narrow || b.name.length > LONG);

const turnClass = (b, s) => [timeState(b.clock, s.now()), { paused: paused(b.clock) }];
const turnTime = (b, s) => h('b', { class: 'time num', role: 'timer', 'aria-live': 'off' }, countdown(left(b.clock, s.now())));

function turnWord(b, s) {
  const state = timeState(b.clock, s.now());
  const word = state === 'up' ? b.up : paused(b.clock) ? s.words.paused : state === 'soon' ? b.soon : '';
  return named('p', word, { class: 'word' });
}

const openTurn = (b, s) => h('section', { class: ['turn', turnClass(b, s), { slim: slim(b, s) }], 'aria-label': b.label }, [
  h('div', { class: 'panel' }, [
    h('div', { class: 'who' }, [named('h2', b.label), h('p', { class: 'name', dir: 'auto' }, s.screen === 'room' ? bigName(b.name) : b.name), b.name ? named('p', b.origin, { class: 'origin' }) : null]),
    h('div', { class: ['glass', b.clock.budget >= 600 && 'hours'] }, [ring(b.clock, s.now()), turnTime(b, s)]),
    turnWord(b, s),
  ]),
  s.screen === 'lead' ? buttons(b.acts, s) : null,
]);

const myTurn = (b, s) => h('section', { class: ['turn mine', turnClass(b, s)], 'aria-label': b.yours }, [
  h('div', { class: 'panel' }, [
    h('h2', { dir: 'auto' }, b.yours),
    h('div', { class: ['glass', b.clock.budget >= 600 && 'hours'] }, [ring(b.clock, s.now()), turnTime(b, s)]),
    turnWord(b, s),
    named('p', b.question, { class: 'question' }),
  ]),
  buttons(b.acts, s),
]);

const theirTurn = (b, s) => h('p', { class: ['turn theirs', turnClass(b, s)] }, [
  hidden(b.label),
  h('span', { class: 'name', dir: 'auto' }, b.name || b.label),
  ' · ', turnTime(b, s), turnWord(b, s)?.children ? h('span', { class: 'word' }, turnWord(b, s).children) : null,
]);
