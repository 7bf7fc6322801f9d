// How long runs took beside how long they usually take, drawn small. What is drawn is also said in
// words beside it, so that screen readers pass over the drawing.

import { svg } from './dom.js';

const WIDTH = 64;
const HEIGHT = 10;

/** A bar for one run; a line in the middle is what is usual. Empty if nothing is usual. */
export function bar(seconds, usual, state) {
  const drawing = svg('svg', {
    class: `bar ${state}`,
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    width: WIDTH,
    height: HEIGHT,
    'aria-hidden': 'true',
  });
  if (!usual) return drawing;
  const length = Math.min(1, (seconds ?? 0) / (2 * usual)) * WIDTH;
  drawing.append(
    svg('rect', { class: 'track', x: 0, y: 3, width: WIDTH, height: 4, rx: 2 }),
    svg('rect', { class: 'length', x: 0, y: 3, width: length.toFixed(1), height: 4, rx: 2 }),
    svg('line', { class: 'usual', x1: WIDTH / 2, x2: WIDTH / 2, y1: 0, y2: HEIGHT }),
  );
  return drawing;
}

const COLUMN = 8;
const TALL = 30;

/** A column for each run, the newest at the right; a line is what is usual. */
export function columns(runs, usual, current) {
  const known = runs.filter((run) => run.duration !== undefined).reverse();
  const longest = Math.max(usual ?? 0, ...known.map((run) => run.duration), 0.001);
  const height = (seconds) => Math.max(2, (seconds / longest) * (TALL - 4));
  const width = Math.max(1, known.length) * COLUMN;
  const drawing = svg('svg', {
    class: 'columns',
    viewBox: `0 0 ${width} ${TALL}`,
    width,
    height: TALL,
    'aria-hidden': 'true',
  });
  known.forEach((run, i) => {
    const tall = height(run.duration);
    const kind = run.id === current ? `${run.state} current` : run.state;
    drawing.append(
      svg('rect', {
        class: kind,
        x: i * COLUMN + 1,
        y: TALL - tall,
        width: COLUMN - 2,
        height: tall,
      }),
    );
  });
  if (usual) {
    const y = TALL - height(usual);
    drawing.append(svg('line', { class: 'usual', x1: 0, x2: width, y1: y, y2: y }));
  }
  return drawing;
}
