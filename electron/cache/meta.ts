import type { Database } from 'better-sqlite3';

export type MetaKey =
  | 'userId'
  | 'cursor'
  | 'serverTime'
  | 'stamp'
  | 'clockOffset'
  | 'firstSyncDone'
  /** Of the last page; and the one under which the server was last asked what it knows. */
  | 'lineage'
  | 'lineageAsked'
  /** Under which the server knows this desk, and the next one, offered and not yet confirmed; empty: none. */
  | 'instance'
  | 'instanceOffered'
  /** What the server understands, as it said last. */
  | 'serverKnows'
  /** Fields that it merges element by element, as JSON. */
  | 'serverLists'
  /** What this desk may see, in one word of the server. */
  | 'scope'
  /** Records of the first sync: those that came, and those that were to come. */
  | 'received'
  | 'total'
  /** The comparison with the server (check/progress.ts), and when the last one ended. */
  | 'check'
  | 'checkedAt'
  /** When the server's database was found to have gone back, ms UTC. */
  | 'restartedAt'
  /** Sorts behind the ids of the operations that were made before that, and not behind later ones. */
  | 'restartedBehind'
  /** `1` while the cache is open: found so at the start, it was not closed. */
  | 'open';

/** Single values about the cache itself. */
export interface Meta {
  get(key: MetaKey): string | null;
  set(key: MetaKey, value: string): void;
}

export function createMeta(db: Database): Meta {
  const select = db.prepare<[string], string>('SELECT "value" FROM meta WHERE "key" = ?').pluck();
  const upsert = db.prepare(
    `INSERT INTO meta ("key", "value") VALUES (?, ?)
      ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value"`,
  );
  return {
    get: (key) => select.get(key) ?? null,
    set: (key, value) => void upsert.run(key, value),
  };
}
