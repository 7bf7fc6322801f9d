// What a run prints, in xterm.js: its colours, its cursor, its size if it has a terminal of its own.

import { FitAddon } from './addon-fit.mjs';
import { Backlog, MOST_LINES, sizeFor } from './backlog.js';
import { Terminal } from './xterm.mjs';
import { colours, onThemeChange } from './theme.js';

export class Screen {
  #terminal;
  #fit = new FitAddon();
  #backlog;
  #sized = false;
  #element;
  #drawn = 0;
  #forgetTheme;
  #resized;

  /**
   * Shows it in an element that is in the page.
   *
   * @param onFull is called when the run is faster than the terminal
   * @param onDrained when that is over
   */
  constructor(element, label, onFull, onDrained) {
    this.#element = element;
    this.#backlog = new Backlog(onFull, onDrained);
    this.#terminal = new Terminal({
      convertEol: true,
      disableStdin: true,
      cursorInactiveStyle: 'none',
      fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace',
      fontSize: element.clientWidth < 500 ? 11 : 13,
      minimumContrastRatio: 4.5,
      screenReaderMode: localStorage.getItem('reader') === 'on',
      scrollback: MOST_LINES,
      theme: colours(),
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.open(element);
    // Keys are the page's: Tab goes on, and what scrolls is told on the page.
    this.#terminal.attachCustomKeyEventHandler(() => false);
    this.#terminal.textarea.setAttribute('aria-label', label);
    this.#terminal.textarea.readOnly = true;
    this.#forgetTheme = onThemeChange(() => (this.#terminal.options.theme = colours()));
    this.#resized = new ResizeObserver(() => this.#fitIn());
    this.#resized.observe(element);
    this.#fitIn();
  }

  /** It has a terminal of this size, and does what it likes with it. */
  size(terminal) {
    const { columns, rows, scrollback } = sizeFor(terminal);
    this.#sized = true;
    this.#terminal.options.convertEol = false;
    this.#terminal.options.scrollback = scrollback;
    this.#terminal.resize(columns, rows);
  }

  /** Shows bytes, in their order. */
  write(bytes) {
    this.#backlog.add(bytes.length);
    this.#terminal.write(bytes, () => {
      this.#drawn += bytes.length;
      this.#element.dataset.drawn = this.#drawn;
      this.#backlog.remove(bytes.length);
    });
  }

  /** A line of ours among what the run prints. */
  remark(text) {
    this.#terminal.write(`\x1b[0;2m[${text}]\x1b[0m\r\n`);
  }

  scroll(key) {
    const terminal = this.#terminal;
    if (key === 'PageUp') terminal.scrollPages(-1);
    else if (key === 'PageDown') terminal.scrollPages(1);
    else if (key === 'Home') terminal.scrollToTop();
    else terminal.scrollToBottom();
  }

  close() {
    this.#resized.disconnect();
    this.#forgetTheme();
    this.#terminal.dispose();
  }

  #fitIn() {
    if (!this.#sized) this.#fit.fit();
  }
}

/** The bytes that base64 stands for. */
export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
