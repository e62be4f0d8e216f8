import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';

/**
 * Keeps who is signed in as the centre has the user: another role, team or queue counts at once, for everything that
 * holds this `user`; the phone stays at the extension that it was signed in with, and the user is told of another. A sign-in without the server begins with what the cache knows; after one with it, what was synced
 * before is older and only what comes later counts.
 */
export function followUser(
  user: SignedInUser,
  cache: Pick<Cache, 'record' | 'listen'>,
  {
    offline,
    changed,
    extensionMoved,
  }: {
    offline: boolean;
    changed(): void;
    /** Whether the centre has another extension for the next sign-in. */
    extensionMoved(moved: boolean): void;
  },
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
    extensionMoved(now.extension !== user.extension);
    const next = { ...now, extension: user.extension };
    if (JSON.stringify(next) === JSON.stringify(user)) return;
    Object.assign(user, next);
    changed();
  }

  look();
  cache.listen((entities) => {
    if (entities.includes('user')) look();
  });
}
