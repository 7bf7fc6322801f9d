// The keyboard: one key each, and a dialog that tells them. Whoever speaks to the computer, or types
// beside the field, can switch them off.

import { h } from './dom.js';

const HELP = [
  ['j  k  ↓  ↑', 'the next run, the one before it'],
  ['Enter', 'open the run'],
  ['/', 'search'],
  ['f', 'only what failed; all again'],
  ['m', 'the matrix'],
  ['r', 'run again (in an ended run)'],
  ['PgUp  PgDn  Home  End', 'scroll a run’s output'],
  ['Esc', 'back to the list'],
  ['?', 'these keys'],
];

const HELD = ['j', 'k', 'ArrowDown', 'ArrowUp', 'PageUp', 'PageDown'];

const isOn = (name) => localStorage.getItem(name) === 'on';

/** Listens from now on; `actions` has a function for each key, which tells whether it meant anything. */
export function listen(actions) {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (document.querySelector('dialog[open]')) return;
    const inField = event.target.matches('input, select, textarea:not([readonly])');
    if (inField && event.key !== 'Escape') return;
    if (event.key.length === 1 && isOn('no-keys')) return;
    if (event.repeat && !HELD.includes(event.key)) return;
    if (actions[event.key]?.(event.target)) event.preventDefault();
  });
}

/** The dialog that tells the keys, to be put into the page. */
export function help() {
  const dialog = h(
    'dialog',
    { 'aria-labelledby': 'keys' },
    h('h2', { id: 'keys' }, 'Keys'),
    h(
      'table',
      {},
      h(
        'tbody',
        {},
        ...HELP.map(([keys, does]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, ...keys.split('  ').map((key) => h('kbd', {}, key))),
            h('td', {}, does),
          ),
        ),
      ),
    ),
    choice('no-keys', 'No single letters as keys'),
    choice('reader', 'Output for screen readers (slower; from the next run that is opened)'),
    h('form', { method: 'dialog' }, h('button', { class: 'main' }, 'Close')),
  );
  return dialog;
}

function choice(name, label) {
  const box = h('input', {
    type: 'checkbox',
    checked: isOn(name),
    onchange: () => localStorage.setItem(name, box.checked ? 'on' : 'off'),
  });
  return h('label', { class: 'choice' }, box, ` ${label}`);
}
