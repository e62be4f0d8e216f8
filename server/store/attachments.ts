import { sql } from 'kysely';
import type { Db } from './store.ts';

/** Bytes of one row: a file of 20 MiB is read piece by piece. */
const chunkBytes = 524_288;

/** What the record of an attachment says of the bytes behind it. */
export interface NamedFile {
  bytes: number;
  mime: string;
}

/** The first attachment under this SHA-256; null where no record names it. */
export async function fileNamed(db: Db, sha256: string): Promise<NamedFile | null> {
  const { rows } = await sql<NamedFile>`
    select (fields ->> 'bytes')::int as bytes, fields ->> 'mime' as mime
      from record where entity = 'attachment' and fields ->> 'sha256' = ${sha256}
     order by id limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function hasBlob(db: Db, sha256: string): Promise<boolean> {
  const row = await db
    .selectFrom('attachment_blob')
    .select('sha256')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row !== undefined;
}

/** Stores the bytes whole, or not at all; whoever brings them a second time changes nothing. */
export async function insertBlob(
  db: Db,
  { sha256, mime, bytes }: { sha256: string; mime: string; bytes: Buffer },
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('attachment_blob')
      .values({ sha256, mime, bytes: bytes.length, created_at: nowMs })
      .onConflict((conflict) => conflict.doNothing())
      .returning('sha256')
      .executeTakeFirst();
    if (!made) return;
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      const piece = bytes.subarray(start, start + chunkBytes);
      await tx.insertInto('attachment_chunk').values({ sha256, start, bytes: piece }).execute();
    }
  });
}

/** The bytes, piece by piece. */
export async function* readBlob(db: Db, sha256: string): AsyncGenerator<Uint8Array> {
  for (let start = 0; ; start += chunkBytes) {
    const row = await db
      .selectFrom('attachment_chunk')
      .select('bytes')
      .where('sha256', '=', sha256)
      .where('start', '=', start)
      .executeTakeFirst();
    if (!row) return;
    yield row.bytes;
    if (row.bytes.length < chunkBytes) return;
  }
}
