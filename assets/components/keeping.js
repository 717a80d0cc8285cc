// What this device keeps for its user: drafts, and what was sent but may still be changed.
// A private window may refuse to store: then it lasts as long as the page.
const store = {
  set(key, value) {
    try { localStorage.setItem(key, value); } catch { /* goes on without */ }
  },
  drop(key) {
    try { localStorage.removeItem(key); } catch { /* goes on without */ }
  },
  get(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  },
  all(prefix) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      return Object.fromEntries(keys.map((key) => [key.slice(prefix.length), localStorage.getItem(key)]));
    } catch { return {}; }
  },
};

function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

const Keeping = {
  data: () => ({ drafts: {}, kept: {} }),
  created() {
    this.drafts = store.all(this.place('d'));
    for (const [draft, text] of Object.entries(store.all(this.place('k')))) this.kept[draft] = parsed(text);
  },
  methods: {
    place(shelf) {
      return `fac.${shelf}.${this.meeting}.`;
    },
    drafted(draft, field) {
      return this.drafts[`${draft}.${field}`];
    },
    write(draft, field, text) {
      this.drafts[`${draft}.${field}`] = text;
      store.set(this.place('d') + `${draft}.${field}`, text);
    },
    undraft(draft, fields) {
      for (const field of fields) {
        delete this.drafts[`${draft}.${field}`];
        store.drop(this.place('d') + `${draft}.${field}`);
      }
    },
    keptFor(draft) {
      return this.kept[draft];
    },
    keep(draft, fields) {
      this.kept[draft] = fields;
      store.set(this.place('k') + draft, JSON.stringify(fields));
    },
    // Words that were refused come back, before what was written since.
    giveBack(draft, fields) {
      delete this.kept[draft];
      store.drop(this.place('k') + draft);
      for (const [field, text] of Object.entries(fields)) {
        const since = this.drafted(draft, field);
        this.write(draft, field, since && since !== text ? `${text}\n${since}` : text);
      }
    },
  },
};
