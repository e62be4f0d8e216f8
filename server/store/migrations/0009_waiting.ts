import { type Kysely, sql } from 'kysely';

/**
 * Operations are looked up by their record only while they wait for it. An index of those few costs the writing of all
 * others nothing.
 */
export async function waiting(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index operation_waiting on operation (entity, entity_id)
     where outcome = 'applied' and version is null`.execute(db);
  await sql`drop index operation_of_record`.execute(db);
}
