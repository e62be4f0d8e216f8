import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { AgentEvent } from '#shared/domain/agents/agentState.ts';
import { usualPhone } from '#shared/domain/configuration.ts';
import type { LocalChange } from '../../cache/cache.ts';
import type { PhoneLeg } from '../../phone/phone.ts';
import { endedContact } from '../callRecords.ts';
import { belongsOnTimeline, resultOf } from '../callRules.ts';
import { occupationAtHand } from './atHand.ts';
import type { CallContext } from './callContext.ts';
import { addCallNotice, noticeOf, noticeOfTest } from './callNotices.ts';

/** A call is over: its record, the agent's state, the wrap-up, and a word where it ended as nobody wished. */
export function endCall(context: CallContext, call: DeskCall, leg: PhoneLeg): void {
  const { book, agent, wrapUps, clock, logbook } = context;
  const now = clock.now();
  const result = resultOf(call, leg, now);
  const ended: DeskCall = {
    ...call,
    ...over,
    endedAt: now,
    endedBy: leg.end?.by ?? 'system',
    result,
    failure: leg.end?.failure ?? null,
  };
  if (call.kind === 'test') {
    book.update(call.id, ended);
    book.remove(call.id);
    if (ended.failure) context.notices.add(noticeOfTest(ended.failure));
    return;
  }
  const needsWrapUp = result === 'answered' && call.kind === 'customer';
  const event = eventOf(ended, needsWrapUp, context);
  const isDue = needsWrapUp && agent.foresee(event)?.state === 'wrapUp';

  const gaps = book.noted(call.id).recordingGaps;
  book.note(call.id, {
    report: leg.end?.report ?? null,
    recordingGaps: gaps.map((gap) => ({ ...gap, to: gap.to ?? now })),
  });
  // One change for the end and the work after it: a window never sees an ended call without its form.
  const next = book.update(call.id, {
    ...ended,
    wrapUp: needsWrapUp ? (isDue ? 'due' : 'parked') : 'none',
    wrapUpEndsAt: isDue ? wrapUps.begin(call) : null,
  });
  logbook.record(recordsOf(next, context));
  const notice = noticeOf(next, leg, book.noted(call.id).target);
  if (!needsWrapUp) book.remove(call.id);
  forgetAsked(call.id, context);
  agent.apply(event, occupationAtHand(book));
  wrapUps.settle();
  agent.occupied(occupationAtHand(book));
  if (notice) addCallNotice(context.notices, notice);
  if (call.consultFor && result !== 'answered') backTo(call.consultFor, context);
}

const over = {
  state: 'ended',
  media: 'none',
  conference: false,
  transferring: false,
  heldSince: null,
  autoAnswerAt: null,
  recording: null,
  listener: null,
} as const;

function eventOf(call: DeskCall, needsWrapUp: boolean, { configuration }: CallContext): AgentEvent {
  if (call.result === 'answered') return { type: 'callEnded', wrapUp: needsWrapUp };
  if (call.direction === 'out') return { type: 'callFailed' };
  if (call.result !== 'missed' && call.result !== 'rejected') return { type: 'offerWithdrawn' };
  const { missed } = configuration()?.phone ?? usualPhone;
  return { type: 'offerMissed', leadsTo: missed };
}

function recordsOf(call: DeskCall, { book, user }: CallContext): LocalChange[] {
  const record = book.recordOf(call);
  if (!belongsOnTimeline(call)) return [record];
  return [record, { entity: 'contact', id: call.id, fields: endedContact(call.id, call, user) }];
}

/** Calls dialled to ask somebody about this one are calls like others from now on. */
function forgetAsked(callId: string, { book }: CallContext): void {
  for (const call of book.live()) {
    if (call.consultFor === callId) book.update(call.id, { consultFor: null });
  }
}

/** Nobody was reached: the caller on hold is not left waiting for it. */
function backTo(callId: string, { book, phone, log }: CallContext): void {
  if (book.find(callId)?.state !== 'held') return;
  if (book.live().some(({ state }) => state !== 'held' && state !== 'ringing')) return;
  void phone.hold(book.legFor(callId), false).then((resumed) => {
    if (!resumed.ok) log.warn('the caller on hold was not resumed', { code: resumed.error.code });
  });
}
