import type { Notice } from '#shared/contract/models/desk.ts';
import type { Call } from '#shared/domain/calls/call.ts';
import { dialTarget } from '#shared/domain/calls/dialPolicy.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import { endedContact } from './callRecords.ts';
import { belongsOnTimeline } from './callRules.ts';
import { noticeOfLost } from './calls/callNotices.ts';
import type { Logbook } from './logbook.ts';
import { readNumber } from './pop.ts';
import { keepTicketDraft } from './ticketDrafts.ts';

/** More than an agent can have taken between two starts of a desk. */
const limit = 50;

/** A call that began longer ago was not cut off just now. */
const recentMs = 60 * 60_000;

/**
 * Calls that were on when the desk itself died have no end in the record. They get one, so that they
 * neither look live for ever nor drop out of the backlog, and their place on the time line, which the
 * wrap-up completes. Returns what the agent is to be told: whom to call again.
 */
export function closeLostCalls(
  { cache, logbook, user }: { cache: Cache; logbook: Logbook; user: SignedInUser },
  home: HomeCountry,
  now: number,
): Notice[] {
  return cache.callsWithoutEnd(user.id, limit).flatMap(({ callId, fields }) => {
    const result = fields.answeredAt === null ? ('failed' as const) : ('answered' as const);
    const end = { endedAt: now, endedBy: 'system' as const, result };
    const ended = { ...fields, ...end };
    const recordingGaps = fields.recordingGaps.map((gap) => ({ ...gap, to: gap.to ?? now }));
    logbook.record([
      { entity: 'call', id: callId, fields: { ...end, recordingGaps } },
      ...(belongsOnTimeline(ended)
        ? [{ entity: 'contact' as const, id: callId, fields: endedContact(callId, ended, user) }]
        : []),
    ]);
    logbook.enter(() => keepTicketDraft(cache, callId, fields.customerId));
    const wasOn = fields.answeredAt !== null && now - fields.offeredAt < recentMs;
    return wasOn ? [lostCallNotice(callId, fields, home)] : [];
  });
}

function lostCallNotice(callId: string, call: Call, home: HomeCountry): Notice {
  const { parsed, view } = readNumber(call.numberRaw, home);
  return noticeOfLost(callId, view.display, dialTarget(parsed), call.customerId);
}
