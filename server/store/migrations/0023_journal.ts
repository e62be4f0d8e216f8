import { type Kysely, sql } from 'kysely';

/** All calls in the order in which they came, those of one journey, what came of a call; and shapes of recordings. */
export async function journal(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index record_call_time on record (((fields ->> 'offeredAt')::bigint), id)
     where entity = 'call'`.execute(db);
  await sql`
    create index record_call_ref on record ((fields ->> 'callRef')) where entity = 'call'`.execute(
    db,
  );
  await sql`
    create index record_of_call on record ((fields ->> 'callId'))
     where entity in ('ticket', 'task', 'wrapUp')`.execute(db);
  // Follows from the file and is made once; another file under the same name has another size or time.
  await sql`
    create table recording_shape (
      call_ref text primary key,
      file_bytes bigint not null,
      modified_at bigint not null,
      duration_ms bigint not null,
      peaks text not null
    )`.execute(db);
}
