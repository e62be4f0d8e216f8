/**
 * Hybrid logical clock as one sortable string: 12 hex digits of ms UTC, 4 of a counter, then the
 * device. Plain string comparison orders two stamps; equal time and counter fall to the device, so
 * that every node decides a conflict alike.
 * (Kulkarni et al., "Logical Physical Clocks", 2014.)
 */
export const stampPattern = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-z]{1,32}$/;

export interface Clock {
  /** Stamp for a change made now. */
  tick(): string;
  /** Learn of a stamp seen elsewhere, so that later ticks sort after it. */
  observe(stamp: string): void;
}

const maxCounter = 0xffff;

/** A stamp further ahead than this (ms) is not believed: one wrong clock must not drag all others along. */
export const maxDriftMs = 60_000;

/**
 * `now` gives ms UTC corrected by the offset to the server's clock; `device` is `[0-9a-z]{1,32}`.
 */
export function createClock(device: string, now: () => number): Clock {
  let ms = 0;
  let counter = 0;

  function advance(to: number): void {
    if (to > ms) {
      ms = to;
      counter = 0;
      return;
    }
    counter += 1;
    if (counter > maxCounter) {
      ms += 1;
      counter = 0;
    }
  }

  return {
    tick() {
      advance(now());
      return `${hex(ms, 12)}-${hex(counter, 4)}-${device}`;
    },
    observe(stamp) {
      const seen = readStamp(stamp);
      if (!seen || seen.ms > now() + maxDriftMs) return;
      if (seen.ms > ms || (seen.ms === ms && seen.counter > counter)) {
        ms = seen.ms;
        counter = seen.counter;
      }
    },
  };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function readStamp(stamp: string): { ms: number; counter: number } | null {
  if (!stampPattern.test(stamp)) return null;
  return {
    ms: Number.parseInt(stamp.slice(0, 12), 16),
    counter: Number.parseInt(stamp.slice(13, 17), 16),
  };
}
