import { type Kysely, sql } from 'kysely';

/** Bytes of attachments under their SHA-256, in pieces: every node on the database has them. */
export async function attachmentBlob(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table attachment_blob (
      sha256 text primary key,
      bytes bigint not null,
      mime text not null,
      created_at bigint not null
    )`.execute(db);
  await sql`
    create table attachment_chunk (
      sha256 text not null references attachment_blob (sha256) on delete cascade,
      start integer not null,
      bytes bytea not null,
      primary key (sha256, start)
    )`.execute(db);
  // Packing what is packed already costs time and saves nothing.
  await sql`alter table attachment_chunk alter column bytes set storage external`.execute(db);
  await sql`
    create index record_attachment_hash on record ((fields ->> 'sha256'))
     where entity = 'attachment'`.execute(db);
}
