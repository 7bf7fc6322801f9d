// Reads one run from its first event: each event once, in order, over however many connections.

import { Refusal } from './bus.js';

export class Follower {
  #bus;
  #sink;
  #asked;
  #follow;
  #address = null;
  #attempt = 0;
  #next = 0;
  #over = false;
  #paused = false;
  #onState = () => this.#attach();

  /**
   * @param follow whether to go on with what comes; false for a run that has ended
   * @param sink is told: `attached(answer)`, `event(event)`, `refused(why)`
   */
  constructor(bus, id, follow, sink) {
    this.#bus = bus;
    this.#asked = id;
    this.#follow = follow;
    this.#sink = sink;
    bus.addEventListener('state', this.#onState);
    this.#attach();
  }

  /** The seq of the next event. */
  get next() {
    return this.#next;
  }

  /** Has the server send nothing more, until `resume`. */
  pause() {
    this.#paused = true;
    this.#leave();
  }

  /** Goes on at the very event where it was. */
  resume() {
    this.#paused = false;
    this.#attach();
  }

  /** Reads no more. */
  close() {
    this.#bus.removeEventListener('state', this.#onState);
    this.#leave();
    this.#over = true;
  }

  #attach() {
    const attempt = ++this.#attempt;
    this.#bus.inTurn(() => this.#ask(attempt));
  }

  async #ask(attempt) {
    if (attempt !== this.#attempt || this.#over || this.#paused) return;
    const body = { id: this.#asked, from: this.#next };
    if (!this.#follow) body.follow = false;
    try {
      const answer = await this.#bus.request('tox.attach', body);
      const address = `tox.output.${answer.id}`;
      if (attempt === this.#attempt) this.#begin(answer, address);
      else this.#bus.send({ type: 'unregister', address });
    } catch (why) {
      if (attempt === this.#attempt && why instanceof Refusal) {
        this.#over = true;
        this.#sink.refused(why);
      }
    }
  }

  // The id of a loop, or of any of its rounds, may stand for the newest round.
  #begin(answer, address) {
    this.#asked = answer.id;
    this.#address = address;
    this.#bus.listen(address, (event) => this.#take(event));
    this.#sink.attached(answer);
  }

  // What is still on its way of a run that is no longer read, nobody listens to.
  #leave() {
    this.#attempt++;
    if (this.#address === null || this.#over) return;
    this.#bus.listen(this.#address, null);
    this.#bus.send({ type: 'unregister', address: this.#address });
    this.#address = null;
  }

  #take(event) {
    if (event.type === 'hole') this.#next = event.to;
    else if (event.seq !== undefined) {
      if (event.seq < this.#next) return;
      this.#next = event.seq + 1;
    }
    if (event.type === 'exit' || event.type === 'lost' || event.type === 'end') {
      this.#over = true;
      this.#bus.listen(this.#address, null);
    }
    this.#sink.event(event);
  }
}
