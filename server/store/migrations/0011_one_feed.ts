import { type Kysely, sql } from 'kysely';

/**
 * One index for the feed of all and for the feed of one entity: passing an entry of another entity costs no look at its
 * row, and each write one entry less.
 */
export async function oneFeed(db: Kysely<unknown>): Promise<void> {
  await sql`create index record_feed_by_entity on record (xid, seq, entity)`.execute(db);
  await sql`drop index record_feed`.execute(db);
  await sql`drop index record_entity_feed`.execute(db);
  await sql`alter index record_feed_by_entity rename to record_feed`.execute(db);
}
