import type { WrapUp } from '#shared/domain/calls/call.ts';
import { editRefusal } from '#shared/domain/calls/wrapUpRules.ts';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import type { LocalChange } from '../../cache/cache.ts';
import { type Concluded, callBack, cleanTags, titleOf } from './conclusion.ts';

type Amended = Omit<Concluded, 'ticketIds' | 'customerName'>;

/**
 * The records of a change of a saved wrap-up: what it was before joins its history, the time line and the
 * open call-back follow. Throws `not-found`, `forbidden`, `state-not-allowed`.
 */
export function amendment(amended: Amended): LocalChange[] {
  const { callId, draft, user, cache, clock } = amended;
  const saved = cache.record('wrapUp', callId);
  if (!saved) throw new DeskError('not-found', 'no such wrap-up here');
  const now = clock.now();
  refuse(saved, { userId: user.id, at: now }, amended);
  const { dispositionId, result, notes, followUpAt } = saved;
  const title = titleOf(draft.dispositionId ?? dispositionId, amended);
  const fields = {
    dispositionId: draft.dispositionId ?? dispositionId,
    result: draft.result ?? result,
    notes: draft.notes,
    followUpAt: draft.followUpAt,
    tags: cleanTags(draft.tags),
    ticketIds: [...new Set([...cache.ticketIdsOf(callId), ...draft.ticketIds])],
    edits: [
      ...saved.edits,
      { at: now, byId: user.id, before: { dispositionId, result, notes, followUpAt } },
    ],
  };
  return [
    { entity: 'wrapUp', id: callId, fields },
    {
      entity: 'contact',
      id: callId,
      fields: { title, detail: draft.notes, outcome: fields.result },
    },
    ...followUpChange(amended, saved, title, now),
  ];
}

function refuse(saved: WrapUp, by: { userId: string; at: number }, { cache }: Amended): void {
  const refusal = editRefusal(saved, by, cache.part('wrapUps'));
  if (refusal === 'not-yours')
    throw new DeskError('forbidden', 'only its author changes a wrap-up');
  if (refusal !== null) throw new DeskError('state-not-allowed', 'too late to change the wrap-up');
}

/** The open call-back moves with the date; one that is done stays as it is. */
function followUpChange(
  amended: Amended,
  saved: WrapUp,
  title: string,
  now: number,
): LocalChange[] {
  const { callId, call, draft, cache } = amended;
  if (draft.followUpAt === saved.followUpAt) return [];
  const open = cache.knowledge.followUpOf(callId);
  if (draft.followUpAt === null) {
    return open ? [{ entity: 'task', id: open, fields: { state: 'cancelled' } }] : [];
  }
  if (open) return [{ entity: 'task', id: open, fields: { dueAt: draft.followUpAt, title } }];
  const customerId = call.customerId ?? saved.customerId;
  const ticketId = saved.ticketIds[0] ?? null;
  const concluded = { ...amended, ticketIds: saved.ticketIds, customerName: null };
  const task = callBack(concluded, { title, customerId, ticketId, now });
  return [{ entity: 'task', id: newId(), fields: { ...task, dueAt: draft.followUpAt } }];
}
