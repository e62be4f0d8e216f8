import type { Database } from 'better-sqlite3';
import { tables } from './tables.ts';

/**
 * What the server sends from now on counts, even under a lower version than the record has here: the server's
 * database was restored from a backup. 1 is the lowest version a server gives.
 */
export function forgetVersions(db: Database): void {
  const names = [...Object.values(tables).map(({ name }) => name), 'other_record', 'server_record'];
  db.transaction(() => {
    for (const name of names) {
      db.exec(`UPDATE "${name}" SET "version" = 1 WHERE "version" > 1`);
    }
  }).immediate();
}
