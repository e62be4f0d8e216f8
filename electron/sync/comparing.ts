import type { HashResponse, RangeResponse } from '#shared/sync/messages.ts';
import type { CacheSync } from '../cache/cache.ts';
import type { CheckRange } from '../cache/check/ownRange.ts';
import { type CheckPlace, checkOrder } from '../cache/check/progress.ts';
import type { Log } from '../core/providers.ts';
import { RefusedError, type Transport } from './transport.ts';

const dayMs = 86_400_000;
/** A comparison that nobody asked for and nothing suggests, ms after the last one. */
const everyMs = dayMs;

/** `on`: there is more to compare; `pull`: the desk has to pull first; `done`: it is over. */
export type StepOutcome = 'on' | 'pull' | 'done';

type Comparing = Pick<CacheSync, 'check' | 'cursor' | 'scope' | 'lineage' | 'firstSyncDone'>;

/** When the next comparison is due, ms UTC by the desk's clock; null before the first sync is done. */
export function comparisonDueAt({ check, firstSyncDone }: Comparing, now: number): number | null {
  if (!firstSyncDone()) return null;
  if (check.progress.place()) return now;
  const dueAt = (check.progress.finishedAt() ?? 0) + everyMs;
  // Whoever wrote that down had a wrong clock.
  return dueAt > now + everyMs ? now : dueAt;
}

/** How many entities are compared, of how many; null where nothing is. */
export function comparisonOf({ check }: Comparing): { done: number; of: number } | null {
  const place = check.progress.place();
  return place && { done: checkOrder.indexOf(place.entity), of: checkOrder.length };
}

/**
 * One step of comparing this desk's records with the server's: some thousand of them, and then there is time for
 * something else. Both are compared as of the desk's cursor, so nothing may be pulled meanwhile. A range that differs
 * is fetched and mended. `now`: ms UTC by the desk's clock.
 */
export async function compareStep(
  cache: Comparing,
  transport: Transport,
  { now, log }: { now: number; log: Log },
): Promise<StepOutcome> {
  const { progress } = cache.check;
  const cursor = cache.cursor();
  if (cursor === null) return 'pull';
  if (!progress.place()) progress.begin();
  const place = progress.place();
  if (!place) return 'done';
  const answer = await asked(transport, place, cursor);
  if (!answer) {
    // A server of before compares nothing.
    progress.finish(now);
    return 'done';
  }
  if (!isOfNow(cache, answer)) return 'pull';
  const moveTo = (next: CheckPlace | null) => {
    if (next) progress.moveTo(next);
    else progress.finish(now);
    return next;
  };
  const { entity } = place;
  let { after } = place;
  for (const { upTo, hash, moved } of answer.ranges) {
    const range = { entity, after, upTo };
    if ((await cache.check.hash(range, moved)) !== hash) {
      if (!(await mend(cache, transport, range, log))) return 'pull';
    }
    after = upTo;
    if (after === null) break;
    moveTo({ entity, after });
  }
  if (after !== null && answer.ranges.length > 0) return 'on';
  return moveTo(placeBehind(entity)) ? 'on' : 'done';
}

async function asked(
  transport: Transport,
  { entity, after }: CheckPlace,
  cursor: string,
): Promise<HashResponse | null> {
  try {
    return await transport.hash(cursor, entity, after);
  } catch (error) {
    if (error instanceof RefusedError && error.problem.status === 404) return null;
    throw error;
  }
}

/** Under another scope, or after a start of the server that this desk has not heard of, nothing can be compared. */
function isOfNow(cache: Comparing, answer: HashResponse | RangeResponse): boolean {
  return answer.scope === cache.scope() && answer.lineage === cache.lineage();
}

function placeBehind(entity: CheckPlace['entity']): CheckPlace | null {
  const next = checkOrder[checkOrder.indexOf(entity) + 1];
  return next === undefined ? null : { entity: next, after: null };
}

/** False where the desk has to pull first. */
async function mend(
  cache: Comparing,
  transport: Transport,
  range: CheckRange,
  log: Log,
): Promise<boolean> {
  const { entity, upTo } = range;
  let { after } = range;
  for (;;) {
    const found = await transport.range(entity, after, upTo);
    if (!isOfNow(cache, found)) return false;
    const { replaced, dropped } = await repair(cache, { ...range, after, upTo: found.upTo }, found);
    if (replaced + dropped > 0) {
      log.warn('records differed from the server’s and were mended', { entity, replaced, dropped });
    }
    if (found.upTo === upTo) return true;
    after = found.upTo;
  }
}

async function repair(
  { check }: Comparing,
  range: CheckRange,
  { changes }: RangeResponse,
): Promise<{ replaced: number; dropped: number }> {
  const all = { replaced: 0, dropped: 0 };
  for (;;) {
    const { replaced, dropped, more } = await check.repair(range, changes);
    all.replaced += replaced;
    all.dropped += dropped;
    if (!more) return all;
  }
}
