import type { Calling } from '#shared/contract/methods/tasks.ts';
import { clockOfMinute, minuteAt, nextCallTime } from '#shared/domain/calls/callHours.ts';
import { callingNow, type VisitedCustomer } from '#shared/domain/tickets/returnVisit.ts';
import { DeskError } from '#shared/result.ts';
import type { Cache } from '../../cache/cache.ts';
import { readNumber } from '../pop.ts';
import { centreZone, type FollowUpParts } from './parts.ts';

/** The customer that stands for this one, as far as it matters for calling; null: nobody, or not here. */
export function calledCustomer(
  cache: Pick<Cache, 'record' | 'winnerOf' | 'groupOf' | 'followUp'>,
  customerId: string | null,
): VisitedCustomer | null {
  if (customerId === null) return null;
  const customer = cache.record('customer', cache.winnerOf(customerId));
  if (!customer) return null;
  const { name, callHours, doNotCall } = customer;
  const number = cache.followUp.numberToCall(cache.groupOf(customerId));
  return { name, callHours, doNotCall, number };
}

/** How and when a customer may be called; `numberRaw` is what to dial. */
export function callingOf(
  { cache, clock, home }: FollowUpParts,
  customerId: string | null,
  numberRaw: string | null,
): Calling {
  const customer = calledCustomer(cache, customerId);
  const timeZone = centreZone(cache);
  const now = clock.now();
  const asks = callingNow(customer, now, timeZone);
  return {
    callHours: customer?.callHours ?? null,
    doNotCall: customer?.doNotCall ?? false,
    asks: asks === 'fine' ? null : asks,
    nextAt: nextCallTime(customer?.callHours ?? null, now, timeZone),
    number: numberRaw === null ? null : readNumber(numberRaw, home()).view,
  };
}

/**
 * Throws `number-needs-consent` (details: `reason` and the hours) where the customer does not like to be called now, or
 * at all: the agent is asked first.
 */
export function assertMayCallNow(
  { cache, clock }: Pick<FollowUpParts, 'cache' | 'clock'>,
  customerId: string | null,
): void {
  const customer = calledCustomer(cache, customerId);
  const timeZone = centreZone(cache);
  const now = clock.now();
  const reason = callingNow(customer, now, timeZone);
  if (reason === 'fine') return;
  const { callHours } = customer ?? { callHours: null };
  throw new DeskError('number-needs-consent', 'the customer does not like to be called now', {
    reason,
    from: callHours ? clockOfMinute(callHours.from) : null,
    to: callHours ? clockOfMinute(callHours.to) : null,
    now: clockOfMinute(minuteAt(now, timeZone)),
  });
}
