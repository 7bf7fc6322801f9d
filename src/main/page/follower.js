// Reads one run from its first event: each event once, in order, over however many connections.

import { Refusal } from './bus.js';

const LAST = 'last';

const addressOf = ({ id }) => `tox.output.${id}`;

export class Follower {
  #bus;
  #sink;
  #asked;
  #follow = true;
  #address = null;
  #attempt = 0;
  #next = 0;
  #over = false;
  #paused = false;
  #onState = () => this.#attach();

  /**
   * @param id of the run, or `last` for the newest
   * @param sink is told: `attached(answer)`, `event(event)`, `refused(why)`
   */
  constructor(bus, id, sink) {
    this.#bus = bus;
    this.#asked = id;
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
      if (attempt === this.#attempt && this.#isMeant(answer)) this.#begin(answer);
      else this.#bus.send({ type: 'unregister', address: addressOf(answer) });
    } catch (why) {
      if (attempt === this.#attempt && why instanceof Refusal) {
        this.#over = true;
        this.#sink.refused(why);
      }
    }
  }

  // Asked for from its first event on, any round of a loop stands for the newest. Where that is another,
  // the one that is meant has ended, and is what it is only for who does not follow it.
  #isMeant({ id }) {
    if (id === this.#asked || this.#asked === LAST) return true;
    this.#follow = false;
    this.#attach();
    return false;
  }

  #begin(answer) {
    this.#asked = answer.id;
    this.#address = addressOf(answer);
    this.#bus.listen(this.#address, (event) => this.#take(event));
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
