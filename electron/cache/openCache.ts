import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { DeskError, fail, ok, type Result } from '#shared/result.ts';
import type { Operation } from '#shared/sync/messages.ts';
import type { Clock, Log } from '../core/providers.ts';
import type { Cache, Rebuilt } from './cache.ts';
import { isCorruption, toDeskError } from './cacheErrors.ts';
import { composeCache } from './composeCache.ts';
import { type CacheFiles, cacheFiles, removeFile, setAside } from './file/cacheFiles.ts';
import { lockCache } from './file/cacheLock.ts';
import { connect } from './file/connection.ts';
import { createIdentity, type Identity, isKeyOf, readIdentity } from './file/identity.ts';
import { migrate } from './file/migrate.ts';
import { openSafetyJournal, readSafetyJournal } from './file/safetyJournal.ts';
import { createMeta } from './meta.ts';
import { createOutbox } from './outbox/outbox.ts';
import {
  joined,
  lastDrafts,
  type Outstanding,
  outstanding,
  outstandingIn,
  outstandingLines,
  readDrafts,
} from './outbox/outstanding.ts';
import { restoreOperation } from './records/localChange.ts';
import { createOverlay } from './records/overlay.ts';
import { createRecordStore } from './records/recordStore.ts';

export interface CacheOptions {
  /** Absolute path of the database; its companions stand beside it. */
  file: string;
  /** 32 bytes as 64 hex digits. */
  key: string;
  /** Whose records these are: a cache serves one user. */
  userId: string;
  clock: Clock;
  log: Log;
  /** Where a bundle keeps the worker's entry; without it, beside this module. */
  workerUrl?: URL;
}

/** Memory for pages of the database on the main thread, KiB. */
const mainCacheKiB = 16_384;
/** The worker checkpoints; this thread only where the worker has not run for long. */
const mainCheckpointPages = 8000;

/**
 * Opens the cache of one user, brings it to the newest schema, or builds it anew where the file is
 * damaged (`rebuilt()` tells). Fails with `cache-locked`, `cache-wrong-key`, `cache-from-future`,
 * `disk-full`, `data-not-writable`, `forbidden` (the cache of another user), `internal`.
 */
export async function openCache(options: CacheOptions): Promise<Result<Cache>> {
  const files = cacheFiles(options.file);
  let release = () => {};
  try {
    release = lockCache(files.lock).release;
    const identity = identityOf(files, options);
    const { db, rebuilt } = openDatabase(files, options);
    return ok(composeCache({ ...options, files, db, identity, rebuilt, release }));
  } catch (thrown) {
    release();
    const error = toDeskError(thrown);
    if (error instanceof DeskError) return fail(error.code, error.message, error.details);
    return fail('internal', error instanceof Error ? error.message : String(error));
  }
}

function identityOf(files: CacheFiles, { key }: CacheOptions): Identity {
  const identity = readIdentity(files.identity);
  if (!identity) {
    // Without the check a file that does not open says nothing: the journal knows the key as well.
    if (existsSync(files.database) && readSafetyJournal(files.journal, key).foreign) wrongKey();
    return createIdentity(files.identity, key);
  }
  if (!isKeyOf(identity, key)) wrongKey();
  return identity;
}

function wrongKey(): never {
  throw new DeskError('cache-wrong-key', 'this cache was made with another key');
}

function openDatabase(
  files: CacheFiles,
  options: CacheOptions,
): { db: Database; rebuilt: Rebuilt | null } {
  try {
    return { db: openSound(files, options), rebuilt: null };
  } catch (error) {
    if (!isCorruption(error)) throw error;
    options.log.error('the local cache is damaged and is built anew', { error: String(error) });
    return rebuild(files, options);
  }
}

function openSound(files: CacheFiles, options: CacheOptions): Database {
  const { key, userId } = options;
  const db = connect(
    { file: files.database, key },
    { cacheKiB: mainCacheKiB, checkpointPages: mainCheckpointPages },
  );
  try {
    migrate(db);
    checkWhole(db, files);
    checkOwner(db, userId);
    createRecordStore(db).adopt();
    recover(db, files, options);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Reading a large cache through takes seconds, so only where damage has been seen. */
function checkWhole(db: Database, files: CacheFiles): void {
  if (!existsSync(files.suspect)) return;
  const verdict = db.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw corrupt(String(verdict));
  removeFile(files.suspect);
}

function corrupt(message: string): Error {
  return Object.assign(new Error(message), { code: 'SQLITE_CORRUPT' });
}

function checkOwner(db: Database, userId: string): void {
  const meta = createMeta(db);
  const owner = meta.get('userId');
  if (owner === null) meta.set('userId', userId);
  else if (owner !== userId) throw new DeskError('forbidden', 'this cache belongs to another user');
}

/**
 * What only this desk has must be readable before work goes on. The journal is on the disk before
 * the database is: what a power failure took back in the database is put back from it.
 */
function recover(db: Database, files: CacheFiles, { key, clock, log }: CacheOptions): void {
  const own = outstanding(db);
  const known = new Set(own.operations.map(({ id }) => id));
  const { lines } = readSafetyJournal(files.journal, key);
  const lost = outstandingIn(lines).operations.filter(({ id }) => !known.has(id));
  const drafts = [...lastDrafts(lines)].filter(
    ([name, json]) => json !== (own.drafts.get(name) ?? null),
  );
  if (lost.length + drafts.length === 0) return;
  const counts = { operations: lost.length, drafts: drafts.length };
  log.warn('changes were put back from the safety journal', counts);
  restore(db, { operations: lost, drafts: new Map(drafts) }, clock.now());
}

function rebuild(files: CacheFiles, options: CacheOptions): { db: Database; rebuilt: Rebuilt } {
  const fromJournal = outstandingIn(readSafetyJournal(files.journal, options.key).lines);
  const own = joined(salvage(files, options), fromJournal);
  const aside = setAside(files, options.clock.now());
  removeFile(files.suspect);
  const db = openSound(files, options);
  restore(db, own, options.clock.now());
  const journal = openSafetyJournal(files.journal, options.key);
  journal.rewrite(outstandingLines(own));
  journal.close();
  const rebuilt = {
    setAside: aside,
    operations: own.operations.length,
    drafts: own.drafts.size,
  };
  options.log.warn('the local cache was built anew', { ...rebuilt });
  return { db, rebuilt };
}

/** Reads from the damaged file what can still be read. */
function salvage(files: CacheFiles, { key, log }: CacheOptions): Outstanding {
  try {
    const db = connect({ file: files.database, key }, { cacheKiB: 1024, checkpointPages: 0 });
    try {
      return salvaged(db);
    } finally {
      db.close();
    }
  } catch (error) {
    log.warn('nothing could be read from the damaged cache', { error: String(error) });
    return { operations: [], drafts: new Map() };
  }
}

/** Either table may be the damaged one. */
function salvaged(db: Database): Outstanding {
  const own: Outstanding = { operations: [], drafts: new Map() };
  const attempts = [
    () => Object.assign(own, { operations: createOutbox(db).all() }),
    () => Object.assign(own, { drafts: readDrafts(db) }),
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch {
      // The journal has a copy.
    }
  }
  return own;
}

function restore(
  db: Database,
  own: { operations: Operation[]; drafts: ReadonlyMap<string, string | null> },
  now: number,
): void {
  const store = createRecordStore(db);
  const outbox = createOutbox(db);
  const overlay = createOverlay(db, store, outbox);
  const putDraft = db.prepare(
    'INSERT OR REPLACE INTO draft ("key", "json", "savedAt") VALUES (?, ?, ?)',
  );
  const removeDraft = db.prepare('DELETE FROM draft WHERE "key" = ?');
  db.transaction(() => {
    for (const operation of own.operations) {
      restoreOperation({ store, overlay, outbox }, operation);
    }
    for (const [key, json] of own.drafts) {
      if (json === null) removeDraft.run(key);
      else putDraft.run(key, json, now);
    }
  }).immediate();
}
