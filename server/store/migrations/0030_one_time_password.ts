import { type Kysely, sql } from 'kysely';

/** Until when a one-time password opens (null: the user has an own one), and when somebody signed in last. */
export async function oneTimePassword(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table account
      add column one_time_until bigint,
      add column signed_in_at bigint`.execute(db);
  await sql`create index session_of_user on session (user_id)`.execute(db);
}
