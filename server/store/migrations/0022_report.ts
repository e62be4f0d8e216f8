import { type Kysely, sql } from 'kysely';

/** Saved reports, what was delivered of them, and the daily report: see server/reports. Times are ms UTC. */
export async function report(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...saved, ...daily, ...ranges]) await statement.execute(db);
}

const saved = [
  sql`
    create table report_saved (
      id uuid primary key,
      version integer not null,
      name text not null,
      request jsonb not null,
      shared boolean not null,
      schedule jsonb,
      format text not null,
      delivery jsonb,
      by_id uuid not null,
      by_name text not null,
      changed_at bigint not null,
      next_at bigint
    )`,
  sql`create index report_saved_due on report_saved (next_at) where next_at is not null`,
  // One for each time it was due, over all nodes.
  sql`
    create table report_run (
      id uuid primary key,
      saved_id uuid not null references report_saved (id) on delete cascade,
      due_at bigint not null,
      state text not null,
      attempts integer not null default 0,
      delivered_at bigint,
      next_at bigint,
      error text,
      unique (saved_id, due_at)
    )`,
];

const daily = [
  // Only appended: what was to be reached on a day stays what it was.
  sql`
    create table daily_target (
      id uuid primary key,
      subject_kind text not null,
      subject_id text not null,
      measure text not null,
      value double precision,
      from_date text not null,
      by_id uuid not null,
      by_name text not null,
      at bigint not null
    )`,
  // Only appended: the newest counts, the others tell what it was before.
  sql`
    create table daily_entry (
      id uuid primary key,
      seq bigint generated always as identity,
      date text not null,
      subject_kind text not null,
      subject_id text not null,
      problems text not null,
      plan text not null,
      by_id uuid not null,
      by_name text not null,
      at bigint not null
    )`,
  sql`create index daily_entry_day on daily_entry (date, subject_kind, subject_id, seq)`,
];

/** Records are read by when they were made. */
const ranges = [
  sql`create index queue_entry_desk on queue_entry (entered_at) where source = 'desk'`,
  sql`create index record_ticket_made on record (((fields ->> 'createdAt')::bigint)) where entity = 'ticket'`,
  sql`create index record_complaint_made on record (((fields ->> 'createdAt')::bigint)) where entity = 'complaint'`,
  sql`create index record_sheet_made on record (((fields ->> 'at')::bigint)) where entity = 'answerSheet'`,
  sql`create index record_sheet_ticket on record ((fields ->> 'ticketId')) where entity = 'answerSheet'`,
  sql`create index record_wrap_up_made on record (((fields ->> 'savedAt')::bigint)) where entity = 'wrapUp'`,
];
