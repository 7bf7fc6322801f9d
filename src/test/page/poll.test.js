import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bus } from '../../main/page/bus.js';
import { Poll } from '../../main/page/poll.js';
import { Runs } from '../../main/page/runs.js';
import { stopClock } from './clock.js';

const settled = () => new Promise((done) => setImmediate(done));

test('whoever may ask for no list, as with half a link, is told so and asked for a token', async () => {
  stopClock();
  globalThis.document = { addEventListener() {} };
  const socket = {
    send(text) {
      const { replyAddress } = JSON.parse(text);
      const frame = { type: 'err', address: replyAddress, failureCode: 403, message: 'no' };
      queueMicrotask(() => this.onmessage({ data: JSON.stringify(frame) }));
    },
    close() {},
  };
  const bus = new Bus(
    () => 'half a link',
    () => socket,
  );
  new Poll(bus, new Runs());
  bus.connect();
  socket.onopen();
  await settled();

  assert.equal(bus.state.kind, 'refused');
  assert.match(bus.state.why, /open the whole link/);
});
