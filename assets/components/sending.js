// What is on its way to the server: one at a time, in order, told as stored only when it is.
// What was written in a form waits until it is sent, a pressed button for a few seconds: then it is stale.
const STALE = 10000; // milliseconds
const PATIENCE = 8000;

const Sending = {
  data: () => ({ queue: [], storedOps: {}, refusal: '' }),
  created() {
    this.device = Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join('');
    this.sent = this.sentAt = 0;
    this.busy = null;
    const leftovers = Object.values(store.all(this.place('q'))).map(parsed).filter(Boolean);
    const current = leftovers.filter((one) => one.draft || Date.now() - one.at < STALE);
    leftovers.filter((one) => !current.includes(one)).forEach((one) => store.drop(this.place('q') + one.op));
    this.queue = current.sort((a, b) => a.at - b.at).map((one) => ({ ...one, held: 0 }));
  },
  methods: {
    send(verb, args, form) {
      const op = `${this.device}.${++this.sent}`;
      this.sentAt = Math.max(Date.now(), this.sentAt + 1); // rising also if the clock is set back: after a reload this is the order
      const one = { op, verb, args, seen: this.spot, at: this.sentAt, held: 0, ...form }; // seen: where the meeting was
      this.refusal = '';
      this.queue.push(one);
      store.set(this.place('q') + op, JSON.stringify(one));
      if (form) this.sentOff(one);
      this.drain();
      return op;
    },
    sentOff(one) {
      this.undraft(one.draft, Object.keys(one.fields));
      if (one.keep) this.keep(one.draft, one.fields);
    },
    drain() {
      const one = this.queue.find((each) => !each.held);
      if (!one || this.busy || !this.live) return;
      const turn = (this.busy = {});
      this.sock.timeout(PATIENCE).emit('do', { op: one.op, verb: one.verb, args: Vue.toRaw(one.args), seen: one.seen }, (late, answer) => {
        if (this.busy !== turn) return;
        this.busy = null;
        if (!late) this.settle(one, answer);
        setTimeout(() => this.drain(), late ? 1000 : 0);
      });
    },
    settle(one, { stored, held, refused, back }) {
      if (held) {
        one.held = held;
        return;
      }
      this.finish(one);
      if (!refused) this.isStored(one, stored ?? true);
      else this.refuse(one, refused, back);
    },
    finish(one) {
      this.queue = this.queue.filter((each) => each.op !== one.op);
      store.drop(this.place('q') + one.op);
    },
    refuse(one, sentence, back) {
      this.refusal = sentence;
      if (back && one.draft) this.giveBack(one.draft, one.fields);
    },
    storedUpTo(n) {
      for (const one of this.queue.filter((each) => each.held && each.held <= n)) {
        this.finish(one);
        this.isStored(one, n);
      }
    },
    // A form says it where it stands; one that is folded away cannot.
    isStored(one, n) {
      this.storedOps[one.op] = n;
      if (one.folded) this.tell(this.words.stored);
    },
    resume() {
      this.busy = null;
      for (const one of this.queue) one.held = 0;
      this.drain();
    },
    dropStale() {
      const stale = this.queue.filter((one) => !one.draft && Date.now() - one.at > STALE);
      if (this.live || !stale.length) return;
      stale.forEach(this.finish);
      this.refusal = this.words.retry || '';
    },
  },
};

// What waits, in its writer's own words.
const Waiting = {
  props: ['s'],
  render() {
    const { s } = this;
    const waiting = s.queue.filter((one) => one.show && !one.held && s.t - one.at > 600); // what is held is shown already
    if (!waiting.length) return null;
    return h('ul', { class: 'waiting' }, waiting.map((one) => h('li', { key: one.op }, [
      h('span', { dir: 'auto' }, one.show),
      h('small', '↻ ' + ((s.live ? s.words.sending : s.words.queued) || '')),
    ])));
  },
};
