const STEPS = [4.7, 4.3, 3.95, 3.65]; // of the text, in hundredths of the room screen's height

const PIPS = 12; // dots drawn one by one

const plainButton = (label, onClick) => h('button', { type: 'button', class: 'button small', onClick }, label);

const Cards = {
  props: ['b', 's'],
  regions: { room: 'main', phone: 'mid', lead: 'main' },
  data: () => ({ fresh: {}, latest: null, editing: null, gathering: null }),
  computed: {
    // In the order they are drawn: group by group, and last what is outside our reach.
    items() {
      const { cards, groups, others } = this.b;
      const sorted = [...cards.filter((card) => card.look !== 'outside'), ...cards.filter((card) => card.look === 'outside')];
      if (!groups.length) return sorted;
      const rest = sorted.filter((card) => !groups.some(({ id }) => id === card.groups[0]));
      const heads = groups.flatMap(({ id, label }) => [{ id: `group-${id}`, head: label }, ...sorted.filter((card) => card.groups[0] === id)]);
      return rest.length ? [...heads, { id: 'others', head: others }, ...rest] : heads;
    },
  },
  watch: {
    'b.cards': { deep: true, handler: 'arrived' },
  },
  created() {
    this.seen = new Set(this.b.cards.map((card) => card.id));
  },
  methods: {
    arrived(cards) {
      if (!cards.some(({ id }) => id === this.gathering)) this.gathering = null;
      for (const { id } of cards) {
        if (this.seen.has(id)) continue;
        this.seen.add(id);
        this.fresh[id] = true;
        this.latest = id;
        setTimeout(() => delete this.fresh[id], 10000);
      }
    },
    draw(item) {
      return item.head ? h(this.b.label ? 'h3' : 'h2', { key: item.id, class: 'head', dir: 'auto' }, item.head) : this.card(item);
    },
    card(card) {
      const { words } = this.s;
      return h('article', { key: card.id, class: ['card', card.look, { aside: card.aside, fresh: this.fresh[card.id], chosen: card.chosen, target: card.id === this.gathering }], onKeydown: (event) => this.keyed(event, card) }, [
        this.editing === card.id ? h(CardEdit, { b: this.b.edit, s: this.s, card, onDone: () => this.edited(card.id) }) : h('p', { dir: 'auto' }, card.text),
        card.merged.length ? h('ul', { class: 'merged' }, card.merged.map((text) => h('li', { dir: 'auto' }, text))) : null,
        this.weight(card),
        this.note(card) || card.mark || this.fresh[card.id] ? h('small', [named('span', this.note(card)), named('span', card.mark, { class: ['mark', card.look] }), this.fresh[card.id] ? named('span', words.new, { class: 'new' }) : null]) : null,
        this.s.screen === 'room' ? null : this.atHand(card),
        this.s.screen === 'room' ? null : this.rarer(card),
      ]);
    },
    // Keys of the card that has the focus: a hand more, a hand less.
    keyed(event, card) {
      const act = this.gathering || event.target.closest('textarea') ? null : card.at_hand.find((one) => answers(one, event.key));
      if (!act || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault(); // the screen's own keys leave it alone
      this.s.act(act);
    },
    // That it was chosen, and its dots: many of them as one with their number.
    weight(card) {
      if (!card.chosen && !card.support) return null;
      return h('p', { class: 'weight' }, [
        card.chosen ? h('b', { class: 'pick' }, `✓ ${this.s.words.chosen || ''}`) : null,
        card.support ? h('span', { class: 'support num' }, [
          h('span', { class: 'pips', 'aria-hidden': 'true' }, Array.from({ length: card.support > PIPS ? 1 : card.support }, () => h('i'))),
          h('span', card.support_said),
        ]) : null,
      ]);
    },
    atHand(card) {
      if (this.gathering || !card.at_hand.length) return null;
      return h('div', { class: 'at-hand', role: 'group', 'aria-label': card.text }, card.at_hand.map((act) => button(act, this.s, { key: act.verb + act.sign })));
    },
    // What is only held is never said to be stored.
    note(card) {
      const { words, held, storedN } = this.s;
      if (!this.b.mine) return card.note;
      return held && card.id > storedN ? `↻ ${words.held || ''}` : `✓ ${words.stored || ''}`;
    },
    rarer(card) {
      const { b, s } = this;
      if (this.gathering) return this.gather(card);
      if (!b.edit && !card.acts.length) return null;
      const edit = b.edit && plainButton((card.merged.length && b.edit.group) || b.edit.label, () => (this.editing = card.id));
      return h(Menu, { s, ref: 'menu' + card.id, of: card.text }, () => [edit, this.mover(card), ...card.acts.map((act) => button(act, s))]);
    },
    // Laying cards together: the one on top is picked, then the others one by one.
    mover(card) {
      const { merge, cards } = this.b;
      return merge && cards.length > 1 ? plainButton(merge.label, () => this.gatherAt(card.id)) : null;
    },
    gather(card) {
      const { merge } = this.b;
      if (card.id !== this.gathering) return plainButton(merge.here, () => this.lay(card.id));
      return h('button', { ref: 'done', type: 'button', class: 'button main', onClick: () => this.gathered(card.id) }, merge.done);
    },
    gatherAt(id) {
      this.gathering = id;
      this.findDone();
    },
    lay(card) {
      this.s.send(this.b.merge.verb, { card, into: this.gathering });
      this.findDone();
    },
    gathered(id) {
      this.gathering = null;
      Vue.nextTick(() => this.$refs['menu' + id]?.close());
    },
    findDone() {
      Vue.nextTick(() => this.$refs.done?.focus({ preventScroll: true }));
    },
    edited(id) {
      this.editing = null;
      Vue.nextTick(() => this.$refs['menu' + id]?.close());
    },
  },
  render() {
    const { b, s } = this;
    if (!this.items.length) return b.empty ? h('section', { class: 'cards' }, [named('h2', b.label), named('p', b.empty, { class: 'empty' })]) : null;
    if (s.screen === 'room') return h(Pager, { class: 'board', items: this.items, draw: this.draw, s, label: b.label, steps: STEPS, wide: 9.9, keeps: b.keeps, newest: this.latest });
    return h('section', { class: 'cards' }, [named('h2', b.label), h('div', { class: 'list' }, this.items.map(this.draw))]);
  },
};

// One's own words, changed where they stand.
const CardEdit = {
  props: ['b', 's', 'card'],
  emits: ['done'],
  mounted() {
    this.$refs.text.focus();
  },
  computed: {
    draft() {
      return 'card.' + this.card.id;
    },
    text() {
      return this.s.drafted(this.draft, 'text') ?? this.card.text;
    },
  },
  methods: {
    save(event) {
      event.preventDefault();
      const text = this.text.trim();
      if (text && text !== this.card.text) this.s.send(this.b.verb, { [this.b.named]: this.card.id, text }, { draft: this.draft, fields: { text } });
      this.leave();
    },
    leave() {
      this.s.undraft(this.draft, ['text']);
      this.$emit('done');
    },
  },
  render() {
    const { words } = this.s;
    return h('form', { class: 'edit', onSubmit: this.save, onKeydown: (event) => formKeys(event, this.leave) }, [
      h('textarea', { ref: 'text', rows: 3, dir: 'auto', 'aria-label': this.b.label, maxlength: this.b.limit, value: this.text, onInput: (event) => this.s.write(this.draft, 'text', event.target.value) }),
      h('div', { class: 'buttons' }, [
        h('button', { type: 'submit', class: 'button main' }, this.b.save || words.send),
        h('button', { type: 'button', class: 'button quiet', onClick: this.leave }, this.b.cancel || words.cancel),
      ]),
    ]);
  },
};
