import type { Clock, Log } from './providers.ts';

/** The same clock, whose callbacks may fail without taking the desk, and the call that is on, along. */
export function guardedClock(clock: Clock, log: Pick<Log, 'error'>): Clock {
  return {
    now: () => clock.now(),
    after: (ms, callback) =>
      clock.after(ms, () => {
        try {
          callback();
        } catch (error) {
          log.error('what was due could not be done', { error: String(error) });
        }
      }),
  };
}
