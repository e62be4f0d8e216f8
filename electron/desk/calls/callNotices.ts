import type { DeskCall } from '#shared/contract/models/calls.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import type { Failure } from '#shared/result.ts';
import type { Notices } from '../../core/notices.ts';
import type { PhoneLeg } from '../../phone/phone.ts';

/** A notice about a call names its number: it is for the agent who was on it, not for the next one here. */
export function isOfCall(noticeId: string): boolean {
  return /^(lost|dial):/.test(noticeId);
}

/** Of whoever dials a long list only the last are told to be called again: nobody reads more. */
const mostOfCalls = 20;

export function addCallNotice(notices: Notices, notice: Notice): void {
  notices.add(notice);
  const ofCalls = notices.list().filter(({ id }) => isOfCall(id));
  for (const { id } of ofCalls.slice(0, -mostOfCalls)) notices.remove(id);
}

/** Who was lost or not reached is being dialled again: what was told of it has served. */
export function takeBackNotices(notices: Pick<Notices, 'list' | 'remove'>, target: string): void {
  for (const { id, failure } of notices.list()) {
    if (isOfCall(id) && failure.details?.dial === target) notices.remove(id);
  }
}

/** What the agent has to be told of an ending, if anything. */
export function noticeOf(call: DeskCall, leg: PhoneLeg, target: string | null): Notice | null {
  const { display } = call.number;
  if (call.result === 'answered' && leg.end?.how === 'failed') {
    return noticeOfLost(call.id, display, target, call.customerId);
  }
  const { failure } = call;
  if (call.direction === 'in' || call.result !== 'failed' || !failure) return null;
  const again = { number: display, dial: target, customerId: call.customerId };
  return {
    id: `dial:${call.id}`,
    level: 'warning',
    failure: { ...failure, details: { ...failure.details, ...again } },
  };
}

const testNoticeId = 'dial:test';

/** Why the echo was not reached: there is no call left to say it. */
export function noticeOfTest(failure: Failure): Notice {
  return { id: testNoticeId, level: 'warning', failure };
}

/** Another try is on. */
export function takeBackTestNotice(notices: Pick<Notices, 'remove'>): void {
  notices.remove(testNoticeId);
}

/** A call was cut off. `details.dial` is what to dial to reach the far side again, null where it is withheld. */
export function noticeOfLost(
  callId: string,
  number: string,
  dial: string | null,
  customerId: string | null,
): Notice {
  return {
    id: `lost:${callId}`,
    level: 'warning',
    failure: {
      code: 'call-lost',
      message: 'the call was cut off',
      details: { number, dial, customerId },
    },
  };
}
