import { type Kysely, sql } from 'kysely';

/** Files that bring records in, and how far each is. */
export async function dataImport(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table data_import (
      id uuid primary key,
      no bigint generated always as identity unique,
      kind text not null,
      file_name text not null,
      state text not null,
      size bigint not null,
      received bigint not null default 0,
      settings jsonb,
      task text,
      job_id uuid,
      counts jsonb,
      total_bytes bigint,
      read_bytes bigint not null default 0,
      failure jsonb,
      user_id uuid not null,
      user_name text not null,
      language text not null,
      created_at bigint not null,
      changed_at bigint not null,
      ended_at bigint
    )`.execute(db);
  await sql`create index data_import_newest on data_import (created_at desc)`.execute(db);
  await sql`
    create table import_chunk (
      import_id uuid not null references data_import (id) on delete cascade,
      start bigint not null,
      bytes bytea not null,
      primary key (import_id, start)
    )`.execute(db);
  // Files are compressed already, or read once: compressing them again costs more than it saves.
  await sql`alter table import_chunk alter column bytes set storage external`.execute(db);
  await sql`
    create table import_batch (
      import_id uuid not null references data_import (id) on delete cascade,
      n integer not null,
      counts jsonb not null,
      primary key (import_id, n)
    )`.execute(db);
  await sql`
    create table import_problem (
      import_id uuid not null references data_import (id) on delete cascade,
      row_no bigint not null,
      fate text not null,
      cells jsonb not null,
      problems jsonb not null,
      primary key (import_id, row_no)
    )`.execute(db);
  await sql`
    create table import_seen (
      import_id uuid not null references data_import (id) on delete cascade,
      key text not null,
      primary key (import_id, key)
    )`.execute(db);
  // What is looked for in them has indexes, and statistics, of its own: theirs are never used and dear to gather.
  await sql`
    alter table record alter column fields set statistics 0,
                       alter column clocks set statistics 0`.execute(db);
  await sql`alter table audit add column detail text`.execute(db);
}
