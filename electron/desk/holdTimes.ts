import type { Clock } from '../core/providers.ts';

/** How long calls have been on hold, ms. */
export interface HoldTimes {
  change(callId: string, isHeld: boolean): void;
  total(callId: string): number;
  forget(callId: string): void;
}

export function createHoldTimes(clock: Pick<Clock, 'now'>): HoldTimes {
  const holds = new Map<string, { since: number | null; total: number }>();

  function total(callId: string): number {
    const hold = holds.get(callId);
    if (!hold) return 0;
    return hold.total + (hold.since === null ? 0 : clock.now() - hold.since);
  }

  return {
    change(callId, isHeld) {
      holds.set(callId, { since: isHeld ? clock.now() : null, total: total(callId) });
    },
    total,
    forget: (callId) => void holds.delete(callId),
  };
}
