import type { Clock } from '#electron/core/providers.ts';

/** Resolves when the work is over, whatever came of it, and after `ms` at the latest. */
export function atMost(clock: Clock, ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    work
      .catch(() => undefined)
      .finally(() => {
        cancel();
        resolve();
      });
  });
}
