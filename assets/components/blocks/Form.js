const ROW = 28; // characters of an option, from which options stand below each other
// Esc leaves a form, and Ctrl and Enter send what has several lines; the screen's own keys stay out of it.
function formKeys(event, leave) {
  const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
  if (!sends && !(leave && event.key === 'Escape')) return;
  event.preventDefault();
  if (sends) event.currentTarget.requestSubmit();
  else leave();
}

const typed = (field) => field.kind === 'line' || field.kind === 'lines';

// What is half written lives with the screen (screen.js), so that a form may come and go without loss.
const Form = {
  props: ['b', 's'],
  regions: { phone: 'mid', lead: 'main' },
  data: () => ({ open: false, missing: null, sent: null, others: {} }),
  computed: {
    kept() {
      return this.b.keep ? this.s.keptFor(this.b.draft) : null;
    },
    waiting() {
      return this.s.queue.find((one) => one.draft === this.b.draft);
    },
  },
  watch: {
    's.wanted'(draft) {
      if (draft !== this.b.draft) return;
      this.s.wanted = '';
      this.unfold();
    },
  },
  methods: {
    value(field) {
      const given = (field.name === 'who' && this.b.whose) || field.value;
      const value = this.s.drafted(this.b.draft, field.name) ?? this.kept?.[field.name] ?? given;
      const offered = field.kind !== 'choice' || field.other || field.options.some((option) => option.value === value);
      return offered ? value : given;
    },
    write(field, text) {
      this.pin(field);
      this.s.write(this.b.draft, field.name, text);
      this.sent = null;
      if (this.missing === field.name) this.missing = null;
    },
    // For whom it is stays as it was when writing began, though the round goes on meanwhile.
    pin(begun) {
      for (const field of this.b.fields) {
        const open = field !== begun && field.kind === 'choice' && field.needed && this.s.drafted(this.b.draft, field.name) === undefined;
        if (open && this.value(field)) this.s.write(this.b.draft, field.name, this.value(field));
      }
    },
    submit(event) {
      event.preventDefault();
      const { b, s } = this;
      const asked = b.fields.filter(this.asked);
      const worth = (field) => (field.kind === 'choices' ? this.picked(field).join() : this.value(field).trim());
      const fields = Object.fromEntries(b.fields.map((field) => [field.name, asked.includes(field) ? worth(field) : '']));
      this.missing = asked.find((field) => field.needed && !fields[field.name])?.name ?? null;
      if (this.missing) return this.find(this.missing);
      const given = { ...fields, ...Object.fromEntries(b.fields.filter((field) => field.kind === 'choices').map((field) => [field.name, this.picked(field)])) };
      this.sent = s.send(b.verb, { ...b.args, ...(b.nest ? { [b.nest]: given } : given) }, { draft: b.draft, fields, keep: b.keep, folded: b.folded, show: this.written(fields) });
      this.others = {};
      if (b.folded) this.fold();
      else if (!b.keep && !b.fields.some((field) => typed(field) && field.value)) this.find(b.fields.find(typed)?.name); // for the next one; what is there to be mended keeps the focus
    },
    written(fields) {
      const texts = this.b.fields.filter(typed).map((field) => fields[field.name]);
      return this.b.keep ? '' : texts.filter(Boolean).join(' · ');
    },
    find(name) {
      Vue.nextTick(() => this.$el.querySelector(`[name="${this.id(name)}"]`)?.focus());
    },
    fold() {
      this.open = false;
      this.forget();
      Vue.nextTick(() => this.$el.focus?.());
    },
    // Where nothing is written nothing is kept, not even for whom it was to be.
    forget() {
      const texts = this.b.fields.filter(typed);
      if (!this.b.keep && texts.length && texts.every((field) => !this.value(field).trim())) this.s.undraft(this.b.draft, this.b.fields.map((field) => field.name));
    },
    unfold() {
      this.open = true;
      Vue.nextTick(() => {
        this.$el.querySelector('input, textarea')?.focus();
        this.$el.scrollIntoView({ block: 'nearest' });
      });
    },
    id(name) {
      return `${this.b.draft}.${name}`;
    },
    state() {
      const { words } = this.s;
      if (this.waiting?.show) return '';
      if (this.waiting) return this.waiting.held ? words.held : this.s.live ? words.sending : `↻ ${words.queued || ''}`;
      const stored = this.sent ? this.s.storedOps[this.sent] : this.kept && !this.changed();
      return stored ? `✓ ${this.b.stored || words.stored || ''}` : '';
    },
    changed() {
      return this.b.fields.some((field) => this.value(field) !== (this.kept[field.name] ?? ''));
    },
    asked(field) {
      const beside = this.b.fields.find((other) => other.name === field.beside);
      return !beside || !beside.other || this.own(beside);
    },
    own(field) {
      const value = this.value(field);
      return Boolean(field.other && (this.others[field.name] || (value && !field.options.some((option) => option.value === value))));
    },
    field(field) {
      return (this[field.kind] || this.line)(field);
    },
    label(field) {
      return [h('span', { dir: 'auto' }, field.label), field.needed || !this.s.words.optional ? null : h('small', ` (${this.s.words.optional})`)];
    },
    typing(field, more) {
      const text = this.value(field);
      return {
        id: this.id(field.name), name: this.id(field.name), class: 'input', dir: 'auto', maxlength: field.limit, autocomplete: 'off', value: text,
        'aria-invalid': this.missing === field.name ? 'true' : null, 'aria-describedby': this.id(field.name) + '.hint',
        onInput: (event) => this.write(field, event.target.value), ...more,
      };
    },
    hint(field) {
      const over = field.limit - this.value(field).length;
      const text = this.missing === field.name ? this.s.words.needed : over <= Math.min(60, field.limit / 5) ? fill(this.s.words.characters_left, { n: over }) : '';
      return h('small', { class: 'hint num', id: this.id(field.name) + '.hint' }, text);
    },
    line(field) {
      const lines = field.kind === 'lines';
      return h('div', { class: 'field', key: field.name }, [
        h('label', { for: this.id(field.name), class: field.label_hidden && 'unseen' }, this.label(field)),
        h(lines ? 'textarea' : 'input', this.typing(field, lines ? { rows: 3 } : { type: 'text', enterkeyhint: 'send' })),
        this.hint(field),
      ]);
    },
    choice(field) {
      const value = this.value(field);
      const other = this.own(field);
      const pick = (chosen) => { this.others[field.name] = false; this.write(field, chosen === value && !field.needed ? '' : chosen); };
      const chip = (label, on, chosen) => h('label', { class: 'chip' }, [
        h('input', { type: 'radio', name: this.id(field.name), checked: on, 'aria-invalid': this.missing === field.name ? 'true' : null, onClick: chosen }),
        h('span', { dir: 'auto' }, label),
      ]);
      return h('fieldset', { class: 'field', key: field.name }, [
        h('legend', { class: field.label_hidden && 'unseen' }, this.label(field)),
        h('div', { class: 'chips' }, [
          ...field.options.map((option) => chip(option.label, !other && value === option.value, () => pick(option.value))),
          field.other ? chip(field.other, other, () => this.another(field, value)) : null,
        ]),
        other && field.other_label ? h('label', { class: 'own', for: this.id(field.name) }, field.other_label) : null,
        other ? h('input', this.typing(field, { type: 'text', name: this.id(field.name) + '.other', 'aria-label': field.other_label || field.other })) : null,
        this.hint(field),
      ]);
    },
    // The values of what is picked, in the options' order; what is no option any more falls away.
    picked(field) {
      const values = this.value(field).split(/[,\n]/);
      const on = field.options.filter((option) => [option.value, ...option.also].some((value) => values.includes(value))).map((option) => option.value);
      return field.most ? on.slice(0, field.most) : on;
    },
    choices(field) {
      const on = this.picked(field);
      const full = Boolean(field.most) && on.length >= field.most;
      const pick = (value) => this.write(field, field.options.map((option) => option.value).filter((one) => (one === value) !== on.includes(one)).join());
      const missing = this.missing === field.name;
      const box = (option) => {
        const held = full && !on.includes(option.value); // not `disabled`: that would take the focus away
        return h('label', { class: ['chip box', { held }], key: option.value }, [
          h('input', {
            type: 'checkbox', name: this.id(field.name), checked: on.includes(option.value), 'aria-disabled': held ? 'true' : null, 'aria-invalid': missing ? 'true' : null,
            'aria-describedby': field.left ? this.id(field.name) + '.left' : null,
            onClick: (event) => held && event.preventDefault(), onChange: () => held || pick(option.value),
          }),
          h('span', { dir: 'auto' }, option.label),
        ]);
      };
      return h('fieldset', { class: 'field', key: field.name }, [
        h('legend', { class: field.label_hidden && 'unseen' }, field.left ? field.label : this.label(field)),
        h('div', { class: ['chips', { rows: field.options.some((option) => option.label.length > ROW) }] }, field.options.map(box)),
        field.left ? h('p', { class: 'left num', id: this.id(field.name) + '.left', role: 'status' }, fill(field.left, { n: field.most - on.length })) : null,
        h('small', { class: 'hint' }, missing ? this.s.words.needed : ''),
      ]);
    },
    another(field, value) {
      this.others[field.name] = true;
      if (field.options.some((option) => option.value === value)) this.write(field, '');
      this.find(field.name + '.other');
    },
  },
  render() {
    const { b, s } = this;
    if (b.folded && !this.open) return h('button', { type: 'button', class: ['button folded', b.look === 'small' ? 'small' : 'quiet'], 'aria-expanded': 'false', onClick: this.unfold }, [h('span', { dir: 'auto' }, b.folded), keyCap(b, s)]);
    return h('form', { class: 'form', novalidate: true, onSubmit: this.submit, onKeydown: (event) => formKeys(event, b.folded && this.fold) }, [
      named('h2', b.label),
      ...b.fields.filter(this.asked).map(this.field),
      named('p', b.hint, { class: 'hint' }),
      h('div', { class: 'buttons' }, [
        h('button', { type: 'submit', class: ['button', b.look] }, this.kept ? s.words.send_again || b.button : b.button),
        b.folded ? h('button', { type: 'button', class: 'button quiet', onClick: this.fold }, s.words.cancel) : null,
      ]),
      h('p', { class: 'state', role: 'status' }, this.state()),
    ]);
  },
};
