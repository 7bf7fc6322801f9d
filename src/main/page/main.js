// Puts the page together: who is let in, what is shown, which keys there are.

import { actions } from './actions.js';
import { Bus } from './bus.js';
import { tellConnection } from './connection.js';
import { say } from './dom.js';
import { entrance, farewell } from './entrance.js';
import { keepFocus } from './focus.js';
import { MatrixView } from './grid.js';
import { help, listen } from './keys.js';
import { ListView } from './list.js';
import { Poll } from './poll.js';
import { listAddress, matrixAddress, parse, runAddress } from './route.js';
import { RunView } from './run.js';
import { Runs } from './runs.js';
import { arrival, Session } from './session.js';

const arrived = arrival(location.hash);
if (arrived.token) {
  const rest = arrived.run ? `#run=${arrived.run}` : '';
  history.replaceState(null, '', location.pathname + rest);
}
const session = new Session(arrived, sessionStorage);
const busUrl = new URL('bus', location.href);
busUrl.protocol = busUrl.protocol.replace('http', 'ws');
busUrl.hash = '';

const bus = new Bus(
  () => session.token,
  () => new WebSocket(busUrl),
);
const runs = new Runs();
const poll = arrived.run ? null : new Poll(bus, runs);
const main = document.getElementById('main');
let view = null;
let before = listAddress();

function show(next) {
  view?.close();
  view = next;
  main.replaceChildren(view.element);
  if (view.title) document.title = view.title();
}

// A list is filled when it is in the page.
const focus = () => queueMicrotask(() => view?.focus());

const open = (id) => (location.hash = runAddress(id));

function route() {
  if (bus.state.kind === 'refused') return;
  const may = actions(bus, poll, open, Boolean(arrived.run));
  const wanted = arrived.run ? { view: 'run', id: arrived.run } : parse(location.hash);
  if (wanted.view === 'run') show(new RunView(bus, runs, wanted.id, may, route));
  else if (wanted.view === 'matrix') show(new MatrixView(runs, wanted.id, may.cancel));
  else show(new ListView(runs, wanted, view?.id));
  for (const link of document.querySelectorAll('nav a')) {
    const current = (wanted.view === 'matrix') === link.hash.startsWith('#/matrix');
    if (current) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function navigate({ oldURL }) {
  // An address with a token, pasted where the page is open already: it is taken as a new page takes it.
  if (/^#(token|run)=/.test(location.hash)) return location.reload();
  if (arrived.run) return;
  if (view instanceof ListView) before = new URL(oldURL).hash;
  route();
  focus();
}

async function onState() {
  if (bus.state.kind === 'refused') {
    const shown = Boolean(session.token);
    session.forget();
    if (arrived.run) return show(farewell(bus.state.why, shown));
    show(
      entrance(bus.state.why, (token) => {
        session.use(token);
        bus.connect();
      }),
    );
    focus();
  } else if (bus.state.kind === 'open') {
    const changed = await session.settle(bus);
    if (bus.state.kind !== 'open') return;
    // With the new token from the start: so this connection ends when that does.
    if (changed) return bus.connect();
    if (!main.hasChildNodes() || main.querySelector('.entrance')) route();
    say(
      document.getElementById('server'),
      bus.server.version ? `version ${bus.server.version}` : '',
    );
  }
}

const keys = help();
document.body.append(keys);
document.getElementById('help').onclick = () => keys.showModal();
if (arrived.run) document.querySelector('nav').remove();

const scrolls = (key) => () => (view?.scroll?.(key), Boolean(view?.scroll));
const moves = (by) => () => {
  if (view?.move) view.move(by);
  else if (view?.neighbour) {
    const id = view.neighbour(by);
    if (id !== undefined) open(id);
  } else return false;
  return true;
};

listen({
  j: moves(1),
  k: moves(-1),
  ArrowDown: moves(1),
  ArrowUp: moves(-1),
  '/': () => (view?.search?.focus(), Boolean(view?.search)),
  f: () => (view?.toggleFailed?.(), true),
  m: () => (arrived.run || (location.hash = matrixAddress()), true),
  r: () => (view?.rerun?.(), true),
  '?': () => (keys.showModal(), true),
  PageUp: scrolls('PageUp'),
  PageDown: scrolls('PageDown'),
  Home: scrolls('Home'),
  End: scrolls('End'),
  Escape: () => {
    if (arrived.run || view instanceof ListView) focus();
    else location.hash = before || listAddress();
    return true;
  },
});

bus.addEventListener('state', onState);
window.addEventListener('hashchange', navigate);
keepFocus(focus);
tellConnection(bus, document.getElementById('connection'));
bus.connect();
