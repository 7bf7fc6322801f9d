// What is shown to whom the server does not let in: a form for a token, or that a link has ended.

import { h } from './dom.js';

// What the server says behind a colon or semicolon, what to do, is for the command line.
const inShort = (why) => {
  const [first] = why.split(/[:;] /);
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}.`;
};

/**
 * @param why the server's refusal of the last one, or that there was none
 * @param onToken takes what was pasted
 */
export function entrance(why, onToken) {
  const token = h('input', {
    id: 'token',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    'aria-describedby': 'why hint',
  });
  const form = h(
    'form',
    {
      class: 'entrance',
      onsubmit: (event) => {
        event.preventDefault();
        onToken(token.value);
      },
    },
    h('h1', {}, 'Token'),
    h('p', { id: 'why', role: 'alert' }, inShort(why)),
    h('label', { for: 'token' }, 'The server’s token, or a narrower one'),
    h('div', { class: 'field' }, token, h('button', { type: 'submit', class: 'main' }, 'Enter')),
    h(
      'p',
      { id: 'hint' },
      'It is the line in ',
      h('code', {}, '.tox-server/token'),
      ' in the project, or what ',
      h('code', {}, 'tox-server token create'),
      ' has printed. The server also prints an address of this page with a token in it that is good for once.',
    ),
  );
  return { element: form, focus: () => token.focus(), close() {} };
}

/**
 * @param why the server's refusal of a link's token
 * @param shown whether there was a token at all
 */
export function farewell(why, shown) {
  const element = h(
    'div',
    { class: 'entrance' },
    h('h1', {}, shown ? 'This link has ended' : 'This link is not whole'),
    h('p', { id: 'why' }, inShort(why)),
    h(
      'p',
      {},
      shown
        ? 'A link to a run lasts until some minutes after the run. Ask for another.'
        : 'Its token is missing: open the link once more, as you were given it.',
    ),
  );
  return { element, focus() {}, close() {} };
}
