// What was handed to the terminal and is not drawn yet. A browser reads a WebSocket whether or not the
// page keeps up: so when too much waits, the page has to ask for less.

const MOST = 4 << 20;
const FEW = 1 << 20;

export class Backlog {
  #bytes = 0;
  #full = false;
  #onFull;
  #onDrained;

  /** Calls `onFull` when more than 4 MiB wait, and then `onDrained` when less than 1 MiB do. */
  constructor(onFull, onDrained) {
    this.#onFull = onFull;
    this.#onDrained = onDrained;
  }

  /** So many bytes wait now. */
  get bytes() {
    return this.#bytes;
  }

  /** So many more were handed over. */
  add(bytes) {
    this.#bytes += bytes;
    if (!this.#full && this.#bytes > MOST) {
      this.#full = true;
      this.#onFull();
    }
  }

  /** So many were drawn. */
  remove(bytes) {
    this.#bytes -= bytes;
    if (this.#full && this.#bytes < FEW) {
      this.#full = false;
      this.#onDrained();
    }
  }
}
