// The connection to the server: requests with their answers, and the events of runs that are read.
// When it is lost it is made again, each time after a longer pause.

/** The server's refusal of a request; its message is one line for people. */
export class Refusal extends Error {
  constructor(frame) {
    super(frame.message);
    this.code = frame.failureCode;
  }
}

/** The connection was lost before the answer came. */
export class Lost extends Error {}

const UNAUTHENTICATED = 401;
const PING_MILLIS = 10_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

export class Bus extends EventTarget {
  #socket = null;
  #state = { kind: 'connecting' };
  #answers = new Map();
  #listeners = new Map();
  #number = 0;
  #pause = FIRST_PAUSE;
  #retry = null;
  #pinger = null;
  #silent = false;
  #turn = Promise.resolve();

  /**
   * @param token tells which token to show, null for none; asked for each connection
   * @param open makes a WebSocket
   */
  constructor(token, open) {
    super();
    this.token = token;
    this.open = open;
  }

  /** What became of the connection: `connecting`, `open`, `lost` (`until`, ms) or `refused` (`why`). */
  get state() {
    return this.#state;
  }

  /** What the server has told of itself when it let us in; nothing if it tells us nothing. */
  server = {};

  /** Connects now, whatever was planned. */
  connect() {
    clearTimeout(this.#retry);
    this.#drop();
    this.#become({ kind: 'connecting' });
    const socket = this.open();
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => this.#greet();
    socket.onmessage = ({ data }) => {
      if (socket === this.#socket) this.#take(decode(data));
    };
    socket.onclose = () => {
      if (socket === this.#socket) this.#lose();
    };
  }

  /** Shows this token no more: the connection ends, and no other is made. */
  refuse(why) {
    this.#drop();
    this.#become({ kind: 'refused', why });
  }

  /** Sends a request; its answer, or why there is none. */
  request(address, body = {}) {
    if (this.#state.kind !== 'open') return Promise.reject(new Lost('There is no connection.'));
    return this.#ask(address, body);
  }

  /** Sends a frame that has no answer. */
  send(frame) {
    if (this.#state.kind === 'open') this.#write(frame);
  }

  /**
   * Does something when what was to be done before it has been answered: a run that is still being
   * left can't be read again.
   */
  inTurn(action) {
    this.#turn = this.#turn.then(action);
  }

  /** Hands on what comes to an address, to one listener; null: to nobody. */
  listen(address, listener) {
    if (listener) this.#listeners.set(address, listener);
    else this.#listeners.delete(address);
  }

  // The token goes with a request and not with a ping: a few pings are answered without one.
  #greet() {
    const token = this.token();
    const headers = token ? { headers: { token } } : {};
    this.#ask('tox.ping', {}, headers).then(
      (server) => this.#let(server),
      (why) => {
        if (why instanceof Refusal && why.code !== UNAUTHENTICATED) this.#let({});
      },
    );
    this.#pinger = setInterval(() => this.#ping(), PING_MILLIS);
    this.#silent = false;
  }

  #let(server) {
    this.server = server;
    this.#pause = FIRST_PAUSE;
    this.#become({ kind: 'open' });
  }

  #ask(address, body, headers = {}) {
    const replyAddress = `page.${++this.#number}`;
    this.#write({ type: 'send', address, body, replyAddress, ...headers });
    return new Promise((answer, refuse) => {
      this.#answers.set(replyAddress, { answer, refuse });
    });
  }

  #write(frame) {
    this.#socket.send(JSON.stringify(frame));
  }

  #take(frame) {
    this.#silent = false;
    if (frame.type === 'err' && frame.failureCode === UNAUTHENTICATED) {
      this.refuse(frame.message);
      return;
    }
    const asked = this.#answers.get(frame.address);
    if (asked) {
      this.#answers.delete(frame.address);
      if (frame.type === 'err') asked.refuse(new Refusal(frame));
      else asked.answer(frame.body);
    } else if (frame.type === 'message') {
      this.#listeners.get(frame.address)?.(frame.body);
    }
  }

  // Where nothing has come since the last ping, not even its pong, nobody is there.
  #ping() {
    if (this.#silent) this.#lose();
    else {
      this.#silent = true;
      this.#write({ type: 'ping' });
    }
  }

  #lose() {
    this.#drop();
    const pause = this.#pause * (0.8 + 0.4 * Math.random());
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
    this.#retry = setTimeout(() => this.connect(), pause);
    this.#become({ kind: 'lost', until: Date.now() + pause });
  }

  #drop() {
    clearInterval(this.#pinger);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    const unanswered = [...this.#answers.values()];
    this.#answers.clear();
    unanswered.forEach(({ refuse }) => refuse(new Lost('The connection was lost.')));
  }

  #become(state) {
    this.#state = state;
    this.dispatchEvent(new Event('state'));
  }
}

const utf8 = new TextDecoder();

const decode = (data) => JSON.parse(typeof data === 'string' ? data : utf8.decode(data));
