import { type Kysely, sql } from 'kysely';

/** Every start of a server, by which a restored backup is noticed: see docs/sync.md. */
export async function lineage(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table lineage (
      token text primary key,
      xid xid8 not null default pg_current_xact_id()
    )`.execute(db);
  await sql`create index lineage_order on lineage (xid)`.execute(db);
}
