import type { TimeZone } from '#shared/domain/calls/callHours.ts';
import type { HomeCountry } from '#shared/domain/numbers/types.ts';
import { DeskError } from '#shared/result.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';

/** What everything about following up works with. */
export interface FollowUpParts {
  user: SignedInUser;
  cache: Cache;
  clock: Clock;
  home(): HomeCountry;
}

/** The time zone in which the centre works: that of its first calendar. */
export function centreZone(cache: Pick<Cache, 'part'>): TimeZone {
  return cache.part('serviceLevels').calendars[0]?.timeZone;
}

export function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) {
    throw new DeskError('not-found', `no such ${what} here`);
  }
  return value;
}
