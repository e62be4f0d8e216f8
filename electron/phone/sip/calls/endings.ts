import { type Failure, fail } from '#shared/result.ts';
import type { PhoneLeg } from '../../phone.ts';

/** Why a leg ended; the leg adds its report. */
export type LegEnd = Omit<NonNullable<PhoneLeg['end']>, 'report'>;

export function completedBy(by: LegEnd['by']): LegEnd {
  return { by, how: 'completed', failure: null };
}

/** The call has another place now. */
export const transferredEnd: LegEnd = { by: 'agent', how: 'transferred', failure: null };

/** The path to the PBX is gone, or the PBX gave no sign in time. */
export function lostEnd(message: string): LegEnd {
  return { by: 'system', how: 'failed', failure: fail('phone-unreachable', message).error };
}

export function mediaEnd(message: string): LegEnd {
  return { by: 'system', how: 'failed', failure: fail('media-failed', message).error };
}

/**
 * End of an offered call by CANCEL. RFC 3326 §3.1: `SIP;cause=200` says that it was answered elsewhere
 * (as does the PBXs' `text="Call completed elsewhere"`).
 */
export function cancelledEnd(reasonHeader: string | undefined): LegEnd {
  const elsewhere = /^\s*SIP\s*;.*\bcause\s*=\s*200\b/iu.test(reasonHeader ?? '');
  if (elsewhere) return { by: 'system', how: 'elsewhere', failure: null };
  return { by: 'customer', how: 'cancelled', failure: null };
}

/** End of an outgoing call by a final answer of 300 or more (RFC 3261 §21.3 to §21.6). */
export function refusedEnd(statusCode: number): LegEnd {
  const failure = refusal(statusCode);
  const by = statusCode === 486 || statusCode === 600 || statusCode === 603 ? 'customer' : 'system';
  return { by, how: 'failed', failure };
}

/** What a final answer of 300 or more says of the called number. */
export function refusal(statusCode: number): Failure {
  const details = { status: statusCode };
  switch (statusCode) {
    case 486:
    case 600:
      return fail('number-busy', 'the called side is busy', details).error;
    case 404:
    case 484:
    case 604:
      return fail('number-unknown', 'nobody has this number', details).error;
    case 415:
    case 488:
    case 606:
      return fail('media-failed', 'the called side refused the audio offer', details).error;
    default:
      return fail('number-unreachable', 'the called side cannot be reached', details).error;
  }
}
