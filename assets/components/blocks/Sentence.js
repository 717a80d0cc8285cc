// On the room screen as big as it fits. On a phone a new wording is read aloud.
const SENTENCE = [10.4, 9.4, 8.5, 7.6, 6.8, 6.1, 5.5, 5, 4.5, 4.1, 3.75]; // hundredths of the room screen's height

const Sentence = block({ room: 'main', phone: 'mid', lead: 'main' }, (b, s) => {
  const look = ['sentence', b.tone];
  if (s.screen === 'room') return h(Pager, { class: look, items: [{ id: 1, ...b }], draw: (one) => h('p', { key: 1, dir: 'auto' }, one.text), s, label: b.label === s.heading ? '' : b.label, steps: SENTENCE, columns: 1 });
  return h('section', { class: look, 'aria-live': s.screen === 'phone' ? 'polite' : null }, [named('h2', b.label), h('p', { dir: 'auto' }, b.text)]);
});
