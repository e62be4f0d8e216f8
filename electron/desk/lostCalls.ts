import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import { endedContact } from './callRecords.ts';
import { belongsOnTimeline } from './callRules.ts';
import { keepTicketDraft } from './ticketDrafts.ts';

/** More than an agent can have taken between two starts of a desk. */
const limit = 50;

/**
 * Calls that were on when the desk itself died have no end in the record. They get one, so that they
 * neither look live for ever nor drop out of the backlog, and their place on the time line, which the
 * wrap-up completes.
 */
export function closeLostCalls(cache: Cache, user: SignedInUser, now: number): void {
  for (const { callId, fields } of cache.callsWithoutEnd(user.id, limit)) {
    const result = fields.answeredAt === null ? ('failed' as const) : ('answered' as const);
    const end = { endedAt: now, endedBy: 'system' as const, result };
    const ended = { ...fields, ...end };
    cache.change(
      [
        { entity: 'call', id: callId, fields: end },
        ...(belongsOnTimeline(ended)
          ? [{ entity: 'contact' as const, id: callId, fields: endedContact(callId, ended, user) }]
          : []),
      ],
      user.id,
    );
    keepTicketDraft(cache, callId, fields.customerId);
  }
}
