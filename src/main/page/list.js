// The list of runs. Only the rows that can be seen are there, however many runs are known.

import { h, put, say } from './dom.js';
import { listAddress } from './route.js';
import { environments, select } from './runs.js';
import { row } from './row.js';
import { STATES } from './text.js';

const SPARE_ROWS = 8;
const narrow = matchMedia('(max-width: 640px)');
const rowHeight = () => (narrow.matches ? 54 : 32);

export class ListView {
  #runs;
  #filter;
  #shown = [];
  #active = null;
  #rows = new Map();
  #render = () => this.#draw();
  #filled = () => this.update();
  #tick = setInterval(() => this.#draw(), 1_000);

  /** @param active the id of the run that the keys begin at */
  constructor(runs, filter, active = null) {
    this.#runs = runs;
    this.#filter = filter;
    this.#active = active;
    this.search = h('input', {
      id: 'search',
      type: 'search',
      placeholder: 'Search arguments, runners, ids',
      'aria-label': 'Search runs',
      value: filter.search,
      oninput: () => this.#refilter({ search: this.search.value }),
    });
    this.states = this.#choice('state', 'State', STATES);
    this.environments = this.#choice('environment', 'Environment', []);
    this.count = h('p', { class: 'count', role: 'status' });
    this.body = h('div', { role: 'rowgroup', class: 'rows' });
    this.scroller = h(
      'div',
      { class: 'scroller', tabindex: '-1', onscroll: this.#render },
      h('div', { role: 'table', 'aria-label': 'Runs', class: 'table' }, headings(), this.body),
    );
    this.table = this.scroller.firstChild;
    this.element = h(
      'div',
      { class: 'list' },
      h('h1', { class: 'unseen' }, 'Runs'),
      h('div', { class: 'filters' }, this.search, this.states, this.environments, this.count),
      this.scroller,
    );
    narrow.addEventListener('change', this.#render);
    window.addEventListener('resize', this.#render);
    runs.addEventListener('change', this.#filled);
    queueMicrotask(this.#filled);
  }

  title() {
    return 'tox-server';
  }

  close() {
    clearInterval(this.#tick);
    narrow.removeEventListener('change', this.#render);
    window.removeEventListener('resize', this.#render);
    this.#runs.removeEventListener('change', this.#filled);
  }

  focus() {
    const first = this.#active ?? this.#shown[0]?.id;
    if (first === undefined) this.scroller.focus();
    else this.#activate(first);
  }

  /** Only what has failed, or all again. */
  toggleFailed() {
    this.states.value = this.#filter.state === 'failed' ? '' : 'failed';
    this.#refilter({ state: this.states.value });
  }

  /** To the run that is so many rows further down. */
  move(by) {
    const at = this.#at();
    const next = Math.max(0, Math.min(this.#shown.length - 1, at < 0 ? 0 : at + by));
    if (this.#shown[next]) this.#activate(this.#shown[next].id);
  }

  update() {
    this.#choose(environments(this.#runs.all()));
    const at = this.#at();
    const focused = this.body.contains(document.activeElement);
    this.#shown = select(this.#runs.all(), this.#filter);
    // Where the run that has the focus is shown no more, the one in its place gets it.
    if (this.#at() < 0)
      this.#active = focused ? this.#shown[Math.min(at, this.#shown.length - 1)]?.id : null;
    say(this.count, this.#words());
    this.#draw();
    if (document.activeElement === this.scroller && this.#shown.length > 0) this.focus();
  }

  #words() {
    if (!this.#runs.known) return '';
    const all = this.#runs.all().length;
    if (all === 0) return 'The server has had no run yet. Start one: tox-server run';
    const some = this.#shown.length === all ? `${all}` : `${this.#shown.length} of ${all}`;
    const older = this.#runs.complete ? '' : '; older ones are not shown';
    return `${some} ${all === 1 ? 'run' : 'runs'}${older}`;
  }

  #at() {
    return this.#shown.findIndex(({ id }) => id === this.#active);
  }

  #activate(id) {
    this.#active = id;
    const top = this.#at() * rowHeight();
    const head = this.body.offsetTop;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + rowHeight() + head > scrollTop + clientHeight)
      this.scroller.scrollTop = top + rowHeight() + head - clientHeight;
    this.#draw();
    this.#rows.get(id)?.link.focus({ preventScroll: true });
  }

  // Rows that were there and still are, are kept: the focus stays, and a click finds what it meant.
  #draw() {
    const height = rowHeight();
    const first = Math.max(0, Math.floor(this.scroller.scrollTop / height) - SPARE_ROWS);
    const count = Math.ceil(this.scroller.clientHeight / height) + 2 * SPARE_ROWS;
    const seen = this.#shown.slice(first, first + count);
    this.body.style.height = `${this.#shown.length * height}px`;
    this.table.setAttribute('aria-rowcount', this.#shown.length + 1);
    const wanted = new Map(seen.map((run, i) => [run.id, first + i]));
    // It may have the focus, wherever it is.
    const at = this.#at();
    if (at >= 0) wanted.set(this.#active, at);
    const tabStop = this.#active ?? seen[0]?.id;
    for (const [id, drawn] of this.#rows) {
      if (!wanted.has(id)) {
        drawn.element.remove();
        this.#rows.delete(id);
      }
    }
    for (const [id, index] of wanted) {
      let drawn = this.#rows.get(id);
      if (!drawn) {
        drawn = row(id, () => (this.#active = id));
        this.#rows.set(id, drawn);
        this.body.append(drawn.element);
      }
      drawn.element.style.transform = `translateY(${index * height}px)`;
      drawn.element.setAttribute('aria-rowindex', index + 2);
      drawn.link.tabIndex = id === tabStop ? 0 : -1;
      drawn.show(this.#runs.get(id), this.#runs);
    }
  }

  #choice(field, label, options) {
    const element = h('select', {
      'aria-label': label,
      onchange: () => this.#refilter({ [field]: element.value }),
    });
    put(element, h('option', { value: '' }, `Any ${label.toLowerCase()}`));
    options.forEach((option) => element.append(h('option', {}, option)));
    element.value = this.#filter[field];
    return element;
  }

  #choose(names) {
    const all = names.join();
    if (this.environments.dataset.names === all) return;
    this.environments.dataset.names = all;
    const options = names.map((name) => h('option', {}, name));
    put(this.environments, this.environments.firstChild, ...options);
    this.environments.value = this.#filter.environment;
  }

  #refilter(change) {
    this.#filter = { ...this.#filter, ...change };
    history.replaceState(null, '', listAddress(this.#filter));
    this.scroller.scrollTop = 0;
    this.update();
  }
}

const headings = () =>
  h(
    'div',
    { role: 'rowgroup', class: 'headings' },
    h(
      'div',
      { role: 'row', 'aria-rowindex': 1, class: 'row' },
      ...['State', 'Run', 'Environment', 'Runner', 'Duration', 'Accepted'].map((name) =>
        h('span', { role: 'columnheader', class: name.toLowerCase() }, name),
      ),
    ),
  );
