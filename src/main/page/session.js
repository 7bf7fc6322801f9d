// The token: as it comes with the page's address, as it is kept, as it is changed for one of our own.

import { Lost } from './bus.js';

const LASTS_SECONDS = 12 * 3600;

/** What the page's address says behind the #: a token, and the only run that is shown. */
export function arrival(fragment) {
  const said = new URLSearchParams(fragment.replace(/^#/, ''));
  return { token: said.get('token'), run: said.get('run') };
}

export class Session {
  #storage;
  #key;
  #token;
  #fresh;

  /**
   * @param arrived what came with the address
   * @param storage keeps the token for a reload: a tab's own
   */
  constructor(arrived, storage) {
    this.#storage = storage;
    this.#key = arrived.run ? `token.${arrived.run}` : 'token';
    this.#fresh = Boolean(arrived.token);
    this.#token = arrived.token ?? storage.getItem(this.#key);
    // A shared link stays as it is; all else may be good for once only.
    this.shared = Boolean(arrived.run);
    if (this.shared && this.#fresh) this.#keep();
  }

  /** The token to show, if there is one. */
  get token() {
    return this.#token;
  }

  /** The user has pasted one. */
  use(token) {
    this.#token = token.trim();
    this.#fresh = true;
  }

  /** It was refused. */
  forget() {
    this.#token = null;
    this.#storage.removeItem(this.#key);
  }

  /**
   * We are let in: what the user gave us, which may all or is good for once, is changed for a token
   * of our own that ends. One that may not do that is kept as it is. Tells whether it was changed.
   */
  async settle(bus) {
    if (!this.#token || !this.#fresh) return false;
    const before = this.#token;
    this.#fresh = false;
    if (!this.shared) {
      try {
        const own = await bus.request('tox.token.create', { may: 'all', for: LASTS_SECONDS });
        this.#token = own.token;
      } catch (why) {
        if (why instanceof Lost) {
          this.#fresh = true;
          return false;
        }
      }
    }
    this.#keep();
    return this.#token !== before;
  }

  #keep() {
    this.#storage.setItem(this.#key, this.#token);
  }
}
