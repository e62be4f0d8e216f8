import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';

/** More than an agent can have taken between two starts of a desk. */
const limit = 50;

/**
 * Calls that were on when the desk itself died have no end in the record. They get one, so that they
 * neither look live for ever nor drop out of the backlog.
 */
export function closeLostCalls(cache: Cache, user: SignedInUser, now: number): void {
  for (const { callId, fields } of cache.callsWithoutEnd(user.id, limit)) {
    const result = fields.answeredAt === null ? 'failed' : 'answered';
    cache.change(
      [{ entity: 'call', id: callId, fields: { endedAt: now, endedBy: 'system', result } }],
      user.id,
    );
  }
}
