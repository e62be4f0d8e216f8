import { type Kysely, sql } from 'kysely';

/** All calls of a caller, what is open of them, and how tasks changed hands: see server/followUp. */
export async function followUp(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index record_call_caller
        on record ((coalesce(fields ->> 'numberKey', fields ->> 'numberRaw')), ((fields ->> 'offeredAt')::bigint))
     where entity = 'call'`.execute(db);
  await sql`
    create index record_missed_caller
        on record ((coalesce(fields ->> 'numberKey', fields ->> 'numberRaw')))
     where entity = 'missedCall'`.execute(db);
  // Who gave a task to whom is asked of each task that moves, of operations without number.
  await sql`
    create index operation_of_task on operation (entity_id, received_at)
     where entity = 'task'`.execute(db);
}
