import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

/** Told on commit of every transaction that moved a record. */
export const newsChannel = 'switchboard_news';
/** Told with the token's hash when a session ends. */
export const signedOutChannel = 'switchboard_signed_out';

/** Told with what a supervisor wants of an agent, for the agent's desks; with what a desk has answered. */
export const interventionChannel = 'switchboard_intervention';
export const interventionTakenChannel = 'switchboard_intervention_taken';

/** Delivered when the transaction commits; several in one transaction arrive as one. */
export async function notify(db: Db | Tx, channel: string, payload = ''): Promise<void> {
  await sql`select pg_notify(${channel}, ${payload})`.execute(db);
}
