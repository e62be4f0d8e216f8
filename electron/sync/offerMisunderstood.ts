import type { Cache } from '../cache/cache.ts';

/** Reasons that say no more than that the server is of another version, perhaps. */
const ofVersion = new Set(['unknown-entity', 'invalid-fields']);

/**
 * Offers again what the server did not understand, once it understands something else than before (`knows`): it was
 * upgraded. What it refuses still stands before its author as it did.
 */
export function offerMisunderstood(
  cache: Pick<Cache, 'outbox' | 'retryRefused' | 'serverKnows' | 'setServerKnows'>,
  knows: string,
): void {
  if (cache.serverKnows() === knows) return;
  for (const { operationId, reason } of cache.outbox().refused) {
    if (ofVersion.has(reason)) cache.retryRefused(operationId);
  }
  cache.setServerKnows(knows);
}
