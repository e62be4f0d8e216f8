import type { Clock } from '../../core/providers.ts';

/** Work that follows itself sooner than this waits, so that a page which ends at its start does not spin. */
const breathMs = 2_000;

export interface Breath {
  /** Runs `work` at once, or where the last one was just now, after a breath. */
  run(work: () => void): void;
  cancel(): void;
}

export function createBreath(clock: Clock): Breath {
  let lastAt = Number.NEGATIVE_INFINITY;
  let cancel: () => void = () => {};
  return {
    run(work) {
      cancel();
      const now = () => {
        lastAt = clock.now();
        work();
      };
      // Not longer where the clock was set back.
      const restMs = Math.min(breathMs, breathMs - (clock.now() - lastAt));
      if (restMs <= 0) now();
      else cancel = clock.after(restMs, now);
    },
    cancel: () => cancel(),
  };
}
