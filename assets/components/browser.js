// What a browser can say of itself before a meeting. Drawn like the points of pages/check.py.
const SMALL = [1000, 560]; // px; a room screen is made for 1280×720 and more
const SLOW = 300; // milliseconds
const TIMES = 5;
const SETTLED = 3000; // milliseconds in which a connection that was opened without a socket gets one

const h = (...given) => Vue.h(...given);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What our screens are made with; the youngest of it is from 2023.
const isNewEnough = () => CSS.supports('color', 'color-mix(in srgb, red, blue)') && CSS.supports('selector(:has(a))') && 'findLastIndex' in Array.prototype && 'HTMLDialogElement' in window;

async function roundTrip(path) {
  const took = [];
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now();
    await fetch(path, { cache: 'no-store' });
    took.push(performance.now() - began);
  }
  return Math.max(1, Math.round(took.sort((a, b) => a - b)[TIMES >> 1]));
}

export default {
  props: { words: Object, signs: Object, ping: String },
  data: () => ({ width: innerWidth, height: innerHeight, took: null, socket: true }),
  mounted() {
    addEventListener('resize', this.measure);
    this.looking = setInterval(() => (this.socket = !window.socket?.connected || window.socket.io.engine.transport.name === 'websocket'), SETTLED);
    roundTrip(this.ping).then((took) => (this.took = took), () => {}); // the page itself says when it is lost
  },
  unmounted() {
    removeEventListener('resize', this.measure);
    clearInterval(this.looking);
  },
  methods: {
    measure() {
      Object.assign(this, { width: innerWidth, height: innerHeight });
    },
    points() {
      const size = `${this.width} × ${this.height}`;
      const large = this.width >= SMALL[0] && this.height >= SMALL[1];
      const isPhone = !large && matchMedia('(pointer: coarse)').matches; // it leads, and is no room screen
      const room = large ? ['fine', 'large_enough', { size }] : ['look', 'too_small', { size }];
      return [
        isNewEnough() ? ['fine', 'new_enough'] : ['wrong', 'too_old'],
        isPhone ? null : room,
        this.took === null ? null : this.took <= SLOW ? ['fine', 'live', { n: this.took }] : ['look', 'slow', { n: this.took }],
        this.socket ? null : ['look', 'no_socket'],
      ].filter(Boolean);
    },
  },
  render() {
    return h('ul', { class: 'points' }, this.points().map(([state, key, values]) => h('li', { class: ['point', state], key }, [
      h('span', { class: 'sign', 'aria-hidden': 'true' }, this.signs[state]),
      h('div', [
        h('p', [h('span', { class: 'unseen' }, `${this.words[state]}: `), fill(this.words[key], values || {})]),
        state === 'fine' ? null : h('p', { class: 'do' }, this.words[`${key}_do`]),
      ]),
    ])));
  },
};
