// How much the terminal takes: of what is not drawn yet, and of what it keeps.

const MOST = 4 << 20;
const FEW = 1 << 20;

/** So many lines are kept above those on the screen. */
export const MOST_LINES = 10_000;
const MOST_COLUMNS = 1_000;
const MOST_ROWS = 500;
const MOST_CELLS = 2_500_000;

/** The size of the page's terminal for a run's, and how many lines above it are kept; a cell takes 12 bytes. */
export function sizeFor({ columns, rows }) {
  const wide = Math.min(MOST_COLUMNS, columns);
  const scrollback = Math.min(MOST_LINES, Math.floor(MOST_CELLS / wide));
  return { columns: wide, rows: Math.min(MOST_ROWS, rows), scrollback };
}

/**
 * What was handed to the terminal and is not drawn yet. A browser reads a WebSocket whether or not
 * the page keeps up: so when too much waits, the page has to ask for less.
 */
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
