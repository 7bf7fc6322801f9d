// A matrix and those before it: a row for each environment, a column for each time.

import { h, put, say } from './dom.js';
import { grid } from './matrix.js';
import { matrixAddress, runAddress } from './route.js';
import { ago, duration, isOver, mark } from './text.js';

/** A table of it, or null if there is no such matrix; the cell of the current run is marked. */
export function gridTable(runs, id, current = null) {
  const found = grid(runs.all(), id);
  if (!found) return null;
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
    'div',
    { class: 'grid', tabindex: '0', role: 'region', 'aria-label': 'Matrix' },
    h(
      'table',
      {},
      h('caption', {}, summary(found)),
      h('thead', {}, h('tr', {}, h('td', {}), ...head)),
      h('tbody', {}, ...body),
    ),
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
  #update = () => this.update();

  /** @param cancel ends all runs of a matrix; null for who may not */
  constructor(runs, id, cancel) {
    this.#runs = runs;
    this.#id = id;
    this.#cancel = cancel;
    this.news = h('p', { class: 'news', role: 'status' });
    this.element = h('div', { class: 'matrix' });
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
    const at = document.activeElement?.closest('.grid a')?.getAttribute('href');
    const table = gridTable(this.#runs, this.#id);
    const id = table ? grid(this.#runs.all(), this.#id).id : null;
    put(this.element, h('h1', {}, 'Matrix'), this.#button(id), this.news, table ?? this.#none());
    if (at) this.element.querySelector(`.grid a[href="${at}"]`)?.focus();
  }

  #button(id) {
    const going = this.#runs
      .unfinished()
      .some((run) => run.matrix?.id === id && !isOver(run.state));
    if (!going || !this.#cancel) return null;
    return h(
      'button',
      { type: 'button', class: 'danger', onclick: () => this.#end(id) },
      'Cancel the matrix',
    );
  }

  async #end(id) {
    try {
      await this.#cancel(id);
    } catch (why) {
      say(this.news, why.message);
    }
  }

  #none() {
    const why = this.#id
      ? 'The server knows no run of this matrix any more.'
      : 'There is no matrix yet. Start one: tox-server matrix';
    return h('p', { class: 'quiet' }, this.#runs.known ? why : '');
  }
}
