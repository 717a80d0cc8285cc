// What the blocks share: time, texts, buttons, a ring, a small menu, and a list that pages by itself.
// Every block is drawn with `b`, its data, and `s`, the screen (screen.js).

const h = (...given) => Vue.h(...given);
const block = (regions, draw) => Object.assign((given) => draw(given.b, given.s), { props: ['b', 's'], regions });

const fill = (text, values) => (text || '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const named = (tag, text, more) => (text ? h(tag, { dir: 'auto', ...more }, text) : null);
const hidden = (text) => (text ? h('span', { class: 'unseen' }, text) : null);

// Time, in seconds
const SOON = 20;
const used = (clock, now) => clock.spent + (clock.started === null ? 0 : Math.max(0, now - clock.started));
const left = (clock, now) => Math.max(0, clock.budget - used(clock, now));
const share = (clock, now) => (clock.budget ? left(clock, now) / clock.budget : 0);
const timeState = (clock, now) => (left(clock, now) === 0 ? 'up' : left(clock, now) <= SOON ? 'soon' : 'running');
const paused = (clock) => clock.started === null && clock.spent > 0;
const minutes = (seconds) => Math.round(seconds / 60);

function countdown(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

// By our own words: browsers know no Nynorsk, or write its times with a colon.
function timeOfDay(seconds, words) {
  const at = new Date(seconds * 1000);
  const two = (n) => String(n).padStart(2, '0');
  return fill(words.time, { hour: two(at.getHours()), minute: two(at.getMinutes()) });
}

const ring = (clock, now) => h('svg', { class: 'ring', viewBox: '0 0 100 100', 'aria-hidden': 'true', style: { '--left': share(clock, now) } }, [
  h('circle', { class: 'track', cx: 50, cy: 50, r: 45 }),
  h('circle', { class: 'sand', cx: 50, cy: 50, r: 45, pathLength: 1 }),
]);

const compass = () => h('svg', { class: 'compass', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, [
  h('circle', { cx: 12, cy: 12, r: 9 }),
  h('path', { d: 'M8 16l2-6 6-2-2 6z' }),
]);

// Buttons
const KEY_WORDS = { ' ': 'key_space', PageDown: 'key_page_down', PageUp: 'key_page_up', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };
const same = (a, b) => a === b || (a.length === 1 && a.toLowerCase() === b.toLowerCase());
const answers = (act, key) => Boolean(act.key) && act.key.split('|').some((mine) => same(mine, key));

function keyName(keys, words) {
  const first = keys.split('|')[0];
  const name = KEY_WORDS[first];
  return name ? words[name] || (name.includes('_') ? first.trim() : name) : first.length === 1 ? first.toUpperCase() : first;
}

// The key of a button or a form, where the leader can press it.
const keyCap = (one, s) => (one.key && s.screen === 'lead' && s.works(one.key.split('|')[0]) ? h('kbd', { 'aria-hidden': 'true' }, keyName(one.key, s.words)) : null);

const button = (act, s, more) => h('button', { type: 'button', class: ['button', act.look, { sign: act.sign }], 'aria-label': act.sign ? act.label : null, onClick: () => s.act(act), ...more }, [
  h('span', { dir: 'auto' }, act.sign || act.label),
  act.sign ? null : keyCap(act, s),
]);

const buttons = (acts, s, more) => (acts?.length ? h('div', { class: 'buttons', ...more }, acts.map((act, i) => button(act, s, { key: act.verb + i }))) : null);

// What may take the focus where this had it and is gone: the next in its list, else the one before.
const FOCUSABLE = 'a[href], button, input, select, textarea, summary';
const beside = (one, box) => {
  const all = box ? [...box.querySelectorAll(FOCUSABLE)] : [];
  const at = all.indexOf(one);
  return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at)).reverse()];
};
const neighbours = (one) => ['.people, .cards, .acts', '.side, .nav'].flatMap((css) => beside(one, one?.closest?.(css)));

// What is rarer: a button that opens more of them just below. Esc closes it and gives the focus back.
const Menu = {
  props: ['s', 'label', 'of', 'text'],
  data: () => ({ open: false }),
  methods: {
    close() {
      this.open = false;
      this.$refs.opener?.focus();
    },
    escape(event) {
      if (event.key !== 'Escape' || !this.open) return;
      event.stopPropagation();
      this.close();
    },
  },
  render() {
    const name = this.label || this.s.words.more || '';
    const opener = h('button', {
      ref: 'opener', type: 'button', class: ['opener', this.text ? 'button quiet' : 'dots'], 'aria-expanded': String(this.open),
      'aria-label': this.text ? null : [name, this.of].filter(Boolean).join(': '), onClick: () => (this.open = !this.open),
    }, this.text ? [name, h('span', { class: 'turned', 'aria-hidden': 'true' }, '▾')] : '⋯');
    return h('div', { class: ['menu', this.open && 'open'], onKeydown: this.escape }, [opener, this.open ? h('div', { class: 'buttons', onClickCapture: () => this.$refs.opener.focus(), onClick: () => (this.open = false) }, this.$slots.default?.()) : null]);
  },
};
const menu = (acts, s, more) => (acts?.length ? h(Menu, { s, ...more }, () => acts.map((act) => button(act, s))) : null);

const inside = (box) => box.clientHeight - 2 * parseFloat(getComputedStyle(box).paddingTop);

// The heading that an item stands under, unless it is one itself; -1 where there is none.
const headBefore = (items, at) => (items[at]?.head ? -1 : items.slice(0, at).findLastIndex((one) => one.head));

const KEPT = 3; // chosen cards at most that stay in view on every page
const CLOSER = ['snug', 'snug tight']; // what stands above gives room, then each card its second line

// A list on the room screen. Text shrinks by steps, then all moves closer; what still does not fit
// is shown in pages, and what is to be kept stays in view on each of them.
const Pager = {
  props: { items: Array, draw: Function, s: Object, label: String, steps: Array, columns: { type: Number, default: 4 }, wide: { type: Number, default: 13 }, keeps: String, newest: Number },
  data: () => ({ starts: null, page: 0, paged: false }),
  computed: {
    // Stays in view on each page: the newest at its end, or what is chosen at its top.
    kept() {
      if (this.keeps === 'chosen') return this.items.filter((one) => one.chosen).slice(0, KEPT);
      return this.keeps === 'newest' ? [this.found(this.newest) || this.cards.reduce((a, b) => (b.id > a.id ? b : a), this.cards[0])].filter(Boolean) : [];
    },
    // Beside headings, which are not counted.
    cards() {
      return this.items.filter((one) => !one.head);
    },
    rest() {
      return this.starts ? this.items.filter((one) => !this.kept.includes(one)) : this.items;
    },
    shown() {
      if (!this.starts) return this.items;
      const start = this.starts[this.page];
      const part = this.rest.slice(start, this.starts[this.page + 1]);
      const head = headBefore(this.rest, start);
      if (head >= 0) part.unshift(this.rest[head]);
      return this.keeps === 'chosen' ? [...this.kept, ...part] : [...part, ...this.kept];
    },
    content() {
      return JSON.stringify(this.items);
    },
  },
  watch: {
    content() {
      this.measure();
    },
  },
  mounted() {
    this.watcher = new ResizeObserver(() => this.measure());
    this.watcher.observe(this.$el);
    document.fonts?.ready.then(() => this.measure());
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) this.turning = setInterval(() => this.turn(), 8000);
  },
  unmounted() {
    this.watcher.disconnect();
    clearInterval(this.turning);
  },
  methods: {
    found(id) {
      return this.cards.find((one) => one.id === id);
    },
    turn() {
      if (this.starts) this.page = (this.page + 1) % this.starts.length;
    },
    async measure() {
      Object.assign(this, { starts: null, page: 0, paged: false });
      await Vue.nextTick();
      const { frame, list } = this.$refs;
      const smallest = this.steps.at(-1);
      if (!list || !inside(frame) || this.steps.some((size) => this.fits(frame, list, size)) || CLOSER.some((closer) => this.fits(frame, list, smallest, closer)) || this.items.length < 2) return;
      this.paged = true;
      await Vue.nextTick();
      // One below the other, each may have a page, as big as all of them can be.
      if (this.columns === 1 && !this.steps.some((size) => this.eachFits(frame, list, size))) this.fits(frame, list, smallest, CLOSER.at(-1));
      this.starts = this.cut(frame, list);
    },
    eachFits(frame, list, size) {
      const boxes = [...list.children];
      const alone = (one) => boxes.forEach((box) => (box.hidden = box !== one));
      const all = boxes.every((box) => {
        alone(box);
        return this.fits(frame, list, size);
      });
      boxes.forEach((box) => (box.hidden = false));
      return all;
    },
    fits(frame, list, size, closer = '') {
      frame.style.setProperty('--size', size);
      frame.className = `frame ${closer}`;
      const em = parseFloat(getComputedStyle(list).fontSize);
      const room = Math.max(1, Math.min(this.columns, Math.floor(list.clientWidth / (this.wide * em))));
      for (let columns = Math.min(2, room); columns <= room; columns++) {
        frame.style.setProperty('--columns', columns);
        if (list.scrollHeight <= inside(frame) + 1) return true;
      }
      return false;
    },
    // Where each page starts: cards are shown one more at a time until they are too many. A heading
    // is not the last of a page, and stands again above what is left of its cards.
    cut(frame, list) {
      const boxes = [...list.children];
      const items = this.items.filter((one) => !this.kept.includes(one));
      const rest = boxes.filter((_, i) => !this.kept.includes(this.items[i]));
      const starts = [0];
      const hide = (box) => (box.hidden = true);
      rest.forEach(hide);
      rest.forEach((box, i) => {
        box.hidden = false;
        const page = starts.at(-1);
        if (list.scrollHeight <= inside(frame) || i <= page + (items[page].head ? 1 : 0)) return;
        const start = items[i - 1].head ? i - 1 : i;
        rest.slice(0, start).forEach(hide);
        starts.push(start);
        const head = headBefore(items, start);
        if (head >= 0) rest[head].hidden = false;
      });
      boxes.forEach((box) => (box.hidden = false));
      return starts;
    },
  },
  render() {
    const { words } = this.s;
    const hiding = this.cards.length - this.shown.filter((one) => !one.head).length;
    const where = this.starts && [fill(words.page, { n: this.page + 1, m: this.starts.length }), fill(words.newer, { n: hiding })].filter(Boolean).join(' · ');
    return h('section', { class: 'pager' }, [
      this.label || this.paged ? h('div', { class: 'line' }, [named('h2', this.label), named('span', where, { class: 'where' })]) : null,
      h('div', { class: 'frame', ref: 'frame' }, h('div', { class: 'list', ref: 'list', key: this.page }, this.shown.map((one) => this.draw(one)))),
    ]);
  },
};
