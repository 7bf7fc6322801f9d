// What came of a run's environments and tests, as its event `results` tells it.

import { h } from './dom.js';
import { duration, mark } from './text.js';

/** An element for it. */
export function results({ environments, notice }) {
  return h(
    'section',
    { class: 'results', 'aria-label': 'Results' },
    h('h2', {}, 'Results'),
    ...environments.map(environment),
    notice ? h('p', { class: 'quiet' }, notice) : null,
  );
}

/** Whether there is anything that failed, so that it can be done again. */
export const hasFailures = (found) =>
  Boolean(found?.environments.some((each) => each.outcome === 'failed' || each.failures?.length));

function environment({ name, outcome, duration: seconds, tests, failures = [] }) {
  const sign = outcome ? `${mark(outcome)} ` : '';
  const told = [outcome, duration(seconds), counts(tests)].filter(Boolean).join(', ');
  return h(
    'div',
    { class: 'environment-result' },
    h('h3', { class: outcome ?? '' }, sign, name, h('span', { class: 'quiet' }, ` ${told}`)),
    failures.length ? h('ul', {}, ...failures.map(failure)) : null,
  );
}

function counts(tests) {
  if (!tests) return '';
  const { passed = 0, failed = 0, skipped = 0 } = tests;
  const words = [
    `${passed} passed`,
    failed ? `${failed} failed` : '',
    skipped ? `${skipped} skipped` : '',
  ];
  return words.filter(Boolean).join(', ');
}

function failure({ test, file, line, message }) {
  const place = [file, line].filter((part) => part !== undefined).join(':');
  return h(
    'li',
    {},
    place ? h('code', { class: 'place' }, place) : null,
    h('span', { class: 'message' }, message ?? ''),
    test ? h('span', { class: 'test quiet' }, test) : null,
  );
}
