import type { CacheSync } from '../cache/cache.ts';
import type { Clock } from '../core/providers.ts';
import { createClockOffset } from './clockOffset.ts';

/** Asks the server, and learns from its answer how far the desk's clock is off. */
export type Timed = <A extends { serverTime: number } | null>(ask: () => Promise<A>) => Promise<A>;

export function createTimed(cache: Pick<CacheSync, 'setClockOffset'>, clock: Clock): Timed {
  const offset = createClockOffset();
  return async (ask) => {
    const sentAt = clock.now();
    const answer = await ask();
    if (answer === null) return answer;
    const offsetMs = offset.answered(sentAt, clock.now(), answer.serverTime);
    if (offsetMs !== null) cache.setClockOffset(offsetMs);
    return answer;
  };
}
