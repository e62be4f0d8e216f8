import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import type { Failure } from '#shared/result.ts';
import { type BlobStore, createBlobStore } from '../attachments/blobStore.ts';
import type { Cache } from '../cache/cache.ts';
import { setAsideLocked } from '../cache/file/cacheFiles.ts';
import { openCache } from '../cache/openCache.ts';
import { cacheKeyOf, unwrap } from '../session/session.ts';
import type { Providers } from './providers.ts';

export interface UserCacheOptions extends Pick<Providers, 'secrets' | 'clock' | 'log' | 'dataDir'> {
  userId: string;
  workerUrl?: URL | undefined;
}

export interface UserCache {
  cache: Cache;
  /** Files of tickets, under the same key. */
  blobs: BlobStore;
  /** What the agent should know of how it was opened. */
  notice: Notice | null;
}

/**
 * Opens the cache of one user. One whose key is lost is set aside whole and read again from the
 * server, so that the agent can work; with the right key in its place it could be opened again.
 * Throws `DeskError` with the codes of `openCache`, without `cache-wrong-key`.
 */
export async function openUserCache(options: UserCacheOptions): Promise<UserCache> {
  const { secrets, clock, log, userId } = options;
  const folder = join(options.dataDir, 'cache');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${userId}.db`);
  const key = await cacheKeyOf(secrets, userId);
  const open = () =>
    openCache({
      file,
      key,
      userId,
      clock,
      log,
      ...(options.workerUrl ? { workerUrl: options.workerUrl } : {}),
    });

  const blobs = createBlobStore(join(folder, `${userId}.files`), key);
  const opened = await open();
  if (!opened.ok && opened.error.code === 'cache-wrong-key') {
    const aside = setAsideLocked(file, clock.now());
    log.error('the local cache was made with another key and is built anew', { aside });
    return {
      cache: unwrap(await open()),
      blobs,
      notice: notice('cache-wrong-key', { file: aside }),
    };
  }
  const cache = unwrap(opened);
  const rebuilt = cache.rebuilt();
  if (!rebuilt) return { cache, blobs, notice: null };
  const saved = rebuilt.operations + rebuilt.drafts;
  return { cache, blobs, notice: notice('cache-corrupt', { file: rebuilt.setAside, saved }) };
}

function notice(code: ErrorCode, details: NonNullable<Failure['details']>): Notice {
  const failure = { code, message: 'the local copy is being built anew', details };
  return { id: 'cache-rebuilt', level: 'warning', failure };
}
