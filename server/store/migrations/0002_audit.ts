import { type Kysely, sql } from 'kysely';

/** Who did what to whom, in a table that only grows. */
export async function audit(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit (
      id uuid primary key,
      at bigint not null,
      action text not null,
      user_id uuid,
      user_name text not null,
      device text,
      agent_id uuid,
      agent_name text not null,
      call_ref text,
      mode text,
      reason text
    )`.execute(db);
  await sql`create index audit_at on audit (at desc, id desc)`.execute(db);
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit is only appended';
    end $$`.execute(db);
  await sql`
    create trigger audit_append_only before update or delete or truncate on audit
      for each statement execute function refuse_audit_change()`.execute(db);
}
