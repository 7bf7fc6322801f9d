/** Takes over all timers; what is returned lets so many milliseconds pass. */
export function stopClock() {
  const timers = new Map();
  let now = 0;
  let ids = 0;
  const set = (each) => (action, millis) => {
    timers.set(++ids, { at: now + millis, each: each && millis, action });
    return ids;
  };
  globalThis.setTimeout = set(false);
  globalThis.setInterval = set(true);
  globalThis.clearTimeout = (id) => timers.delete(id);
  globalThis.clearInterval = globalThis.clearTimeout;
  return (millis) => {
    const end = now + millis;
    for (let due = next(timers, end); due; due = next(timers, end)) {
      const [id, timer] = due;
      now = timer.at;
      if (timer.each) timer.at += timer.each;
      else timers.delete(id);
      timer.action();
    }
    now = end;
  };
}

const next = (timers, end) =>
  [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
