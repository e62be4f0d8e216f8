import { sql } from 'kysely';
import type { Db } from '../store.ts';

/** Another word whenever a record of these entities, of which there are few, has changed. */
export async function movesOf(db: Db, entities: readonly string[]): Promise<string> {
  const { rows } = await sql<{ word: string }>`
    select count(*)::text || '.' || coalesce(sum(version), 0)::text as word
      from record where entity = any(${[...entities]}::text[])`.execute(db);
  return rows[0]?.word ?? '';
}
