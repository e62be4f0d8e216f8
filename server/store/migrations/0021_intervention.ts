import { type Kysely, sql } from 'kysely';

/** What supervisors ask of agents' desks, and which queues they have given them. Times are ms UTC. */
export async function intervention(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table intervention (
      id uuid primary key,
      at bigint not null,
      user_id uuid not null,
      asked jsonb not null,
      effect text
    )`.execute(db);
  await sql`create index intervention_at on intervention (at)`.execute(db);
  await sql`
    create table queue_member (
      user_id uuid not null,
      queue_id text not null,
      is_member boolean not null,
      penalty integer not null,
      changed_at bigint not null,
      changed_by uuid not null,
      primary key (user_id, queue_id)
    )`.execute(db);
}
