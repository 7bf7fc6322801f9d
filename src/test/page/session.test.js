import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lost, Refusal } from '../../main/page/bus.js';
import { arrival, Session } from '../../main/page/session.js';

const storage = (kept = {}) => ({
  kept,
  getItem: (key) => kept[key] ?? null,
  setItem: (key, value) => (kept[key] = value),
  removeItem: (key) => delete kept[key],
});
const refuses = (why) => ({ request: () => Promise.reject(why) });

test('a token that is good for once is changed for one of our own, which a reload finds', async () => {
  const tab = storage();
  const asked = [];
  const bus = { request: async (...request) => (asked.push(request), { token: 'own' }) };
  const session = new Session(arrival('#token=once'), tab);
  assert.equal(session.token, 'once');
  assert.deepEqual(tab.kept, {});
  assert.equal(await session.settle(bus), true);
  assert.equal(await session.settle(bus), false);

  assert.deepEqual(asked, [['tox.token.create', { may: 'all', for: 43200 }]]);
  assert.equal(new Session(arrival(''), tab).token, 'own');
});

test('one that may make no others is kept as it is', async () => {
  const tab = storage();
  const session = new Session(arrival('#token=narrow'), tab);
  assert.equal(
    await session.settle(refuses(new Refusal({ failureCode: 403, message: 'no' }))),
    false,
  );

  assert.deepEqual(tab.kept, { token: 'narrow' });
});

test('where the connection is lost before that, it is tried again over the next', async () => {
  const tab = storage();
  const session = new Session(arrival('#token=owner'), tab);
  await session.settle(refuses(new Lost()));
  assert.deepEqual(tab.kept, {});
  await session.settle({ request: async () => ({ token: 'own' }) });

  assert.deepEqual(tab.kept, { token: 'own' });
});

test('the token of a link is kept for its run alone', () => {
  const tab = storage({ token: 'mine' });
  assert.equal(new Session(arrival('#token=link&run=a'), tab).token, 'link');

  assert.equal(new Session(arrival('#run=a'), tab).token, 'link');
  assert.equal(new Session(arrival('#run=b'), tab).token, null);
  assert.equal(new Session(arrival(''), tab).token, 'mine');
});

test('one that was refused is forgotten', () => {
  const tab = storage({ token: 'old' });
  const session = new Session(arrival(''), tab);
  session.forget();

  assert.equal(session.token, null);
  assert.deepEqual(tab.kept, {});
});
