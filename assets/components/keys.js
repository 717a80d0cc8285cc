// Keys of the room screen and the leader view, and what asks before it is done.
const TWICE = 400; // milliseconds: the same again within this is one press
const HELP = ['?', 'F1'];
const BACK = { key: 'PageUp|ArrowLeft' };
const LETTERS = 'fac.letters'; // of this browser: whether a single letter or sign is a shortcut
const TYPED = 'textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])';
const PICKING = [' ', 'Enter', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']; // what a radio or a checkbox needs

const Keys = {
  data: () => ({ asking: null, local: '', wanted: '', letters: store.get(LETTERS) !== 'off' }),
  created() {
    this.last = { name: '', at: 0 };
  },
  mounted() {
    if (this.screen !== 'phone') addEventListener('keydown', this.keyed);
  },
  unmounted() {
    removeEventListener('keydown', this.keyed);
  },
  methods: {
    act(act) {
      // By its verb alone: where a pressed button is gone, another one has taken its place and the focus.
      const again = act.verb === this.last.name && this.justNow();
      this.last = { name: act.verb, at: Date.now() };
      if (again && !act.again) return;
      if (act.sure) this.asking = act;
      else this.send(act.verb, { ...act.args });
    },
    justNow() {
      return Date.now() - this.last.at < TWICE;
    },
    yes() {
      if (this.justNow()) return; // nobody has read it yet
      const { verb, args } = this.asking;
      this.asking = null;
      this.send(verb, { ...args });
    },
    no() {
      this.asking = null;
    },
    keyed(event) {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (!this.works(event.key) || this.taken(event)) return;
      const done = this.asking ? this.answerOf(event.key) : this.local === 'help' ? this.closing(event.key) : this.keyOf(event.key);
      if (!done) return;
      event.preventDefault();
      done();
    },
    // Who dictates, or whose hand slips, can do without single letters and signs.
    works(key) {
      return this.letters || key.length > 1;
    },
    useLetters(on) {
      this.letters = on;
      if (on) store.drop(LETTERS);
      else store.set(LETTERS, 'off');
    },
    // Keys that belong to what has the focus.
    taken({ key, target }) {
      if (!target.closest || key === 'Escape') return false;
      if (target.closest(TYPED)) return true;
      return (PICKING.includes(key) && Boolean(target.closest('input'))) || ([' ', 'Enter'].includes(key) && Boolean(target.closest('button, a, summary')));
    },
    // What forward has asked forward confirms; back never does. A clicker has no more than these two.
    answerOf(key) {
      if (answers(BACK, key)) return this.no;
      return answers(this.asking, key) && this.yes;
    },
    closing(key) {
      return HELP.includes(key) || answers(BACK, key) || this.keyedActs().some((act) => answers(act, key)) ? () => (this.local = '') : null;
    },
    keyOf(key) {
      const act = this.keyedActs().find((one) => answers(one, key));
      if (act) return () => this.act(act);
      const form = this.screen === 'lead' && this.keyedForms().find((one) => answers(one, key));
      if (form) return () => (this.wanted = form.draft);
      if (HELP.includes(key)) return () => this.toggle('help');
      if (this.screen !== 'room') return key === 'Escape' ? () => this.toHeading() : null;
      const own = { f: this.fill, q: () => this.toggle('code'), Escape: this.local && (() => (this.local = '')), F5: document.fullscreenElement && (() => {}) };
      return own[key.length === 1 ? key.toLowerCase() : key]; // some clickers send F5: a reload would leave the full screen
    },
    keyedActs() {
      const shown = Object.values(this.blocks);
      return shown.flatMap((b) => [...(b.acts || []), ...(b.more || [])]).filter((act) => act.key);
    },
    keyedForms() {
      return Object.values(this.blocks).filter((b) => b.is === 'Form' && b.key);
    },
    steers() {
      return this.keyedActs().length > 0;
    },
    toggle(name) {
      this.local = this.local === name ? '' : name;
    },
    fill() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen?.().catch(() => {});
    },
  },
};

// A native dialog: it holds the focus and gives it back.
const Dialog = {
  props: ['label'],
  emits: ['close'],
  mounted() {
    this.$el.showModal();
  },
  beforeUnmount() {
    this.$el.close(); // once it is out of the document it gives nothing back
  },
  render() {
    const cancel = (event) => { event.preventDefault(); this.$emit('close'); };
    return h('dialog', { class: 'dialog', 'aria-label': this.label, onCancel: cancel }, this.$slots.default());
  },
};

const ask = (s) => h(Dialog, { key: 'ask', label: s.asking.sure, onClose: s.no }, () => [
  h('p', { dir: 'auto' }, s.asking.sure),
  h('div', { class: 'buttons' }, [
    h('button', { type: 'button', class: 'button main', autofocus: true, onClick: () => s.asking && s.yes() }, s.words.yes),
    h('button', { type: 'button', class: 'button quiet', onClick: s.no }, s.words.no),
  ]),
]);

const NAMED = ['PgDn', 'PgUp', '→', '←', 'F1'];

// What its keys do: of the leader view all that stand on it now, of the room screen what they always do.
function helpRows(s) {
  const told = (s.words.help || []).filter(([, , own]) => own || s.steers());
  if (s.screen === 'room') return told.map(([keys, text]) => [keys.split(' ').filter((key) => s.letters || NAMED.includes(key)).join(' '), text]);
  const name = ({ key, label, folded }) => [key.split('|').filter(s.works).map((one) => keyName(one, s.words)).join(' '), folded || label];
  return [...[...s.keyedActs(), ...s.keyedForms()].map(name), ...told.slice(-1).map(([key, text]) => [s.letters ? `${key} F1` : 'F1', text])];
}

const help = (s) => h(Dialog, { key: 'help', label: s.words.keys, onClose: () => (s.local = '') }, () => [
  named('h2', s.words.keys),
  s.steers() ? null : named('p', s.words.keys_off),
  h('dl', { class: 'keys' }, helpRows(s).filter(([keys]) => keys).map(([keys, text]) => h('div', [h('dt', h('kbd', keys)), h('dd', text)]))),
  h('label', { class: 'tick' }, [h('input', { type: 'checkbox', checked: s.letters, 'aria-describedby': 'letters-hint', onChange: (event) => s.useLetters(event.target.checked) }), h('span', s.words.letters)]),
  h('p', { class: 'hint', id: 'letters-hint' }, s.words.letters_hint),
  h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button quiet', autofocus: true, onClick: () => (s.local = '') }, s.words.close)),
]);

// Who has a keyboard finds its keys also without knowing one.
const keysButton = (s) => h('button', { type: 'button', key: 'keys', class: 'button small for-keys', onClick: () => s.toggle('help') }, [s.words.keys, keyCap({ key: '?' }, s)]);
