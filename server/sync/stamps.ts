import { type Clock, maxDriftMs } from '#shared/sync/clock.ts';

/**
 * The stamp under which a desk's change is merged: its own, or the server's where the desk's clock
 * runs so far ahead that its changes would win against everybody's for a long time.
 */
export function believedStamp(stamp: string, clock: Clock, nowMs: number): string {
  if (msOf(stamp) > nowMs + maxDriftMs) return clock.tick();
  clock.observe(stamp);
  return stamp;
}

function msOf(stamp: string): number {
  return Number.parseInt(stamp.slice(0, 12), 16);
}
