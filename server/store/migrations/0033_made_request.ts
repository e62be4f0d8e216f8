import { type Kysely, sql } from 'kysely';

/** What a POST has made, sealed, for whoever sends it once more. */
export async function madeRequest(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table made_request (
      asker text not null,
      key_hash text not null,
      fingerprint text not null,
      sealed text not null,
      created_at bigint not null,
      primary key (asker, key_hash)
    )`.execute(db);
}
