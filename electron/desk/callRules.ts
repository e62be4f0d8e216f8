import type { DeskCall, Pop } from '#shared/contract/models/calls.ts';
import type { Call, CallResult } from '#shared/domain/calls/call.ts';
import type { PhoneLeg } from '../phone/phone.ts';

/** The same customers in the same order. */
export function samePeople(one: Pop, other: Pop): boolean {
  const ids = (pop: Pop) => pop.candidates.map((candidate) => candidate.customerId).join(' ');
  return one.match === other.match && ids(one) === ids(other);
}

/**
 * A CANCEL does not say whether the caller gave up or the queue went on to the next agent; an offer
 * that lasted the whole ring time is counted as missed.
 */
export function resultOf(call: DeskCall, leg: PhoneLeg, now: number): CallResult {
  if (call.answeredAt !== null) return 'answered';
  if (call.direction === 'out' || leg.end?.how === 'failed') return 'failed';
  if (leg.end?.how === 'rejected') return 'rejected';
  if (leg.end?.how === 'elsewhere') return 'elsewhere';
  const rangOut = call.ringEndsAt !== null && now >= call.ringEndsAt - 1000;
  return rangOut ? 'missed' : 'abandoned';
}

/** Contacts of customers; offers that went on to another agent are that agent's entry. */
export function belongsOnTimeline(call: Pick<Call, 'kind' | 'direction' | 'result'>): boolean {
  if (call.kind !== 'customer') return false;
  return call.direction === 'out' || call.result === 'answered' || call.result === 'abandoned';
}
