// Keys of the room screen and the leader view, and what asks before it is done.
const TWICE = 400; // milliseconds: the same button again within this is one press

const Keys = {
  data: () => ({ asking: null, local: '' }),
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
      const name = act.verb + JSON.stringify(act.args);
      const again = name === this.last.name && Date.now() - this.last.at < TWICE;
      this.last = { name, at: Date.now() };
      if (again && !act.again) return;
      if (act.sure) this.asking = act;
      else this.send(act.verb, { ...act.args });
    },
    yes() {
      const { verb, args } = this.asking;
      this.asking = null;
      this.send(verb, { ...args });
    },
    keyed(event) {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
      if (this.taken(event)) return;
      const done = this.asking ? answers(this.asking, event.key) && this.yes : this.keyOf(event.key);
      if (!done) return;
      event.preventDefault();
      done();
    },
    // Keys that belong to what has the focus.
    taken(event) {
      const { target } = event;
      if (target.closest?.('input, textarea, select, [contenteditable]')) return true;
      return !this.asking && [' ', 'Enter'].includes(event.key) && Boolean(target.closest?.('button, a, summary'));
    },
    keyOf(key) {
      const act = this.keyedActs().find((one) => answers(one, key));
      if (act) return () => this.act(act);
      if (key === '?') return () => this.toggle('help');
      if (this.screen !== 'room') return null;
      return { f: this.fill, q: () => this.toggle('code'), Escape: this.local ? () => (this.local = '') : null }[key.length === 1 ? key.toLowerCase() : key];
    },
    keyedActs() {
      const shown = Object.values(this.blocks);
      return shown.flatMap((b) => [...(b.acts || []), ...(b.more || [])]).filter((act) => act.key);
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
  unmounted() {
    this.$el.close?.();
  },
  render() {
    const cancel = (event) => { event.preventDefault(); this.$emit('close'); };
    return h('dialog', { class: 'dialog', 'aria-label': this.label, onCancel: cancel }, this.$slots.default());
  },
};

const ask = (s) => h(Dialog, { key: 'ask', label: s.asking.sure, onClose: () => (s.asking = null) }, () => [
  h('p', { dir: 'auto' }, s.asking.sure),
  h('div', { class: 'buttons' }, [
    h('button', { type: 'button', class: 'button main', autofocus: true, onClick: () => s.asking && s.yes() }, s.words.yes),
    h('button', { type: 'button', class: 'button quiet', onClick: () => (s.asking = null) }, s.words.no),
  ]),
]);

const help = (s) => h(Dialog, { key: 'help', label: s.words.keys, onClose: () => (s.local = '') }, () => [
  named('h2', s.words.keys),
  h('dl', { class: 'keys' }, (s.words.help || []).map(([key, text]) => h('div', [h('dt', h('kbd', key)), h('dd', text)]))),
  h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'button quiet', onClick: () => (s.local = '') }, s.words.close)),
]);
