import { type Kysely, sql } from 'kysely';

/** Records, operations, accounts and sessions. */
export async function base(db: Kysely<unknown>): Promise<void> {
  await sql`create sequence change_seq as bigint`.execute(db);
  await sql`
    create table record (
      entity text not null,
      id uuid not null,
      version integer not null check (version > 0),
      fields jsonb not null,
      clocks jsonb not null,
      xid xid8 not null default pg_current_xact_id(),
      seq bigint not null default nextval('change_seq'),
      created_at bigint not null,
      updated_at bigint not null,
      primary key (entity, id)
    )`.execute(db);
  await sql`create index record_feed on record (xid, seq)`.execute(db);
  await sql`
    create table operation (
      id uuid primary key,
      device text not null,
      author uuid not null,
      entity text not null,
      entity_id uuid not null,
      base_version bigint,
      clock text not null,
      made_at bigint not null,
      received_at bigint not null,
      fields jsonb not null,
      outcome text not null,
      version integer,
      reason text,
      message text,
      lost jsonb not null default '[]'
    )`.execute(db);
  await sql`create index operation_of_record on operation (entity, entity_id, received_at)`.execute(
    db,
  );
  await sql`
    create table account (
      user_id uuid primary key,
      login_key text not null unique,
      password_hash text not null,
      sip_password text
    )`.execute(db);
  await sql`
    create table session (
      token_hash text primary key,
      user_id uuid not null references account (user_id),
      device text not null,
      created_at bigint not null,
      expires_at bigint not null
    )`.execute(db);
  await sql`create index session_expiry on session (expires_at)`.execute(db);
  await sql`
    create table sign_in_attempt (
      login_key text primary key,
      failures integer not null,
      last_at bigint not null,
      locked_until bigint
    )`.execute(db);
  await sql`create table counter (name text primary key, value bigint not null)`.execute(db);
  await sql`create table meta (key text primary key, value text not null)`.execute(db);
}
