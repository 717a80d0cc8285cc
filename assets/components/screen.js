// A screen of a meeting: room, phone or lead. It knows no phase; it draws the blocks it is sent.
// Joined at start into one module, in this order:
// parts.js, keeping.js, sending.js, telling.js, keys.js, blocks/*.js, `const BLOCKS = { … };`, screen.js.
const AWAY = 2000; // milliseconds without the server before it is said

export default {
  mixins: [Keeping, Sending, Telling, Keys],
  props: { screen: String, meeting: String, lang: String, words0: Object, dark: Boolean },
  data() {
    return {
      v: 0, spot: '', blocks: {}, keys: [], own: [], me: null, words: this.words0 || {}, spoken: this.lang, gone: '', held: false, storedN: 0,
      live: false, away: false, off: -Infinity, t: Date.now(), narrow: false,
    };
  },
  computed: {
    tongue() {
      return this.spoken;
    },
    shown() {
      const drawn = (keys) => keys.filter((key) => this.blocks[key] && BLOCKS[this.blocks[key].is]);
      const headed = (key) => this.blocks[key].is === 'Heading';
      const own = drawn(this.own);
      const shared = drawn(this.keys);
      return [...(own.some(headed) ? shared.filter((key) => !headed(key)) : shared), ...own]; // one's own heading stands instead of all's
    },
    myTurn() {
      return Object.values(this.blocks).find((b) => this.mine(b)) || null;
    },
  },
  watch: {
    myTurn(now, before) {
      if (now && !before && this.screen === 'phone') this.called(now);
    },
    // What was asked about going on is no question any more when the meeting has gone on.
    spot() {
      if (this.asking?.key) this.no();
    },
    heading(now, before) {
      if (before && this.screen === 'phone') this.toTop();
    },
  },
  mounted() {
    document.body.classList.add('fac', `fac-${this.screen}`);
    this.night = matchMedia('(prefers-color-scheme: dark)');
    this.night.onchange = () => this.dress();
    this.dress();
    this.small = matchMedia(this.screen === 'room' ? '(max-aspect-ratio: 3/2)' : '(max-width: 45rem)');
    this.small.onchange = () => (this.narrow = this.small.matches);
    this.narrow = this.small.matches;
    this.$el.addEventListener('focusin', ({ target }) => {
      this.focused = target;
      setTimeout(() => this.uncover(target)); // when the browser itself has scrolled
    });
    this.ticking = setInterval(() => this.tick(), 250);
    this.join();
  },
  unmounted() {
    clearInterval(this.ticking);
    clearTimeout(this.joining);
    this.sock?.disconnect();
  },
  methods: {
    // A room screen as it was opened, the others as their owners like it, also when the evening comes.
    dress() {
      const dark = this.screen === 'room' ? this.dark : this.night.matches;
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    },
    now() {
      return this.t / 1000 + (Number.isFinite(this.off) ? this.off : 0);
    },
    mine(b) {
      return b.is === 'Turn' && b.who !== null && b.who === this.me;
    },
    tick() {
      this.t = Date.now();
      if (this.live) this.since = this.t;
      this.away = this.t - (this.since ??= this.t) > AWAY;
      this.dropStale();
      if (this.focused && !this.focused.isConnected && document.activeElement === document.body) this.toHeading(); // it faded away
    },

    // The wire
    join() {
      if (!window.socket) {
        this.joining = setTimeout(() => this.join(), 5); // NiceGUI makes it when its root is mounted
        return;
      }
      const chosen = this.screen === 'phone' && store.get('fac.lang');
      this.spoken = chosen || this.lang;
      this.sock = window.socket.io.socket('/m', { auth: (give) => give({ screen: this.screen, meeting: this.meeting, lang: this.screen === 'phone' ? this.spoken : this.lang }) });
      this.sock.on('connect', () => (this.fresh = true));
      this.sock.on('disconnect', () => (this.live = false));
      this.sock.on('connect_error', () => setTimeout(() => this.sock.active || this.sock.connect(), 2000));
      this.sock.on('snap', (message) => this.snap(message));
      this.sock.on('patch', (message) => this.patch(message));
      this.sock.on('gone', ({ text }) => (this.gone = text));
      if (!this.sock.active) this.sock.connect();
    },
    hear({ now, me, keys, own, stored, held, place, v }) {
      this.off = Math.max(this.off, now - Date.now() / 1000); // the least delayed message knows best
      this.v = v;
      if (me !== undefined) this.me = me;
      if (place !== undefined) this.spot = place;
      if (keys) this.keys = keys;
      if (own) this.own = own;
      if (held !== undefined) this.held = held;
      if (stored !== undefined) this.storedUpTo((this.storedN = stored));
    },
    snap(message) {
      if (Math.abs(message.now - Date.now() / 1000 - this.off) > 2) this.off = -Infinity; // this device's clock was set
      this.gone = '';
      this.words = message.words || this.words;
      this.spoken = document.documentElement.lang = message.lang;
      const drawn = this.redraw(() => this.replace(message.blocks));
      if (this.screen === 'lead' && !this.focused) drawn.then(() => this.focused || this.toHeading()); // Tab starts with what is on now
      this.live = true;
      if (this.fresh) this.resume(); // before it hears what is stored: a server that died held other things under these numbers
      this.fresh = false;
      this.hear(message);
    },
    patch(message) {
      if (!this.v) return;
      if (message.was !== this.v) {
        this.sock.emit('resync', {});
        return;
      }
      this.redraw(() => Object.entries(message.set).forEach(([key, part]) => this.change(key, part)));
      this.hear(message);
    },
    replace(blocks) {
      for (const key of Object.keys(this.blocks)) if (!blocks[key]) delete this.blocks[key];
      for (const [key, b] of Object.entries(blocks)) if (JSON.stringify(this.blocks[key]) !== JSON.stringify(b)) this.blocks[key] = b;
    },
    change(key, part) {
      if (part === null) delete this.blocks[key];
      else if (part.is) this.blocks[key] = part;
      else if (this.blocks[key]) this.amend(this.blocks[key], part);
    },
    amend(b, { '~': fields = {}, '+': more = {}, '-': less = {} }) {
      Object.assign(b, fields);
      for (const [name, ids] of Object.entries(less)) b[name] = b[name].filter((one) => !ids.includes(one.id));
      for (const [name, items] of Object.entries(more)) items.forEach((item) => this.upsert(b[name], item));
    },
    upsert(list, item) {
      const at = list.findIndex((one) => one.id === item.id);
      if (at < 0) list.push(item);
      else Object.assign(list[at], item); // of what is known, only the changes come
    },
    // When what had the focus is gone, its neighbour in the list gets it, else the heading; what was
    // only moved has it again: never lost.
    async redraw(change) {
      const before = document.activeElement;
      const near = neighbours(before);
      change();
      await Vue.nextTick();
      if (before === document.body) return;
      const next = near.find((one) => one.isConnected);
      if (!before?.isConnected) next ? next.focus() : this.toHeading();
      else if (document.activeElement === document.body) before.focus({ preventScroll: true });
    },

    // What has the focus is not left under the foot that stays in view.
    uncover(one) {
      const foot = this.$el.querySelector('.foot');
      if (!foot || foot.contains(one) || getComputedStyle(foot).position !== 'sticky') return;
      const under = (one.closest('.chip') || one).getBoundingClientRect().bottom - foot.getBoundingClientRect().top;
      if (under > 0) scrollBy(0, under + 12);
    },
    toHeading() {
      this.$el.querySelector('h1')?.focus({ preventScroll: true });
    },

    speak(lang) {
      this.spoken = lang;
      store.set('fac.lang', lang);
      this.sock?.emit('lang', { lang });
    },
    called(turn) {
      this.tell(this.words.your_turn_alert || turn.yours, 'urgent');
      try {
        if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(200);
      } catch { /* it never relies on it */ }
      this.toTop();
    },
    toTop() {
      if (!document.activeElement?.closest('input, textarea')) scrollTo(0, 0);
    },

    // The picture
    regionOf(key) {
      const b = this.blocks[key];
      if (this.screen === 'lead' && b.place === 'side') return 'side';
      const region = b.place === 'foot' && this.screen !== 'room' ? 'foot' : BLOCKS[b.is].regions[this.screen];
      return typeof region === 'function' ? region(b, this) : region;
    },
    draw(name) {
      const keys = this.shown.filter((key) => this.regionOf(key) === name);
      const results = keys.filter((key) => this.blocks[key].is === 'Answers');
      if (this.screen !== 'room' || results.length < 2) return keys.map((key) => this.one(key));
      const items = results.map((id) => ({ id, b: this.blocks[id] }));
      const paged = h(Pager, { class: 'results', key: 'results', items, draw: ({ id }) => this.one(id), s: this, steps: STEPS, columns: 3, wide: 14 });
      return [...keys.filter((key) => !results.includes(key)).map((key) => this.one(key)), paged];
    },
    one(key) {
      const b = this.blocks[key];
      return h(BLOCKS[b.is], { key: `${key} ${b.is}`, b, s: this });
    },
    part(tag, name, more) {
      const drawn = [this.draw(name), more].flat().filter(Boolean);
      return drawn.length ? h(tag, { class: name, key: name, tabindex: name === 'nav' ? this.still() : null, 'aria-label': this.screen === 'lead' ? this.words[`region_${name}`] || null : null }, drawn) : null;
    },
    // Where nothing can be pressed any more, the keyboard scrolls the parts of the leader view themselves, which then have to take the focus.
    still() {
      return this.screen === 'lead' && !this.narrow && !this.steers() ? 0 : null;
    },
    strip() {
      return h('p', { class: 'strip', role: 'status', key: 'strip' }, this.away ? `↻ ${this.words.lost || ''}` : this.held && this.screen !== 'lead' ? this.words.held : ''); // a leader view says what to do about it, lower down
    },
    said() {
      return h('div', { class: 'refusal', role: 'alert', key: 'refusal' }, this.refusal ? [
        h('p', { dir: 'auto' }, this.refusal),
        h('button', { type: 'button', class: 'opener', 'aria-label': this.words.close, onClick: () => (this.refusal = '') }, '×'),
      ] : []);
    },
    room() {
      const code = Object.values(this.blocks).find((b) => b.is === 'Code');
      const big = code?.size === 'big';
      return [
        this.part('header', 'head'),
        h('div', { class: ['body', { lobby: big }], key: 'body' }, [this.part('main', 'main'), this.part('aside', 'side')]),
        h('footer', { class: 'foot', key: 'foot' }, [this.draw('foot'), this.strip(), this.said()]),
        this.local === 'code' && code ? h(BLOCKS.Cover, { key: 'code', b: { kind: 'code', code }, s: this }) : null,
        ...this.draw('over'),
      ];
    },
    phone() {
      return [
        h('header', { class: 'top', key: 'top' }, [this.strip(), this.draw('top')]),
        ...this.draw('turn'),
        h('main', { class: 'mid', key: 'mid' }, [this.draw('mid'), h(Waiting, { s: this, key: 'waiting' })]),
        h('footer', { class: 'foot', key: 'foot' }, [this.said(), this.draw('foot')]),
      ];
    },
    lead() {
      const fold = (drawn, name) => (this.narrow && drawn ? h('details', { class: 'fold', key: name }, [h('summary', this.words[`region_${name}`] || this.words.more), drawn]) : drawn);
      return [
        h('div', { class: 'middle', key: 'middle' }, [
          h('main', { class: 'main', key: 'main', tabindex: this.still() }, [this.strip(), this.draw('main'), h(Waiting, { s: this, key: 'waiting' })]),
          h('footer', { class: 'foot', key: 'foot' }, [this.said(), this.draw('foot')]),
        ]),
        fold(this.part('aside', 'nav', this.steers() ? keysButton(this) : null), 'nav'),
        fold(this.part('aside', 'side'), 'side'),
      ];
    },
  },
  render() {
    const inner = this.gone ? [h('main', { class: 'gone', key: 'gone' }, h('h1', { tabindex: -1, dir: 'auto' }, this.gone))] : this[this.screen]();
    return h('div', { class: ['screen', this.screen, { dark: this.dark, 'my-turn': this.screen === 'phone' && this.myTurn }], 'data-v': this.v, 'data-live': String(this.live) }, [
      ...inner,
      this.asking ? ask(this) : null,
      this.local === 'help' ? help(this) : null,
      ...this.aloud(),
    ]);
  },
};
