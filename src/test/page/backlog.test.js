import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backlog, sizeFor } from '../../main/page/backlog.js';

const MIB = 1 << 20;

test('a terminal that is too far behind is given no more until it has caught up', () => {
  const told = [];
  const backlog = new Backlog(
    () => told.push('full'),
    () => told.push('drained'),
  );
  for (let i = 0; i < 4; i++) backlog.add(MIB);
  assert.deepEqual(told, []);
  backlog.add(1);
  backlog.add(MIB);
  assert.deepEqual(told, ['full']);
  for (let i = 0; i < 4; i++) backlog.remove(MIB);
  assert.deepEqual(told, ['full']);
  backlog.remove(2);

  assert.deepEqual(told, ['full', 'drained']);
});

test('a terminal of any size is shown in one that a browser can hold', () => {
  assert.deepEqual(sizeFor({ columns: 80, rows: 24 }), {
    columns: 80,
    rows: 24,
    scrollback: 10_000,
  });
  const { columns, rows, scrollback } = sizeFor({ columns: 9_999, rows: 9_999 });

  assert.deepEqual([columns, rows], [1_000, 500]);
  assert.ok(columns * scrollback <= 2_500_000);
});
