import { type Kysely, sql } from 'kysely';

/** Which run of each desk was heard last, by which a copied desk is noticed: see docs/sync.md. */
export async function device(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table device (
      id text primary key,
      instance text not null,
      user_id uuid not null,
      seen_at bigint not null
    )`.execute(db);
}
