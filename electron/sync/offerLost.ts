import { maxKnownIds } from '#shared/sync/messages.ts';
import type { CacheSync } from '../cache/cache.ts';
import { RefusedError, type Transport } from './transport.ts';

/**
 * Whenever the server has started anew on its database, asks whether it still has what this desk has handed in, and
 * puts what it lost back into the outbox: the database may come from a backup.
 */
export async function offerLost(
  cache: CacheSync,
  transport: Pick<Transport, 'unknown'>,
): Promise<void> {
  const lineage = cache.lineage();
  if (lineage === null || lineage === cache.lineageAsked()) return;
  let after = '';
  for (;;) {
    const ids = cache.sentIds(after, maxKnownIds);
    const last = ids.at(-1);
    if (last === undefined) break;
    const unknown = await unknownOf(transport, ids);
    if (unknown.length > 0) cache.offerAgain(unknown);
    after = last;
  }
  cache.setLineageAsked(lineage);
}

/** A server of before does not answer this. */
async function unknownOf(transport: Pick<Transport, 'unknown'>, ids: string[]): Promise<string[]> {
  try {
    return await transport.unknown(ids);
  } catch (error) {
    if (error instanceof RefusedError && error.problem.status === 404) return [];
    throw error;
  }
}
