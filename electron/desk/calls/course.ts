import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { PhoneLeg } from '../../phone/phone.ts';
import { occupationAtHand } from './atHand.ts';
import type { CallContext } from './callContext.ts';

/** A call that goes on: what the phone tells of it reaches window, records and agent state. */
export function followCourse(context: CallContext, call: DeskCall, leg: PhoneLeg): DeskCall {
  const { agent, clock, book, recognize, logbook } = context;
  const isUp = leg.state === 'talking' || leg.state === 'held';
  const answeredNow = call.answeredAt === null && isUp;
  const isHeld = leg.state === 'held';
  if ((call.state === 'held') !== isHeld) book.held(call.id, isHeld);
  const becomes = recognize.becomes(call, leg);
  if (becomes) book.note(call.id, { target: recognize.targetOf(leg) });
  const next = book.update(call.id, {
    state: leg.state,
    media: leg.media,
    muted: leg.muted,
    heldSince: isHeld ? (call.heldSince ?? clock.now()) : null,
    conference: leg.conference,
    transferring: leg.transferring,
    quality: leg.quality,
    ...becomes,
    ...(answeredNow ? { answeredAt: clock.now(), ...nothingToAnswer } : {}),
  });
  if (next.kind === 'test') return next;
  // Before anything else that writes: a desk that dies now must find that the call was answered.
  if (answeredNow || becomes) logbook.record([book.recordOf(next)]);
  const isAnswer = answeredNow && next.direction === 'in';
  if (isAnswer) agent.apply({ type: 'callAnswered' }, occupationAtHand(book));
  if (call.state !== next.state || becomes) agent.occupied(occupationAtHand(book));
  return next;
}

const nothingToAnswer = { ringEndsAt: null, autoAnswerAt: null, failure: null };
