import { type Kysely, sql } from 'kysely';

/** All calls of a caller, and what is open of them: see server/followUp. */
export async function followUp(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index record_call_caller
        on record ((coalesce(fields ->> 'numberKey', fields ->> 'numberRaw')), ((fields ->> 'offeredAt')::bigint))
     where entity = 'call'`.execute(db);
  await sql`
    create index record_missed_caller
        on record ((coalesce(fields ->> 'numberKey', fields ->> 'numberRaw')))
     where entity = 'missedCall'`.execute(db);
}
