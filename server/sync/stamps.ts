import { type Clock, maxDriftMs } from '#shared/sync/clock.ts';

/**
 * The stamp under which a desk's change is merged: its own, or the server's where the desk's clock
 * runs so far ahead that its changes would win against everybody's for a long time. `held` tells the stamps of what the
 * record holds in the changed fields: the server's sorts after them also where the server's own clock was ahead when
 * they were written, and has been set back since.
 */
export function believedStamp(
  stamp: string,
  clock: Clock,
  nowMs: number,
  held: () => readonly string[],
): string {
  if (msOf(stamp) > nowMs + maxDriftMs) return clock.tick(held());
  clock.observe(stamp);
  return stamp;
}

function msOf(stamp: string): number {
  return Number.parseInt(stamp.slice(0, 12), 16);
}
