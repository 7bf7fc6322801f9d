// The facts of one run, and how long such runs have taken.

import { columns } from './chart.js';
import { h, say } from './dom.js';
import { ago, duration, outcome } from './text.js';

const MOST_COLUMNS = 30;

/** Fills a list of terms with what is known now; what is the same stays. */
export function about(list, run, runs) {
  const seconds = runs.duration(run);
  const usual = run.usual;
  const facts = [
    ['State', outcome(run), run.state],
    ['Environment', run.environment],
    ['Runner', run.runner],
    ['Duration', seconds === undefined ? '' : duration(seconds)],
    ['Usually', usual ? `${duration(usual.duration)} (${times(usual.runs)})` : ''],
    ['Accepted', run.age === undefined ? '' : ago(runs.age(run))],
    ['Loop', run.round ? `round ${run.round}` : ''],
    ['Id', run.id],
  ].filter(([, value]) => value);
  const pairs = list.querySelectorAll('div:not(.history)');
  const before = list.querySelector('.history');
  facts.forEach(([name, value, kind], i) => {
    const pair = pairs[i] ?? list.insertBefore(h('div', {}, h('dt', {}), h('dd', {})), before);
    say(pair.firstChild, name);
    say(pair.lastChild, value);
    pair.lastChild.className = kind ?? '';
  });
  const akin = run.words === undefined ? [] : runs.alike(run).slice(0, MOST_COLUMNS);
  const drawn = akin.map((each) => each.id + each.state).join();
  [...pairs].slice(facts.length).forEach((old) => old.remove());
  if (before?.dataset.drawn === drawn) return;
  before?.remove();
  if (akin.length >= 2) {
    list.append(
      h(
        'div',
        { class: 'history', 'data-drawn': drawn },
        h('dt', {}, `Last ${akin.length}`),
        h('dd', {}, columns(akin, usual?.duration, run.id)),
      ),
    );
  }
}

const times = (count) => (count === 1 ? 'one that passed' : `median of ${count} that passed`);
