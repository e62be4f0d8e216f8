import type { SignedInUser } from '#shared/sync/messages.ts';
import type { FeedScope } from '../store/feed.ts';

/**
 * What a user may see, decided here alone: every signed-in user sees every record of the house, of
 * which none carries a secret.
 */
export function scopeOf(_user: SignedInUser): FeedScope {
  return { records: 'all' };
}
