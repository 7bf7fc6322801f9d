// How runs are told in words.

const MARKS = {
  queued: '⋯',
  running: '▶',
  passed: '✓',
  failed: '✕',
  cancelled: '⊘',
  lost: '?',
};

/** All states of a run, in the order in which they are offered. */
export const STATES = Object.keys(MARKS);

/** A sign for a state, for those who don't see its colour. */
export const mark = (state) => MARKS[state] ?? '·';

/** Whether a run in this state has ended. */
export const isOver = (state) => state !== 'queued' && state !== 'running';

/** "0.4 s", "2 min 05 s", "1 h 02 min"; nothing if it is not known. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null) return '';
  if (seconds < 59.95) return `${seconds < 9.995 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${two(whole % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** "now", "40 s ago", "5 min ago", "3 h ago", "2 d ago". */
export function ago(seconds) {
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

/** Arguments as they would be typed; where none are given, what tox does then. */
export function commandLine(run) {
  const words = (run.args ?? []).map((word) =>
    /^[\w@%+=:,./…-]+$/.test(word) ? word : quoted(word),
  );
  return (run.exec ? words : ['tox', ...words]).join(' ');
}

/** What was asked for; of a link's run, of which no more is told, what was started. */
export const name = (run) => (run.args ? commandLine(run) : started(run.command ?? [run.id]));

// Without where tox lies, and where the server has it put its results.
function started([program, ...args]) {
  const at = args.indexOf('--result-json');
  if (at >= 0) args.splice(at, 2);
  return commandLine({ exec: true, args: [program.split('/').at(-1), ...args] });
}

/** The environments that a run is of: of its matrix, else what its -e names, else nothing. */
export function environment(run) {
  if (run.matrix) return run.matrix.environment;
  if (run.exec) return '';
  const args = run.args ?? [];
  for (let i = 0; i < args.length && args[i] !== '--'; i++) {
    if ((args[i] === '-e' || args[i] === '--env') && i + 1 < args.length) return args[i + 1];
    const joined = /^(?:-e|--env=)(.+)$/.exec(args[i]);
    if (joined) return joined[1];
  }
  return '';
}

/** What is known of a run's end, or of its wait, in a few words. */
export function outcome(run) {
  if (run.state === 'queued') return run.position ? `queued, place ${run.position}` : 'queued';
  if (run.state === 'running') return run.waiting ? 'running, waits for a key' : 'running';
  if (run.state === 'failed' && run.returncode !== undefined)
    return `failed with exit code ${run.returncode}`;
  return run.state;
}

const two = (number) => String(number).padStart(2, '0');

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;
