import { sql } from 'kysely';
import { type Configuration, completeConfiguration } from '#shared/domain/configuration.ts';
import { type PartKey, type PartOf, partOf } from '#shared/domain/settings/parts.ts';
import { readSetting } from './settings.ts';
import type { Db, Tx } from './store.ts';

/** What the administrator set for everybody; null in a database that has none yet. */
export async function readConfiguration(db: Db): Promise<Configuration | null> {
  const { rows } = await sql<{ value: unknown }>`
    select fields -> 'value' as value from record
     where entity = 'setting' and fields ->> 'key' = 'configuration' limit 1`.execute(db);
  return completeConfiguration(rows[0]?.value);
}

/** A part of the configuration, with what is usual where nobody has set it. */
export async function readPart<K extends PartKey>(db: Db | Tx, key: K): Promise<PartOf<K>> {
  return partOf(key, (await readSetting(db, key))?.fields.value);
}
