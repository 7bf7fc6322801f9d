// What the events of a run tell of it.

import { commandLine } from './text.js';

/**
 * `{facts, news}`: facts as the list has them too, and one line for the user, empty where there is
 * nothing to say any more. Nothing for an event that tells neither.
 */
export const tell = (event) => TOLD[event.type]?.(event);

const TOLD = {
  queued({ position, behind }) {
    const after = behind ? `, behind ${commandLine(behind)}` : '';
    const news = `It waits for its turn: place ${position}${after}.`;
    return { facts: { state: 'queued', position }, news };
  },
  started: ({ runner, command }) => ({ facts: { state: 'running', runner, command }, news: '' }),
  waiting: () => ({
    facts: {},
    news: 'It waits for a key at its terminal: tox-server attach --take',
  }),
  notice: ({ message }) => ({ facts: {}, news: message }),
  exit({ returncode, cancelled, duration, error, lost }) {
    const end = returncode === 0 ? 'passed' : 'failed';
    const state = lost ? 'lost' : cancelled ? 'cancelled' : end;
    return { facts: { state, returncode, duration }, news: error ?? '' };
  },
  lost: () => ({ facts: { state: 'lost' }, news: '' }),
};
