import Sqlite from 'better-sqlite3';
import { DeskError } from '#shared/result.ts';
import { codeOf } from '../cacheErrors.ts';

/**
 * Holds the cache for this process until `release`. The lock is SQLite's own on an empty file: the
 * operating system drops it when the process ends, however it ends.
 * Throws `cache-locked` where another copy of the desk holds it.
 */
export function lockCache(file: string): { release(): void } {
  const db = new Sqlite(file, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      throw new DeskError('cache-locked', 'another copy of the desk holds this cache');
    }
    throw error;
  }
  return { release: () => void db.close() };
}
