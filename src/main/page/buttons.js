// What may be done with a run: a button each, of which those can be seen that mean something now.

import { h, put } from './dom.js';

const here = () =>
  /^(localhost|127\..*|\[::1\])$/.test(location.hostname) ? ', on this machine only' : '';

export class Buttons {
  #actions;
  #say;
  #id = null;
  #busy = false;

  /**
   * @param actions what the user may do, by the run's id: `cancel`, `share`, `rerun` (`true` for what
   *     failed alone); each may be missing
   * @param say tells the user in one line why something could not be done
   */
  constructor(actions, say) {
    this.#actions = actions;
    this.#say = say;
    this.cancel = this.#button('Cancel', 'danger', () => actions.cancel(this.#id));
    this.share = this.#button('Share', '', () => this.#share());
    this.again = this.#button('Rerun', 'main', () => actions.rerun(this.#id, false));
    this.failed = this.#button('Rerun what failed', '', () => actions.rerun(this.#id, true));
    this.element = h('div', { class: 'buttons' }, this.cancel, this.share, this.again, this.failed);
    this.link = h('p', { class: 'news', role: 'status' });
  }

  /** Shows those for a run that is known to the server, is over, has something that failed; or not. */
  show(id, { known, over, failures }) {
    this.#id = id;
    const { cancel, share, rerun } = this.#actions;
    this.cancel.hidden = !cancel || over;
    this.share.hidden = !share || !known;
    this.again.hidden = !rerun || !known || !over;
    this.failed.hidden = this.again.hidden || !failures;
  }

  /** Does the run again, if that can be done. */
  rerun() {
    if (!this.again.hidden) this.again.click();
  }

  #button(name, kind, action) {
    const onclick = () => this.#do(action);
    return h('button', { type: 'button', class: kind, hidden: true, onclick }, name);
  }

  // One at a time: who clicks twice means it once.
  async #do(action) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await action();
    } catch (why) {
      this.#say(why.message);
    } finally {
      this.#busy = false;
    }
  }

  async #share() {
    const link = await this.#actions.share(this.#id);
    const field = h('input', { readonly: true, value: link, 'aria-label': 'Link to this run' });
    put(
      this.link,
      `Whoever has this link can read this run, until shortly after its end${here()}. `,
      field,
    );
    field.focus();
    field.select();
  }
}
