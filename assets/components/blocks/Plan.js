// The decision taking shape. What is not agreed yet is a quiet dash under its label, so that the room sees it.
const DECISION_STEPS = [7, 6.2, 5.5, 4.8, 4.3, 3.8]; // of the measure, in hundredths of the room screen's height

const Plan = block({ room: 'main', phone: 'mid', lead: 'main' }, (b, s) => {
  if (!b.measures.length) return null;
  if (s.screen === 'room') return h(Pager, { class: 'plan', items: b.measures, draw: (one) => decision(one, s), s, label: b.label, steps: DECISION_STEPS, columns: 1 });
  return h('section', { class: 'plan' }, [named('h2', b.label), h('div', { class: 'list' }, b.measures.map((one) => decision(one, s)))]);
});

const decision = (one, s) => h('article', { class: 'decision', key: one.id }, [
  h('h3', { dir: 'auto' }, one.text),
  named('p', one.note, { class: 'form-of' }),
  h('dl', one.cells.map(agreed)),
  s.screen === 'room' ? null : buttons(one.acts, s),
]);

const agreed = (cell, i) => h('div', { class: ['cell', { missing: cell.missing }], key: i }, [
  h('dt', { dir: 'auto' }, cell.label),
  h('dd', { dir: 'auto' }, cell.missing ? [h('span', { 'aria-hidden': 'true' }, '–'), hidden(cell.text)] : cell.text),
  cell.note ? h('dd', { class: 'yes', dir: 'auto' }, `✓ ${cell.note}`) : null,
]);
