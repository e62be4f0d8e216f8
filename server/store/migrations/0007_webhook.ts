import { type Kysely, sql } from 'kysely';

/**
 * What other programs are told. The feed of records holds only the newest state of each; what happened in between
 * stands in `webhook_outbox`, written by triggers in the very transaction of the change, and only while somebody
 * wants to know.
 */
export async function webhook(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook (
      id uuid primary key,
      url text not null,
      description text not null,
      events jsonb not null,
      entities text[] not null,
      scopes jsonb not null,
      active boolean not null,
      stopped text check (stopped in ('gone', 'failing')),
      secret text not null,
      previous_secret text,
      previous_until bigint,
      failures integer not null default 0,
      failing_since bigint,
      pause_until bigint,
      delivered_at bigint,
      created_at bigint not null,
      created_by_name text not null
    )`.execute(db);
  await sql`
    create table webhook_event (
      id uuid primary key,
      type text not null,
      at bigint not null,
      record_id uuid not null,
      record_version integer not null,
      changed jsonb not null,
      fields jsonb not null
    )`.execute(db);
  await sql`
    create table webhook_delivery (
      id uuid primary key,
      position bigint not null generated always as identity,
      webhook_id uuid not null references webhook (id) on delete cascade,
      event_id uuid not null references webhook_event (id),
      state text not null check (state in ('waiting', 'delivered', 'dead')),
      attempts integer not null default 0,
      next_at bigint,
      last_at bigint,
      last_failure text,
      last_status integer,
      last_answer text,
      last_took_ms integer,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create index webhook_delivery_due on webhook_delivery (webhook_id, next_at, position)
      where state = 'waiting'`.execute(db);
  // The next one in the order of the commits, however many wait.
  await sql`
    create index webhook_delivery_order on webhook_delivery (webhook_id, position)
      where state = 'waiting'`.execute(db);
  await sql`
    create index webhook_delivery_list on webhook_delivery (webhook_id, position desc)`.execute(db);
  await sql`
    create index webhook_delivery_dead on webhook_delivery (webhook_id, position desc)
      where state = 'dead'`.execute(db);
  await sql`create index webhook_delivery_of_event on webhook_delivery (event_id)`.execute(db);
  await outbox(db);
}

async function outbox(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_outbox (
      xid xid8 not null default pg_current_xact_id(),
      seq bigint not null generated always as identity,
      entity text not null,
      id uuid not null,
      version integer not null,
      at bigint not null,
      before jsonb,
      after jsonb not null,
      primary key (xid, seq)
    )`.execute(db);
  await sql`
    create function note_new_records() returns trigger language plpgsql as $$
    declare wanted text[];
    begin
      select array_agg(distinct entity) into wanted
        from webhook, unnest(entities) as entity where active;
      if wanted is null then return null; end if;
      insert into webhook_outbox (entity, id, version, at, before, after)
      select entity, id, version, updated_at, null, fields
        from appeared where entity = any (wanted) order by seq;
      return null;
    end $$`.execute(db);
  await sql`
    create function note_changed_records() returns trigger language plpgsql as $$
    declare wanted text[];
    begin
      select array_agg(distinct entity) into wanted
        from webhook, unnest(entities) as entity where active;
      if wanted is null then return null; end if;
      insert into webhook_outbox (entity, id, version, at, before, after)
      select now.entity, now.id, now.version, now.updated_at, was.fields, now.fields
        from is_now as now join was on was.entity = now.entity and was.id = now.id
       where now.entity = any (wanted) and now.version <> was.version
       order by now.seq;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger note_new after insert on record referencing new table as appeared
      for each statement execute function note_new_records()`.execute(db);
  await sql`
    create trigger note_changed after update on record
      referencing old table as was new table as is_now
      for each statement execute function note_changed_records()`.execute(db);
}
