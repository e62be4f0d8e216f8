import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';

/**
 * Keeps who is signed in as the centre has the user: another role, team or queue counts at once, for everything that
 * holds this `user`. A sign-in without the server begins with what the cache knows; after one with it, what was synced
 * before is older and only what comes later counts.
 */
export function followUser(
  user: SignedInUser,
  cache: Pick<Cache, 'record' | 'listen'>,
  { offline, changed }: { offline: boolean; changed(): void },
): void {
  let last = offline ? JSON.stringify(user) : JSON.stringify(synced());

  function synced(): SignedInUser | null {
    const fields = cache.record('user', user.id);
    if (!fields) return null;
    const { login, name, role, teamId, extension, queueIds } = fields;
    return { id: user.id, login, name, role, teamId, extension, queueIds };
  }

  function look(): void {
    const now = synced();
    const text = JSON.stringify(now);
    if (now === null || text === last) return;
    last = text;
    if (text === JSON.stringify(user)) return;
    Object.assign(user, now);
    changed();
  }

  look();
  cache.listen((entities) => {
    if (entities.includes('user')) look();
  });
}
