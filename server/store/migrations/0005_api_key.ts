import { type Kysely, sql } from 'kysely';

/** Keys of other programs, what they asked with an Idempotency-Key, their names for records; and what they look up. */
export async function apiKey(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table api_key (
      id uuid primary key,
      name text not null,
      prefix text not null unique,
      secret_hash text not null,
      scopes jsonb not null,
      requests_per_minute integer not null,
      created_at bigint not null,
      created_by uuid not null,
      created_by_name text not null,
      expires_at bigint,
      last_used_at bigint,
      revoked_at bigint,
      revoked_by_name text
    )`.execute(db);
  await sql`
    create table idempotent_request (
      api_key_id uuid not null references api_key (id),
      idempotency_key text not null,
      fingerprint text not null,
      operation_id uuid not null,
      record_id uuid not null,
      answer text,
      created_at bigint not null,
      primary key (api_key_id, idempotency_key)
    )`.execute(db);
  await sql`create index idempotent_request_age on idempotent_request (created_at)`.execute(db);
  await sql`
    create table external_id (
      entity text not null,
      external_id text not null,
      record_id uuid not null,
      primary key (entity, external_id)
    )`.execute(db);
  await sql`create index external_id_of on external_id (entity, record_id)`.execute(db);
  await sql`create index record_entity_feed on record (entity, xid, seq)`.execute(db);
  await sql`
    create index record_of_customer on record ((fields ->> 'customerId'))
      where entity in ('contactPoint', 'contact', 'order', 'ticket', 'task', 'call', 'wrapUp')`.execute(
    db,
  );
  await sql`
    create index record_number on record ((coalesce(fields ->> 'normal', fields ->> 'numberKey')))
      where entity in ('contactPoint', 'call')`.execute(db);
  await sql`
    create index record_no on record ((fields ->> 'no'))
      where entity in ('customer', 'order', 'ticket')`.execute(db);
  await sql`
    create index record_of_parent on record ((coalesce(fields ->> 'ticketId', fields ->> 'callId')))
      where entity in ('ticketEvent', 'wrapUp')`.execute(db);
}
