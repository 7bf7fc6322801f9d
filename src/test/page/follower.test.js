import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../../main/page/bus.js';
import { Follower } from '../../main/page/follower.js';
import { stopClock } from './clock.js';

/** A WebSocket whose other side is the test. */
class Socket {
  sent = [];

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  says(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  async answers(address, body) {
    await settled();
    const asked = this.sent.findLast((frame) => frame.address === address);
    this.says({ type: 'message', address: asked.replyAddress, body });
    await settled();
  }

  async letsIn() {
    this.onopen();
    await this.answers('tox.ping', {});
  }

  event(seq, type = 'output') {
    this.says({ type: 'message', address: 'tox.output.a', body: { seq, type } });
  }
}

const settled = () => new Promise((done) => setImmediate(done));

async function reading() {
  const pass = stopClock();
  const sockets = [];
  const bus = new Bus(
    () => 'secret',
    () => (sockets.push(new Socket()), sockets.at(-1)),
  );
  bus.connect();
  await sockets[0].letsIn();
  const seen = [];
  const refused = [];
  const follower = new Follower(bus, 'a', {
    attached() {},
    event: ({ seq, type }) => seen.push(seq ?? type),
    refused: (why) => refused.push(why.message),
  });
  await sockets[0].answers('tox.attach', { id: 'a', state: 'running', from: 0, next: 2 });
  const asked = (socket) =>
    socket.sent.filter(({ address }) => address === 'tox.attach').map(({ body }) => body.from);
  return { pass, bus, sockets, follower, seen, refused, asked };
}

test('a run is read from its first event, with the token in the first frame', async () => {
  const { sockets, seen, asked } = await reading();
  sockets[0].event(0);
  sockets[0].event(1);

  assert.equal(sockets[0].sent[0].headers.token, 'secret');
  assert.deepEqual(asked(sockets[0]), [0]);
  assert.deepEqual(seen, [0, 1]);
});

test('over the next connection it goes on at the very event, and nothing comes twice', async () => {
  const { pass, sockets, seen, asked } = await reading();
  sockets[0].event(0);
  sockets[0].event(1);
  sockets[0].onclose();
  pass(1_000);
  await sockets[1].letsIn();
  await sockets[1].answers('tox.attach', { id: 'a', state: 'running', from: 2, next: 3 });
  sockets[0].event(9);
  sockets[1].event(1);
  sockets[1].event(2);

  assert.deepEqual(asked(sockets[1]), [2]);
  assert.deepEqual(seen, [0, 1, 2]);
});

test('what is on its way when it pauses is asked for again when it goes on', async () => {
  const { sockets, seen, follower, asked } = await reading();
  sockets[0].event(0);
  follower.pause();
  sockets[0].event(1);
  assert.equal(sockets[0].sent.at(-1).type, 'unregister');
  follower.resume();
  await sockets[0].answers('tox.attach', { id: 'a', state: 'running', from: 1, next: 2 });
  sockets[0].event(1);

  assert.deepEqual(asked(sockets[0]), [0, 1]);
  assert.deepEqual(seen, [0, 1]);
});

test('behind a hole it goes on where the hole ends', async () => {
  const { pass, sockets, seen, asked } = await reading();
  sockets[0].says({ address: 'tox.output.a', type: 'message', body: { type: 'hole', to: 7 } });
  sockets[0].onclose();
  pass(1_000);
  await sockets[1].letsIn();
  await settled();

  assert.deepEqual(asked(sockets[1]), [7]);
  assert.deepEqual(seen, ['hole']);
});

test('where a newer round of its loop is offered, the one that was asked for is read as it ended', async () => {
  const { pass, sockets, seen } = await reading();
  sockets[0].onclose();
  pass(1_000);
  await sockets[1].letsIn();
  await sockets[1].answers('tox.attach', {
    id: 'b',
    state: 'running',
    from: 0,
    next: 1,
    loop: 'a',
  });
  sockets[1].says({ type: 'message', address: 'tox.output.b', body: { seq: 0, type: 'output' } });
  await sockets[1].answers('tox.attach', { id: 'a', state: 'passed', from: 0, next: 2, loop: 'a' });
  sockets[1].event(0);
  sockets[1].event(1, 'exit');

  const sent = sockets[1].sent.slice(1).map(({ body, address }) => body ?? address);
  const [newest, left, own] = sent;
  assert.deepEqual(newest, { id: 'a', from: 0 });
  assert.equal(left, 'tox.output.b');
  assert.deepEqual(own, { id: 'a', from: 0, follow: false });
  assert.deepEqual(seen, [0, 1]);
});

test('after its exit it asks for nothing more', async () => {
  const { pass, sockets, asked } = await reading();
  sockets[0].event(0, 'exit');
  sockets[0].onclose();
  pass(1_000);
  await sockets[1].letsIn();

  assert.deepEqual(asked(sockets[1]), []);
});

test('a run that was left before the answer came is left when it comes', async () => {
  const { bus, sockets } = await reading();
  const second = new Follower(bus, 'b', { attached() {}, event() {}, refused() {} });
  await settled();
  second.close();
  await sockets[0].answers('tox.attach', { id: 'b', state: 'running', from: 0, next: 0 });

  assert.deepEqual(sockets[0].sent.at(-1), { type: 'unregister', address: 'tox.output.b' });
});

test('where nothing comes any more, not even a pong, it connects again', async () => {
  const { pass, bus, sockets } = await reading();
  pass(10_000);
  assert.equal(bus.state.kind, 'open');
  pass(10_000);
  assert.equal(bus.state.kind, 'lost');
  pass(1_000);

  assert.equal(sockets.length, 2);
});

test('each pause is longer than the one before it, up to some seconds', async () => {
  const { pass, sockets, bus } = await reading();
  const pauses = [];
  for (let i = 0; i < 8; i++) {
    const began = Date.now();
    sockets.at(-1).onclose();
    pauses.push(bus.state.until - began);
    pass(15_000);
  }

  assert.ok(pauses[0] < 700, pauses);
  assert.ok(pauses[4] > 6_000, pauses);
  assert.ok(pauses[7] <= 12_100, pauses);
});

test('a token that has ended is not tried again', async () => {
  const { pass, bus, sockets } = await reading();
  sockets[0].says({ type: 'err', failureCode: 401, message: 'the token has expired' });
  pass(60_000);

  assert.deepEqual(bus.state, { kind: 'refused', why: 'the token has expired' });
  assert.equal(sockets.length, 1);
});
