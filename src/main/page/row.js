// One run in the list.

import { bar } from './chart.js';
import { h, put, say } from './dom.js';
import { runAddress } from './route.js';
import { ago, commandLine, duration, mark, outcome } from './text.js';

/** A row for the run of an id: its element, its link, and `show`, which tells what is known now. */
export function row(id, onfocus) {
  const cell = (name, ...children) => h('span', { role: 'cell', class: name }, ...children);
  const link = h('a', { href: runAddress(id), onfocus });
  const state = cell('state');
  const environment = cell('environment');
  const runner = cell('runner');
  const chart = h('span', {});
  const taken = h('span', { class: 'taken' });
  const usual = h('span', { class: 'unseen' });
  const accepted = cell('accepted');
  const element = h(
    'div',
    { role: 'row', class: 'row', 'data-run': id },
    state,
    cell('run', link),
    environment,
    runner,
    cell('duration', chart, taken, usual),
    accepted,
  );
  let shownState = null;

  return { element, link, show };

  function show(run, runs) {
    if (run.state !== shownState || run.state === 'queued') {
      shownState = run.state;
      const sign = h('span', { class: 'sign', 'aria-hidden': 'true' }, mark(run.state));
      put(state, sign, run.state === 'queued' ? outcome(run) : run.state);
      element.className = `row ${run.state}`;
    }
    say(link, commandLine(run));
    say(environment, run.environment);
    say(runner, run.runner ?? '');
    const seconds = runs.duration(run);
    const words = duration(seconds);
    if (taken.textContent !== words || !chart.hasChildNodes()) {
      say(taken, words);
      put(chart, bar(seconds, run.usual?.duration, run.state));
      say(usual, run.usual ? `, usually ${duration(run.usual.duration)}` : '');
    }
    say(accepted, ago(runs.age(run)));
  }
}
