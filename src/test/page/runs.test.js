import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grid } from '../../main/page/matrix.js';
import { listAddress, parse } from '../../main/page/route.js';
import { environments, Runs, select } from '../../main/page/runs.js';
import { ago, commandLine, duration, environment, name } from '../../main/page/text.js';

const run = (id, accepted, more = {}) => ({
  id,
  accepted,
  age: 1,
  args: ['-e', 'py311'],
  state: 'passed',
  ...more,
});

function known(...list) {
  const clock = { now: 1000 };
  const runs = new Runs(() => clock.now);
  runs.replace({ runs: list, complete: true });
  return { runs, clock };
}

test('the newest run comes first, whenever it was told of', () => {
  const { runs } = known(run('b', 2), run('a', 1));
  runs.merge([run('c', 3), run('a', 1, { state: 'lost' })]);

  assert.deepEqual(
    runs.all().map(({ id }) => id),
    ['c', 'b', 'a'],
  );
  assert.equal(runs.newest, 3);
  assert.equal(runs.get('a').state, 'lost');
});

test('a run that is under way grows older here, one that has ended does not', () => {
  const { runs, clock } = known(
    run('a', 1, { state: 'running', duration: 5 }),
    run('b', 2, { duration: 5 }),
  );
  clock.now += 7;

  assert.equal(runs.duration(runs.get('a')), 12);
  assert.equal(runs.duration(runs.get('b')), 5);
  assert.equal(runs.age(runs.get('b')), 8);
});

test('all words have to be found, somewhere, and the state and environment to be those', () => {
  const { runs } = known(
    run('a', 1, { args: ['-e', 'py311,lint', '--', '-k', 'login'], runner: 'big' }),
    run('b', 2, { state: 'failed' }),
  );
  const ids = (filter) => select(runs.all(), filter).map(({ id }) => id);

  assert.deepEqual(ids({}), ['b', 'a']);
  assert.deepEqual(ids({ search: 'LOGIN big' }), ['a']);
  assert.deepEqual(ids({ search: 'login small' }), []);
  assert.deepEqual(ids({ state: 'failed' }), ['b']);
  assert.deepEqual(ids({ environment: 'lint' }), ['a']);
  assert.deepEqual(environments(runs.all()), ['lint', 'py311']);
});

test('an environment is that of the matrix, else what -e names before the --', () => {
  assert.equal(environment({ args: [], matrix: { environment: 'docs' } }), 'docs');
  assert.equal(environment({ args: ['-v', '-epy311'] }), 'py311');
  assert.equal(environment({ args: ['--', '-e', 'x'] }), '');
  assert.equal(environment({ args: ['-e', 'x'], exec: true }), '');
});

test('arguments are shown so that they could be typed', () => {
  assert.equal(commandLine({ args: ['-e', 'py', '--', "it's", ''] }), "tox -e py -- 'it'\\''s' ''");
  assert.equal(commandLine({ exec: true, args: ['ls'] }), 'ls');
});

test('of a run whose arguments are not told, what was started is shown, without what the server adds', () => {
  const command = ['/usr/bin/tox', '--result-json', '/tmp/a/tox.json', '-e', 'py'];

  assert.equal(name({ id: 'a', command }), 'tox -e py');
  assert.equal(name({ id: 'a', command: ['ls', 'a b'] }), "ls 'a b'");
  assert.equal(name({ id: 'a' }), 'a');
});

test('times are told as the command line tells them', () => {
  assert.equal(duration(undefined), '');
  assert.equal(duration(0.04), '0.0 s');
  assert.equal(duration(41.2), '41 s');
  assert.equal(duration(59.97), '1 min 00 s');
  assert.equal(duration(125), '2 min 05 s');
  assert.equal(duration(3725), '1 h 02 min');
  assert.equal(ago(3.2), 'now');
  assert.equal(ago(200_000), '2 d ago');
});

const cell = (id, accepted, matrix, env, more) =>
  run(id, accepted, { matrix: { id: matrix, environment: env, of: 2 }, ...more });

test('a matrix is a grid of its environments, beside the matrices that share some', () => {
  const { runs } = known(
    cell('a', 1, 'm1', 'py'),
    cell('b', 2, 'm1', 'lint'),
    cell('c', 3, 'other', 'elm'),
    cell('d', 4, 'm2', 'lint'),
    cell('e', 5, 'm2', 'docs'),
    cell('f', 6, 'm2', 'lint', { state: 'failed' }),
  );
  const found = grid(runs.all(), 'm1');

  assert.deepEqual(found.rows, ['py', 'lint', 'docs']);
  assert.deepEqual(
    found.columns.map(({ id }) => id),
    ['m2', 'm1'],
  );
  assert.equal(found.columns[0].runs.get('lint').id, 'f');
  assert.equal(grid(runs.all()).id, 'm2');
  assert.equal(grid(runs.all(), 'gone'), null);
});

test('an old matrix is shown beside the newest ones', () => {
  const { runs } = known(...Array.from({ length: 20 }, (_, i) => cell(`r${i}`, i, `m${i}`, 'py')));
  const columns = grid(runs.all(), 'm0').columns.map(({ id }) => id);

  assert.equal(columns.length, 12);
  assert.equal(columns[0], 'm19');
  assert.equal(columns.at(-1), 'm0');
});

test('what is shown can be read from the address, and is written there', () => {
  const filter = { search: 'a b&c', state: 'failed', environment: 'py' };

  assert.deepEqual(parse(listAddress(filter)), { view: 'list', ...filter });
  assert.deepEqual(parse('#/runs/a-1'), { view: 'run', id: 'a-1' });
  assert.deepEqual(parse('#/matrix'), { view: 'matrix', id: null });
  assert.deepEqual(parse('#token'), parse(''));
});
