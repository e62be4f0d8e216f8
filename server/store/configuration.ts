import { sql } from 'kysely';
import { type Configuration, completeConfiguration } from '#shared/domain/configuration.ts';
import type { Db } from './store.ts';

/** What the administrator set for everybody; null in a database that has none yet. */
export async function readConfiguration(db: Db): Promise<Configuration | null> {
  const { rows } = await sql<{ value: unknown }>`
    select fields -> 'value' as value from record
     where entity = 'setting' and fields ->> 'key' = 'configuration' limit 1`.execute(db);
  return completeConfiguration(rows[0]?.value);
}
