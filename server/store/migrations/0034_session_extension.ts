import { type Kysely, sql } from 'kysely';

/** The extension that a session was signed in with; null in sessions of before, empty where there was none. */
export async function sessionExtension(db: Kysely<unknown>): Promise<void> {
  await sql`alter table session add column extension text`.execute(db);
}
