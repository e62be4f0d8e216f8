import type { Clock } from './providers.ts';

/**
 * A timer of the system may stand still while the machine sleeps. So a long wait looks at the time after so many ms: a
 * reminder comes soon after the lid was opened, and not as much later as it was closed.
 */
const stretchMs = 15_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const dueAt = Date.now() + ms;
    // Whoever sets the clock back does not make a wait longer.
    const dueAtMost = performance.now() + ms;
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      if (leftMs <= stretchMs) timer = setTimeout(callback, Math.max(0, Math.ceil(leftMs)));
      else timer = setTimeout(look, stretchMs);
    };
    const look = () => wait(Math.min(dueAt - Date.now(), dueAtMost - performance.now()));
    wait(ms);
    return () => clearTimeout(timer);
  },
};
