// A matrix and those before it: a row for each environment, a column for each time.

import { h, put, say } from './dom.js';
import { grid } from './matrix.js';
import { matrixAddress, runAddress } from './route.js';
import { ago, duration, mark } from './text.js';

/** A place for a matrix, which scrolls if that is too wide. */
export const gridPlace = () =>
  h('div', { class: 'grid', tabindex: '0', role: 'region', 'aria-label': 'Matrix', hidden: true });

/**
 * Shows a matrix in its place; the cell of the current run is marked. What is the same stays, and so
 * does the focus.
 *
 * @returns its id, or null if there is no such matrix
 */
export function showGrid(place, runs, id, current = null) {
  const found = grid(runs.all(), id);
  place.hidden = !found;
  const shown = found && table(runs, found, current);
  if (shown && place.firstChild?.isEqualNode(shown)) return found.id;
  const active = document.activeElement;
  const at = place.contains(active) ? active.getAttribute('href') : null;
  const { scrollLeft } = place;
  put(place, shown);
  place.scrollLeft = scrollLeft;
  if (at) (place.querySelector(`a[href="${at}"]`) ?? place).focus({ preventScroll: true });
  return found ? found.id : null;
}

function table(runs, found, current) {
  const head = found.columns.map((column) => {
    const oldest = Math.max(...[...column.runs.values()].map((run) => runs.age(run)));
    const here = column.id === found.id;
    return h(
      'th',
      { scope: 'col', class: here ? 'here' : '' },
      h('a', { href: matrixAddress(column.id), title: column.id }, ago(oldest)),
    );
  });
  const body = found.rows.map((name) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      ...found.columns.map((column) => cell(runs, name, column.runs.get(name), current)),
    ),
  );
  return h(
    'table',
    {},
    h('caption', {}, summary(found)),
    h('thead', {}, h('tr', {}, h('td', {}), ...head)),
    h('tbody', {}, ...body),
  );
}

function cell(runs, name, run, current) {
  if (!run) return h('td', { class: 'none' }, '·');
  const taken = duration(runs.duration(run));
  const link = h(
    'a',
    {
      href: runAddress(run.id),
      class: run.state,
      'aria-current': run.id === current ? 'true' : null,
      'aria-label': `${name}: ${run.state}${taken ? `, ${taken}` : ''}`,
    },
    h('span', { class: 'sign' }, mark(run.state)),
    taken,
  );
  return h('td', {}, link);
}

function summary({ id, of, columns }) {
  const states = [...columns.find((column) => column.id === id).runs.values()].map(
    (run) => run.state,
  );
  const told = ['failed', 'lost', 'cancelled', 'passed', 'running', 'queued']
    .map((state) => [states.filter((each) => each === state).length, state])
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`);
  const unknown = (of ?? 0) - states.length;
  if (unknown > 0) told.push(`${unknown} not known`);
  return `Matrix ${id}: ${told.join(', ')}`;
}

/** The whole page of a matrix. */
export class MatrixView {
  #runs;
  #id;
  #cancel;
  #shown = null;
  #update = () => this.update();

  /** @param cancel ends all runs of a matrix; null for who may not */
  constructor(runs, id, cancel) {
    this.#runs = runs;
    this.#id = id;
    this.#cancel = cancel;
    this.button = h(
      'button',
      { type: 'button', class: 'danger', onclick: () => this.#end() },
      'Cancel the matrix',
    );
    this.news = h('p', { class: 'news', role: 'status' });
    this.grid = gridPlace();
    this.none = h('p', { class: 'quiet' });
    this.element = h(
      'div',
      { class: 'matrix' },
      h('h1', {}, 'Matrix'),
      this.button,
      this.news,
      this.grid,
      this.none,
    );
    runs.addEventListener('change', this.#update);
    this.update();
  }

  title() {
    return 'Matrix - tox-server';
  }

  close() {
    this.#runs.removeEventListener('change', this.#update);
  }

  focus() {
    (this.element.querySelector('td a') ?? this.element.querySelector('a'))?.focus();
  }

  update() {
    this.#shown = showGrid(this.grid, this.#runs, this.#id);
    this.button.hidden = !this.#cancel || !this.#going();
    say(this.none, this.#shown || !this.#runs.known ? '' : this.#why());
  }

  #going() {
    return this.#runs.unfinished().some((run) => run.matrix && run.matrix.id === this.#shown);
  }

  #why() {
    return this.#id
      ? 'The server knows no run of this matrix any more.'
      : 'There is no matrix yet. Start one: tox-server matrix';
  }

  async #end() {
    try {
      await this.#cancel(this.#shown);
      say(this.news, '');
    } catch (why) {
      say(this.news, why.message);
    }
  }
}
