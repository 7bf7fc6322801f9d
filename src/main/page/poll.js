// Keeps the runs fresh: asks for all once, then again and again for what has changed since, while
// somebody looks.

const EACH_MILLIS = 2_000;
const ALL_AGAIN_MILLIS = 300_000;
const MOST_SINGLE = 8;
const FORBIDDEN = 403;
const NOT_FOUND = 404;

export class Poll {
  #bus;
  #runs;
  #timer = null;
  #busy = false;
  #allAt = -Infinity;

  /** Asks from now on, whenever there is a connection. */
  constructor(bus, runs) {
    this.#bus = bus;
    this.#runs = runs;
    bus.addEventListener('state', () => {
      this.#allAt = -Infinity;
      this.now();
    });
    document.addEventListener('visibilitychange', () => this.now());
  }

  /** Asks at once: something may have changed. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#busy || document.hidden || this.#bus.state.kind !== 'open') return;
    this.#busy = true;
    const began = performance.now();
    try {
      await this.#ask();
    } catch (why) {
      // Whoever may not ask for runs may read one alone.
      if (why.code === FORBIDDEN)
        this.#bus.refuse('this token is of a link to one run, so open the whole link');
      if (why.code === undefined && this.#bus.state.kind === 'open') throw why;
    } finally {
      this.#busy = false;
    }
    // Where the answers are long or the server has much to do, more seldom.
    const pause = Math.max(EACH_MILLIS, 20 * (performance.now() - began));
    this.#timer = setTimeout(() => this.now(), pause);
  }

  async #ask() {
    if (performance.now() - this.#allAt > ALL_AGAIN_MILLIS) return this.#askAll();
    const before = this.#runs.unfinished();
    const { runs } = await this.#bus.request('tox.status', { after: this.#runs.newest });
    this.#runs.merge(runs);
    const told = new Set(runs.map(({ id }) => id));
    const ended = before.filter(({ id }) => !told.has(id));
    if (ended.length > MOST_SINGLE) return this.#askAll();
    for (const { id } of ended) await this.#askOne(id);
  }

  async #askAll() {
    this.#runs.replace(await this.#bus.request('tox.status'));
    this.#allAt = performance.now();
  }

  async #askOne(id) {
    try {
      this.#runs.merge((await this.#bus.request('tox.status', { id })).runs);
    } catch (why) {
      if (why.code !== NOT_FOUND) throw why;
      this.#runs.remove(id);
    }
  }
}
