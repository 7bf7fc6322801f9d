// One run, live: what it prints from its first byte, what came of it, its place in its matrix.

import { about } from './about.js';
import { Buttons } from './buttons.js';
import { h, put, say } from './dom.js';
import { Follower } from './follower.js';
import { gridPlace, showGrid } from './grid.js';
import { hasFailures, results } from './results.js';
import { runAddress } from './route.js';
import { bytesOf, Screen } from './terminal.js';
import { isOver, mark, name } from './text.js';
import { tell } from './told.js';

const NOT_FOUND = 404;

export class RunView {
  #bus;
  #runs;
  #id;
  #actions;
  #anew;
  #accepted;
  #told = {};
  #unknown = false;
  #results = null;
  #buttons;
  #screen = null;
  #follower = null;
  #onChange = () => this.#listed();
  #tick = setInterval(() => this.#showAbout(), 1_000);

  /**
   * @param actions what the user may do, and `ended()`, to be told that the run has ended
   * @param anew is called when another run has the id: all that is shown is of the one before it
   */
  constructor(bus, runs, id, actions, anew) {
    this.#bus = bus;
    this.#runs = runs;
    this.#id = id;
    this.#actions = actions;
    this.#anew = anew;
    this.heading = h('h1', { tabindex: '-1' }, id);
    this.about = h('dl', { class: 'about' });
    this.news = h('p', { class: 'news', role: 'status' });
    this.#buttons = new Buttons(actions, (why) => say(this.news, why));
    this.results = h('div', {});
    this.grid = gridPlace();
    const known = { 'aria-label': 'What is known of the run', hidden: true };
    this.aside = h('aside', known, this.results, this.grid);
    this.output = h('div', { class: 'output' });
    const { element: buttons, link } = this.#buttons;
    this.element = h(
      'div',
      { class: 'run' },
      h('div', { class: 'head' }, this.heading, buttons, this.about, this.news, link),
      this.aside,
      h('section', { class: 'screen', 'aria-label': 'Output' }, this.output),
    );
    runs.addEventListener('change', this.#onChange);
    queueMicrotask(() => this.#begin());
  }

  get id() {
    return this.#id;
  }

  title() {
    const run = this.#run();
    return `${mark(run.state)} ${name(run)} - tox-server`;
  }

  focus() {
    this.heading.focus({ preventScroll: true });
  }

  close() {
    clearInterval(this.#tick);
    this.#runs.removeEventListener('change', this.#onChange);
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
    this.#buttons.rerun();
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
    this.#screen = new Screen(
      this.output,
      'Output of the run',
      () => this.#follower.pause(),
      () => this.#follower.resume(),
    );
    this.#follower = new Follower(this.#bus, this.#id, {
      attached: (answer) => this.#attached(answer),
      event: (event) => this.#take(event),
      refused: (why) => this.#refused(why),
    });
    this.#listed();
  }

  #refused(why) {
    this.#unknown = why.code === NOT_FOUND && !this.#runs.get(this.#id);
    if (!this.#unknown) this.#tell({ facts: {}, news: why.message });
    else this.#tell({ facts: { state: 'unknown' }, news: 'The server knows no such run.' });
  }

  #attached({ id, state }) {
    this.#id = id;
    this.#told.state ??= state;
    this.update();
  }

  #take(event) {
    const told = tell(event);
    if (told) this.#tell(told);
    this.#on[event.type]?.(event);
  }

  #on = {
    output: ({ data }) => this.#screen.write(bytesOf(data)),
    started: ({ terminal }) => terminal && this.#screen.size(terminal),
    hole: ({ from, to, reason }) =>
      this.#screen.remark(
        reason ?? `the oldest output is kept no more: events ${from} to ${to - 1}`,
      ),
    results: (found) => {
      this.#results = found;
      put(this.results, results(found));
      this.update();
    },
    exit: ({ next }) => {
      const link = next && h('a', { href: runAddress(next) }, 'next round');
      if (link) put(this.news, 'The loop goes on: ', link);
      this.#actions.ended?.();
    },
    lost: () => this.#screen.remark('the server died during this run: what follows is lost'),
  };

  #tell({ facts, news }) {
    Object.assign(this.#told, facts);
    say(this.news, news);
    this.update();
  }

  // Whoever asks for a run may give it an id that another had.
  #listed() {
    const accepted = this.#runs.get(this.#id)?.accepted ?? this.#accepted;
    const another = this.#accepted !== undefined && accepted !== this.#accepted;
    this.#accepted = accepted;
    if (another) this.#anew();
    else this.update();
  }

  update() {
    const run = this.#run();
    const sign = h('span', { class: `sign ${run.state}`, 'aria-hidden': 'true' }, mark(run.state));
    const words = name(run);
    if (this.heading.textContent !== sign.textContent + words) put(this.heading, sign, words);
    document.title = this.title();
    this.#showAbout();
    this.#buttons.show(this.#id, {
      known: !this.#unknown,
      over: isOver(run.state),
      failures: hasFailures(this.#results),
    });
    if (run.matrix) showGrid(this.grid, this.#runs, run.matrix.id, run.id);
    this.aside.hidden = !this.#results && !run.matrix;
  }

  #showAbout() {
    about(this.about, this.#run(), this.#runs);
  }
}
