// One run, live: what it prints from its first byte, what came of it, its place in its matrix.

import { h, put, say } from './dom.js';
import { about } from './about.js';
import { Follower } from './follower.js';
import { gridPlace, showGrid } from './grid.js';
import { runAddress } from './route.js';
import { hasFailures, results } from './results.js';
import { bytesOf, Screen } from './terminal.js';
import { commandLine, isOver, mark, name } from './text.js';

const NOT_FOUND = 404;

export class RunView {
  #bus;
  #runs;
  #id;
  #actions;
  #told = {};
  #unknown = false;
  #results = null;
  #busy = false;
  #screen = null;
  #follower = null;
  #update = () => this.update();
  #tick = setInterval(() => this.#showAbout(), 1_000);

  /** @param actions what the user may do: `cancel(id)` and `rerun(id, failed)`, each may be missing */
  constructor(bus, runs, id, actions) {
    this.#bus = bus;
    this.#runs = runs;
    this.#id = id;
    this.#actions = actions;
    this.heading = h('h1', {}, id);
    this.about = h('dl', { class: 'about' });
    this.buttons = h('div', { class: 'buttons' });
    this.news = h('p', { class: 'news', role: 'status' });
    this.results = h('div', {});
    this.grid = gridPlace();
    this.link = h('p', { class: 'news', role: 'status' });
    const known = { 'aria-label': 'What is known of the run', hidden: true };
    this.aside = h('aside', known, this.results, this.grid);
    this.output = h('div', { class: 'output' });
    this.element = h(
      'div',
      { class: 'run' },
      h('div', { class: 'head' }, this.heading, this.buttons, this.about, this.news, this.link),
      this.aside,
      h('section', { class: 'screen', 'aria-label': 'Output' }, this.output),
    );
    runs.addEventListener('change', this.#update);
    // Of a loop's round that has ended, only the list tells that it has: else its newest is read.
    if (!runs.known) runs.addEventListener('change', () => this.#begin(), { once: true });
    else queueMicrotask(() => this.#begin());
  }

  title() {
    const run = this.#run();
    return `${mark(run.state)} ${name(run)} - tox-server`;
  }

  focus() {
    this.heading.tabIndex = -1;
    this.heading.focus({ preventScroll: true });
  }

  close() {
    clearInterval(this.#tick);
    this.#runs.removeEventListener('change', this.#update);
    this.#follower?.close();
    this.#screen?.close();
    this.#screen = null;
  }

  scroll(key) {
    this.#screen?.scroll(key);
  }

  /** The run that was accepted after this one, or before it. */
  neighbour(by) {
    const all = this.#runs.all();
    const at = all.findIndex(({ id }) => id === this.#id);
    return at < 0 ? undefined : all[at + by]?.id;
  }

  rerun() {
    if (this.#mayRerun()) this.#do(() => this.#actions.rerun(this.#id, false));
  }

  // What has been told by its events, and what the list says: whichever knows more.
  #run() {
    const listed = this.#runs.get(this.#id);
    const told = this.#told;
    if (!listed) return { id: this.#id, state: 'queued', ...told };
    return isOver(told.state ?? 'queued') && !isOver(listed.state)
      ? { ...listed, ...told }
      : { ...told, ...listed };
  }

  #begin() {
    if (!this.element.isConnected) return;
    const follow = !isOver(this.#runs.get(this.#id)?.state ?? 'queued');
    this.#screen = new Screen(
      this.output,
      'Output of the run',
      () => this.#follower.pause(),
      () => this.#follower.resume(),
    );
    this.#follower = new Follower(this.#bus, this.#id, follow, {
      attached: (answer) => this.#attached(answer),
      event: (event) => this.#take(event),
      refused: (why) => this.#refused(why),
    });
    this.update();
  }

  #refused(why) {
    this.#unknown = why.code === NOT_FOUND && !this.#runs.get(this.#id);
    this.#tell(this.#unknown ? { state: 'lost' } : {}, why.message);
  }

  #attached({ id, state }) {
    this.#id = id;
    if (this.#told.state === undefined) this.#told.state = state;
    this.update();
  }

  #take(event) {
    if (event.type === 'output') this.#screen.write(bytesOf(event.data));
    else this.#on[event.type]?.(event);
  }

  #on = {
    queued: ({ position, behind }) => {
      const after = behind ? `, behind ${commandLine(behind)}` : '';
      this.#tell(
        { state: 'queued', position },
        `It waits for its turn: place ${position}${after}.`,
      );
    },
    started: ({ terminal, runner, command }) => {
      if (terminal) this.#screen.size(terminal);
      this.#tell({ state: 'running', runner, command }, '');
    },
    waiting: () => say(this.news, 'It waits for a key at its terminal: tox-server attach --take'),
    notice: ({ message }) => say(this.news, message),
    hole: ({ from, to, reason }) =>
      this.#screen.remark(
        reason ?? `the oldest output is kept no more: events ${from} to ${to - 1}`,
      ),
    results: (found) => {
      this.#results = found;
      put(this.results, results(found));
      this.update();
    },
    exit: (exit) => this.#ended(exit),
    lost: () => {
      this.#screen.remark('the server died during this run: what follows is lost');
      this.#tell({ state: 'lost' }, '');
    },
  };

  #ended({ returncode, cancelled, duration, error, lost, next }) {
    const end = returncode === 0 ? 'passed' : 'failed';
    const state = lost ? 'lost' : cancelled ? 'cancelled' : end;
    this.#tell({ state, returncode, duration }, error ?? '');
    if (next)
      put(this.news, 'The loop goes on: ', h('a', { href: runAddress(next) }, 'next round'));
    this.#actions.ended?.();
  }

  #tell(facts, news) {
    Object.assign(this.#told, facts);
    say(this.news, news);
    this.update();
  }

  update() {
    const run = this.#run();
    const sign = h('span', { class: `sign ${run.state}`, 'aria-hidden': 'true' }, mark(run.state));
    const words = name(run);
    if (this.heading.textContent !== sign.textContent + words) put(this.heading, sign, words);
    document.title = this.title();
    this.#showAbout();
    this.#showButtons(run);
    if (run.matrix) showGrid(this.grid, this.#runs, run.matrix.id, run.id);
    this.aside.hidden = !this.#results && !run.matrix;
  }

  #showAbout() {
    about(this.about, this.#run(), this.#runs);
  }

  #mayRerun() {
    return Boolean(this.#actions.rerun) && !this.#unknown && isOver(this.#run().state);
  }

  #showButtons(run) {
    const wanted = [];
    if (this.#actions.cancel && !isOver(run.state))
      wanted.push(['Cancel', 'danger', () => this.#actions.cancel(this.#id)]);
    if (this.#actions.share && !this.#unknown) wanted.push(['Share', '', () => this.#share()]);
    if (this.#mayRerun()) {
      wanted.push(['Rerun', 'main', () => this.#actions.rerun(this.#id, false)]);
      if (hasFailures(this.#results))
        wanted.push(['Rerun what failed', '', () => this.#actions.rerun(this.#id, true)]);
    }
    const names = wanted.map(([name]) => name).join();
    if (this.buttons.dataset.names === names) return;
    this.buttons.dataset.names = names;
    put(
      this.buttons,
      ...wanted.map(([name, kind, action]) =>
        h('button', { type: 'button', class: kind, onclick: () => this.#do(action) }, name),
      ),
    );
  }

  async #share() {
    const link = await this.#actions.share(this.#id);
    const field = h('input', { readonly: true, value: link, 'aria-label': 'Link to this run' });
    put(this.link, 'Whoever has this link can read this run, until shortly after its end. ', field);
    field.select();
  }

  // One at a time: who clicks twice means it once.
  async #do(action) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await action();
    } catch (why) {
      say(this.news, why.message);
    } finally {
      this.#busy = false;
    }
  }
}
