// One line that says what has become of the connection, and what happens next.

import { h, put } from './dom.js';

/** Tells it in an element, as long as there is something to tell. */
export function tellConnection(bus, element) {
  const now = h('button', { type: 'button', onclick: () => bus.connect() }, 'Try now');
  const tell = () => {
    const { kind } = bus.state;
    element.hidden = kind === 'open' || kind === 'refused';
    if (kind === 'lost' && !now.isConnected) {
      put(
        element,
        'The connection to the server is lost. The page tries again by itself and goes on where it was. ',
        now,
      );
    } else if (kind === 'connecting' && !element.hasChildNodes()) {
      put(element, 'Connecting to the server…');
    } else if (kind === 'open') put(element);
  };
  bus.addEventListener('state', tell);
  tell();
}
