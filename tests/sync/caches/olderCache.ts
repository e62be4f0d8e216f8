import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '#electron/cache/file/connection.ts';
import { testKey } from '#tests/support/cacheFixture.ts';

type Row = Record<string, string | number | null>;

/** What a cache of an earlier version held, as that version wrote it: its own schema and its own rows. */
export interface OlderCache {
  version: number;
  userId: string;
  schema: string[];
  tables: Record<string, Row[]>;
}

/** The versions of the cache's schema that were ever in use before the present one. Never edited. */
export const olderVersions = [1, 2, 3, 4, 5];

export function readOlderCache(version: number): OlderCache {
  const file = new URL(`./version${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Writes the file as it stood on the disk of that version. */
export function writeOlderCache(folder: string, { version, schema, tables }: OlderCache): void {
  const db = connect(
    { file: join(folder, 'desk.db'), key: testKey },
    { cacheKiB: 1024, checkpointPages: 1000 },
  );
  for (const statement of schema) db.exec(statement);
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      const names = Object.keys(row);
      const columns = names.map((name) => `"${name}"`).join(', ');
      const places = names.map(() => '?').join(', ');
      db.prepare(`INSERT INTO "${table}" (${columns}) VALUES (${places})`).run(Object.values(row));
    }
  }
  db.pragma(`user_version = ${version}`);
  db.close();
}
