const Answers = block({ room: 'main', phone: 'mid', lead: 'main' }, (b) => {
  const most = Math.max(1, ...b.tallies.map((one) => one.count));
  const nothing = !b.words.length && b.tallies.every((one) => !one.count);
  return h('section', { class: 'answers' }, [
    named('h2', b.question),
    b.tallies.length ? h('dl', b.tallies.map((one) => h('div', { class: 'tally', style: { '--part': one.count / most } }, [
      h('dt', { dir: 'auto' }, one.label),
      h('dd', [h('i', { 'aria-hidden': 'true' }), h('b', { class: 'num' }, one.count)]),
    ]))) : null,
    b.words.length ? h('ul', b.words.map((text) => h('li', { dir: 'auto' }, text))) : null,
    nothing ? named('p', b.empty, { class: 'empty' }) : null,
  ]);
});
