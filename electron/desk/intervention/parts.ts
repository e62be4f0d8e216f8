import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../../cache/cache.ts';
import type { Clock } from '../../core/providers.ts';

export interface InterventionParts {
  user: SignedInUser;
  cache: Pick<Cache, 'change' | 'intervention' | 'listen' | 'record'>;
  clock: Pick<Clock, 'now'>;
}
