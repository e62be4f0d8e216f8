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
 * Opens the encrypted file (SQLCipher, raw key, so that no passphrase is stretched at every start).
 * `durable`: every commit reaches the disk before it returns. Pages from the server do not need
 * that: rows and cursor are lost together, and are fetched again.
 */
export function connect(
  { file, key }: Access,
  use: { durable: boolean; cacheKiB: number; checkpointPages: number },
): Database {
  if (!keyPattern.test(key)) throw new Error('the key of the cache must be 64 hex digits');
  const db = new Sqlite(file, { timeout: busyTimeoutMs });
  try {
    db.pragma(`cipher = 'sqlcipher'`);
    db.pragma(`key = "x'${key}'"`);
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${use.durable ? 'FULL' : 'NORMAL'}`);
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
