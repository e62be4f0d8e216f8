import type { Cache } from '#electron/cache/cache.ts';
import type { Clock, Log } from '#electron/core/providers.ts';
import { addressesIn } from '#electron/sync/servers.ts';
import type { Sync } from '#electron/sync/sync.ts';
import { createSync } from '#electron/sync/syncClient.ts';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { openedCache, quietLog, systemClock, temporaryFolder } from './cacheFixture.ts';
import { ServerClient } from './serverClient.ts';

export interface SyncDesk {
  cache: Cache;
  sync: Sync;
  user: SignedInUser;
  token: string;
  /** Resolves with the first status, from now on, that fits. */
  until(fits: (status: SyncStatus, cache: Cache) => boolean): Promise<SyncStatus>;
  stop(): Promise<void>;
}

export interface SyncDeskOptions {
  /** Where its files are, and stay; without it, a folder that goes with the desk. */
  folder?: string;
  clock?: Clock;
  log?: Log;
}

/**
 * One user's cache and sync client against a running server, without the rest of a desk. `serverUrl` may be several
 * addresses (servers.ts): it signs in at the first one.
 */
export async function startSyncDesk(
  serverUrl: string,
  login: string,
  { folder: kept, clock = systemClock, log = quietLog }: SyncDeskOptions = {},
): Promise<SyncDesk> {
  const folder = kept === undefined ? temporaryFolder() : { path: kept, remove: () => {} };
  const [address = ''] = addressesIn(serverUrl);
  const { user, token } = await new ServerClient(address).signIn(login);
  const cache = await openedCache(folder.path, { userId: user.id, clock });
  const sync = createSync({ cache, serverUrl, clock, log });
  return {
    cache,
    sync,
    user,
    token,
    until: (fits) => untilStatus(cache, sync, fits),
    async stop() {
      await sync.stop();
      await cache.close();
      folder.remove();
    },
  };
}

function untilStatus(
  cache: Cache,
  sync: Sync,
  fits: (status: SyncStatus, cache: Cache) => boolean,
): Promise<SyncStatus> {
  return new Promise((resolve) => {
    let stop = () => {};
    const look = (status: SyncStatus) => {
      if (!fits(status, cache)) return;
      stop();
      resolve(status);
    };
    stop = sync.listen(look);
    look(sync.status());
  });
}

export const isIdle = ({ state, waiting }: SyncStatus) => state === 'online' && waiting === 0;
