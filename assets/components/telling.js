// What is read aloud: each thing once and in its order, also when it is the same again. Never the seconds.
const READ = 5000; // milliseconds that words stand there for a screen reader

const Telling = {
  data: () => ({ polite: [], urgent: [] }),
  created() {
    this.toldSoFar = 0;
  },
  computed: {
    heading() {
      return this.shownAs('Heading')?.title || '';
    },
    // Who leads hears whose turn it is; a phone speaks up only for its owner's.
    speaks() {
      const turn = this.screen === 'lead' && this.shownAs('Turn');
      return turn ? [turn.label, turn.name].filter(Boolean).join(': ') : '';
    },
    signal() {
      const signal = this.shownAs('Signal');
      return signal && this.now() < signal.at + signal.seconds ? [signal.title, signal.question].filter(Boolean).join('. ') : '';
    },
    passing() {
      const note = Object.values(this.blocks).find((b) => b.is === 'Note' && b.until !== null && this.now() < b.until);
      return note?.text || '';
    },
    protect() {
      const bar = this.screen === 'lead' && this.shownAs('Bar');
      return bar && isTime(bar, this) ? bar.protect : '';
    },
    trouble() {
      return Boolean(this.shownAs('Standing')?.trouble);
    },
    timeUp() {
      const turn = this.screen === 'lead' ? Object.values(this.blocks).find((b) => b.is === 'Turn' && b.who !== null) : this.myTurn;
      return turn && timeState(turn.clock, this.now()) === 'up' ? this.words.times_up_alert || turn.up : '';
    },
  },
  watch: {
    heading(now, before) {
      if (before) this.tell(now);
    },
    speaks(text) {
      this.tell(text);
    },
    signal(text) {
      this.tell(text);
    },
    passing(text) {
      this.tell(text);
    },
    protect(text) {
      this.tell(text);
    },
    trouble() {
      this.tell(this.shownAs('Standing')?.said.join(' ')); // also that it is over
    },
    gone(text) {
      this.tell(text);
    },
    timeUp(text) {
      this.tell(text, 'urgent');
    },
    myTurn(now) {
      if (!now) this.urgent = [];
    },
  },
  methods: {
    shownAs(is) {
      return this.blocks[this.shown.find((key) => this.blocks[key].is === is)];
    },
    tell(words, how = 'polite') {
      if (!words) return;
      const id = ++this.toldSoFar;
      this[how].push({ id, words });
      setTimeout(() => (this[how] = this[how].filter((one) => one.id !== id)), READ);
    },
    aloud() {
      const region = (how, live) => h('div', { class: 'unseen', key: how, 'aria-live': live }, this[how].map(({ id, words }) => h('p', { key: id }, words)));
      return [region('polite', 'polite'), region('urgent', 'assertive')];
    },
  },
};
