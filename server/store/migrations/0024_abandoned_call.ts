import { type Kysely, sql } from 'kysely';

/** Callers who gave up in a queue and were answered by nobody; `caller` is whose missed calls they are. */
export async function abandonedCall(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table abandoned_call (
      call_ref text primary key,
      caller text not null,
      number_raw text not null,
      number_key text,
      customer_id uuid,
      queue_id text not null,
      entered_at bigint not null,
      ended_at bigint not null
    )`.execute(db);
  await sql`create index abandoned_call_caller on abandoned_call (caller, entered_at)`.execute(db);
}
