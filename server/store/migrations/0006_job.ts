import { type Kysely, sql } from 'kysely';

/** Work that outlives the request that asked for it: see server/jobs/jobs.ts. */
export async function job(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table job (
      id uuid primary key,
      kind text not null,
      key text,
      payload jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'running', 'failed')),
      run_at bigint not null,
      again_at bigint,
      attempts integer not null default 0,
      max_attempts integer,
      lease uuid,
      lease_until bigint,
      cancelled boolean not null default false,
      last_error text,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create unique index job_open_key on job (kind, key)
      where state in ('waiting', 'running')`.execute(db);
  await sql`create index job_due on job (kind, run_at) where state = 'waiting'`.execute(db);
  await sql`create index job_leased on job (kind, lease_until) where state = 'running'`.execute(db);
  await sql`
    create table job_period (kind text primary key, period bigint not null)`.execute(db);
}
