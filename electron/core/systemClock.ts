import type { Clock } from './providers.ts';

/** Longest delay a timer takes (2^31 - 1 ms); beyond it Node would fire at once. */
const longest = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, ms), longest));
    return () => clearTimeout(timer);
  },
};
