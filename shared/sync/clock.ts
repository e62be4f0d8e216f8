/**
 * Hybrid logical clock as one sortable string: 12 hex digits of ms UTC, 4 of a counter, then the
 * device. Plain string comparison orders two stamps; equal time and counter fall to the device, so
 * that every node decides a conflict alike.
 * (Kulkarni et al., "Logical Physical Clocks", 2014.)
 */
export const stampPattern = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-z]{1,32}$/;

export interface Clock {
  /**
   * Stamp for a change made now. It sorts after each of `after`, the stamps of what it replaces, also
   * where one of them is further ahead than is believed: then it follows that one and leaves the clock alone.
   */
  tick(after?: readonly string[]): string;
  /** Learn of a stamp seen elsewhere, so that later ticks sort after it. */
  observe(stamp: string): void;
  /** How far the next stamp will be ahead of `now`, ms: above `maxDriftMs` nobody believes it. */
  aheadMs(): number;
}

interface Moment {
  ms: number;
  counter: number;
}

const maxCounter = 0xffff;

/** A stamp further ahead than this (ms) is not believed: one wrong clock must not drag all others along. */
export const maxDriftMs = 60_000;

/**
 * `now` gives ms UTC corrected by the offset to the server's clock; `device` is `[0-9a-z]{1,32}`. `given` are stamps
 * that this device gave before: none is given again, whatever the time says now.
 */
export function createClock(
  device: string,
  now: () => number,
  given: readonly string[] = [],
): Clock {
  let at: Moment = { ms: 0, counter: 0 };
  for (const stamp of given) at = later(at, readStamp(stamp));

  function advance(to: number): void {
    at = to > at.ms ? { ms: to, counter: 0 } : following(at);
  }

  function observe(stamp: string): void {
    const seen = readStamp(stamp);
    if (seen && seen.ms <= now() + maxDriftMs) at = later(at, seen);
  }

  return {
    tick(after = []) {
      for (const stamp of after) observe(stamp);
      advance(now());
      const stamp = stampOf(at, device);
      const ahead = after.filter((other) => other >= stamp).reduce(latest, '');
      const held = readStamp(ahead);
      return held ? stampOf(following(held), device) : stamp;
    },
    observe,
    aheadMs: () => at.ms - now(),
  };
}

function following({ ms, counter }: Moment): Moment {
  return counter < maxCounter ? { ms, counter: counter + 1 } : { ms: ms + 1, counter: 0 };
}

function later(one: Moment, other: Moment | null): Moment {
  if (!other) return one;
  const isLater = other.ms > one.ms || (other.ms === one.ms && other.counter > one.counter);
  return isLater ? other : one;
}

function latest(one: string, other: string): string {
  return other > one ? other : one;
}

function stampOf({ ms, counter }: Moment, device: string): string {
  return `${hex(ms, 12)}-${hex(counter, 4)}-${device}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function readStamp(stamp: string): Moment | null {
  if (!stampPattern.test(stamp)) return null;
  return {
    ms: Number.parseInt(stamp.slice(0, 12), 16),
    counter: Number.parseInt(stamp.slice(13, 17), 16),
  };
}
