const People = block({ room: 'main', phone: 'mid', lead: 'side' }, (b, s) => {
  if (s.screen === 'room' && b.people.length) return h(Pager, { class: 'crowd', items: b.people, draw: personChip, s, label: b.label, steps: [5.6, ...STEPS], columns: 3, wide: 8 });
  return h('section', { class: 'people' }, [
    named('h2', b.label),
    b.people.length ? h('ul', b.people.map((one) => person(one, s, b.present))) : named('p', b.empty, { class: 'empty' }),
  ]);
});

const tags = (one) => one.tags.map((tag) => h('span', { class: 'tag', dir: 'auto' }, tag));

const personChip = (one) => h('div', { class: 'person', key: one.id }, [h('b', { dir: 'auto' }, one.name), named('span', one.origin), ...tags(one), named('small', one.instead)]);

function person(one, s, present) {
  const away = one.away ? s.words.away : one.phone || one.act ? '' : s.words.no_phone;
  return h('li', { key: one.id, class: 'person' }, [
    present ? h('i', { class: ['dot', (one.away || !one.phone) && 'off'], 'aria-hidden': 'true' }) : null,
    h('span', { class: 'name' }, [h('b', { dir: 'auto' }, one.name), one.origin ? [' ', h('span', { dir: 'auto' }, one.origin)] : null, named('span', one.instead)]),
    ...tags(one),
    named('small', [one.note, away !== one.note && away].filter(Boolean).join(' · ')),
    one.act ? button(one.act, s, { 'aria-label': `${one.name}: ${one.act.label}` }) : null,
    menu(one.acts, s, { of: one.name }),
  ]);
}
