import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listen } from '../../main/page/keys.js';

function keyboard(actions) {
  let press;
  globalThis.localStorage = { getItem: () => null };
  globalThis.document = {
    addEventListener: (_, listener) => (press = listener),
    querySelector: () => null,
  };
  listen(actions);
  return (key, repeat) =>
    press({ key, repeat, target: { matches: () => false }, preventDefault() {} });
}

test('a key that is held down goes through the list, and starts one run only', () => {
  const done = [];
  const press = keyboard({ j: () => done.push('j'), r: () => done.push('r') });
  for (const key of ['j', 'r']) {
    press(key, false);
    press(key, true);
  }

  assert.deepEqual(done, ['j', 'j', 'r']);
});
