// Matrices as a grid: a row for each environment, a column for each time that it was run.

const MOST_COLUMNS = 12;

/**
 * The grid of a matrix and of others that share an environment with it.
 *
 * @param runs all that are known, the newest first
 * @param id of the matrix; without it, the newest
 * @returns `{id, of, rows, columns}`, or null if it is not known; a column has the matrix's `id` and
 *     `runs`, a Map of the newest run of each environment
 */
export function grid(runs, id = null) {
  const byMatrix = new Map();
  for (const run of runs) {
    if (!run.matrix) continue;
    const column = byMatrix.get(run.matrix.id) ?? { id: run.matrix.id, runs: new Map() };
    if (!column.runs.has(run.matrix.environment)) column.runs.set(run.matrix.environment, run);
    byMatrix.set(run.matrix.id, column);
  }
  const meant = byMatrix.get(id ?? byMatrix.keys().next().value);
  if (!meant) return null;
  const own = [...meant.runs.keys()].reverse();
  const akin = [...byMatrix.values()].filter((column) => own.some((env) => column.runs.has(env)));
  const columns = newestAnd(meant, akin);
  const rows = [...new Set([...own, ...columns.flatMap((column) => [...column.runs.keys()])])];
  return { id: meant.id, of: meant.runs.values().next().value.matrix.of, rows, columns };
}

/** The newest columns, and among them or behind them the one that is meant. */
function newestAnd(meant, columns) {
  const newest = columns.slice(0, MOST_COLUMNS);
  return newest.includes(meant) ? newest : [...newest.slice(0, -1), meant];
}
