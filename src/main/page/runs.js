// The runs that the server knows, as far as it has told us.

import { commandLine, environment, isOver } from './text.js';

export class Runs extends EventTarget {
  #byId = new Map();
  #ordered = null;
  #now;

  /** Whether the server has told of all of them: those that don't fit into an answer are the oldest. */
  complete = true;

  /** Whether it has told of any yet. */
  known = false;

  constructor(now = () => Date.now() / 1000) {
    super();
    this.#now = now;
  }

  /** When the newest was accepted, by the server's clock. */
  get newest() {
    return this.all()[0]?.accepted ?? 0;
  }

  get(id) {
    return this.#byId.get(id);
  }

  /** All, the newest first. */
  all() {
    this.#ordered ??= [...this.#byId.values()].sort((a, b) => b.accepted - a.accepted);
    return this.#ordered;
  }

  /** Those that were under way when we last heard of them. */
  unfinished() {
    return this.all().filter((run) => !isOver(run.state));
  }

  /** These are all that there are. */
  replace({ runs, complete }) {
    this.#byId.clear();
    this.complete = complete;
    this.known = true;
    this.merge(runs);
  }

  /** Of these the server has told again, or for the first time. */
  merge(runs) {
    for (const run of runs) this.#byId.set(run.id, this.#read(run));
    this.#changed();
  }

  /** The server knows it no more. */
  remove(id) {
    if (this.#byId.delete(id)) this.#changed();
  }

  /** How long a run has taken until now, in seconds. */
  duration(run) {
    if (run.state !== 'running' || run.duration === undefined) return run.duration;
    return run.duration + (this.#now() - run.heard);
  }

  /** How long ago it was accepted, in seconds. */
  age(run) {
    return run.age + (this.#now() - run.heard);
  }

  /** Those that do the same, the newest first. */
  alike(run) {
    const what = commandLine(run);
    return this.all().filter((each) => commandLine(each) === what);
  }

  #read(run) {
    const env = environment(run);
    const words = [
      commandLine(run),
      env,
      run.runner ?? '',
      run.id,
      run.matrix?.id ?? '',
      run.state,
    ];
    return { ...run, environment: env, words: words.join(' ').toLowerCase(), heard: this.#now() };
  }

  #changed() {
    this.#ordered = null;
    this.dispatchEvent(new Event('change'));
  }
}

/** Those of these runs that have all the words that are searched for, and the state and environment. */
export function select(runs, { search = '', state = '', environment: wanted = '' }) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter(
    (run) =>
      (!state || run.state === state) &&
      (!wanted || run.environment.split(',').includes(wanted)) &&
      words.every((word) => run.words.includes(word)),
  );
}

/** The environments of these runs, each once, by name. */
export function environments(runs) {
  const names = new Set(runs.flatMap((run) => run.environment.split(',')));
  names.delete('');
  return [...names].sort();
}
