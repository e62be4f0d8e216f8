import { closeSync, existsSync, openSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';

export interface Access {
  file: string;
  /** Raw key of 32 bytes as 64 hex digits. */
  key: string;
}

const keyPattern = /^[0-9a-f]{64}$/i;

/** How long a writer waits for the other thread's transaction, ms. */
const busyTimeoutMs = 10_000;

/**
 * Opens the encrypted file: every page under AEGIS-256 with a tag of its own, raw key, so that no
 * passphrase is stretched at every start. A page is read in a third of the time that SQLCipher's
 * AES-CBC with HMAC takes, and the pop reads pages.
 * Commits are not forced to the disk one by one (`synchronous = NORMAL`): a power failure takes back
 * the last ones, whole and in their order. What came from the server is then fetched again, because
 * the cursor went back with it; what was made here is put back from the safety journal, which is on
 * the disk before a change is committed. So a change costs one forced write, not two.
 */
export function connect(
  { file, key }: Access,
  use: { cacheKiB: number; checkpointPages: number },
): Database {
  if (!keyPattern.test(key)) throw new Error('the key of the cache must be 64 hex digits');
  // Nobody else on this machine needs to see even the encrypted file; its companions take over the mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  const db = new Sqlite(file, { timeout: busyTimeoutMs });
  try {
    db.pragma(`cipher = 'aegis'`);
    db.pragma(`algorithm = 'aegis-256'`);
    db.pragma(`key = "x'${key}'"`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma(`cache_size = -${use.cacheKiB}`);
    db.pragma(`wal_autocheckpoint = ${use.checkpointPages}`);
    db.pragma('journal_size_limit = 67108864');
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
