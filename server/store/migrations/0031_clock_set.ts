import { type Kysely, sql } from 'kysely';

/** Stamps that many records have in common, once: half of what an import writes were the same stamps over and over. */
export async function clockSet(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table clock_set (
      id bigint generated always as identity primary key,
      clocks jsonb not null
    )`.execute(db);
  await sql`alter table clock_set alter column clocks set statistics 0`.execute(db);
  await sql`alter table record alter column clocks drop not null, add column clock_set_id bigint`.execute(
    db,
  );
  // `not valid`: every row there is has stamps of its own, and need not be looked at.
  await sql`
    alter table record add constraint record_clocks check (num_nonnulls(clocks, clock_set_id) = 1) not valid`.execute(
    db,
  );
}
