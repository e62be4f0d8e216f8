import { sql } from 'kysely';
import type { Db } from './store.ts';

/** Bytes of one row: a file of 20 MiB is read piece by piece. */
const chunkBytes = 524_288;

/**
 * The type that the first attachment under this SHA-256 names; null where no record names it. Of the bytes nothing but
 * the hash tells: a record may be mistaken about their number.
 */
export async function mimeNamed(db: Db, sha256: string): Promise<string | null> {
  const { rows } = await sql<{ mime: string }>`
    select fields ->> 'mime' as mime
      from record where entity = 'attachment' and fields ->> 'sha256' = ${sha256}
     order by id limit 1`.execute(db);
  return rows[0]?.mime ?? null;
}

/** How many bytes are here under the hash; null where none are. */
export async function blobBytes(db: Db, sha256: string): Promise<number | null> {
  const row = await db
    .selectFrom('attachment_blob')
    .select('bytes')
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row?.bytes ?? null;
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
