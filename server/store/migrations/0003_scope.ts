import { type Kysely, sql } from 'kysely';

/** What it takes to show each desk its records alone: who saw a record before, and each owner's records. */
export async function scope(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record add column former text[]`.execute(db);
  await sql`
    create index record_of_agent on record (entity, (fields ->> 'agentId'), id)
     where entity in ('call', 'wrapUp')`.execute(db);
  await sql`
    create index record_of_user on record (entity, (fields ->> 'userId'), id)
     where entity = 'agentInterval'`.execute(db);
  await sql`
    create index record_of_owner on record (entity, (fields ->> 'ownerId'), id)
     where entity = 'task'`.execute(db);
  await sql`
    create index user_by_team on record ((fields ->> 'teamId')) where entity = 'user'`.execute(db);
}
