import { type Kysely, sql } from 'kysely';

/** Each owner's records of the entities that came with the closed loop, for those who see only their own. */
export async function closedLoop(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index record_of_told on record (entity, (fields ->> 'userId'), id)
     where entity = 'notification'`.execute(db);
  await sql`
    create index record_of_writer on record (entity, (fields ->> 'byId'), id)
     where entity = 'articleFeedback'`.execute(db);
}
