import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { FeedPosition } from './feed.ts';
import type { Db, Tx } from './store.ts';

/**
 * Every start of a server leaves a token in the database, with the transaction it was written in. Desks remember the
 * token their last page came under. A database restored from a backup betrays itself by it: it lacks the tokens of
 * later starts, or has started anew at a transaction that a desk has already gone past. One that was restored from a
 * dump counts its transactions otherwise, and gives up the tokens it came with.
 */
export async function beginLineage(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await forgetRestored(tx);
    await sql`insert into lineage (token) values (${uuidv7()})`.execute(tx);
  });
}

/** A row that a dump brought was written (`xmin`, 32 bits) by another transaction than the one it speaks of. */
async function forgetRestored(tx: Tx): Promise<void> {
  await sql`
    delete from lineage
     where xmin::text::numeric <> mod(xid::text::numeric, 4294967296)`.execute(tx);
}

/** The newest token, as the snapshot of this transaction has it. */
export async function currentLineage(tx: Tx): Promise<string> {
  const { rows } = await sql<{ token: string }>`
    select token from lineage order by xid desc, token desc limit 1`.execute(tx);
  const token = rows[0]?.token;
  if (token === undefined) throw new Error('the server began no lineage');
  return token;
}

/**
 * Whether a desk that was at `from` under `token` has seen what this database does not hold. Under a token nobody
 * can get past the transaction of the next start: what lies behind it was shown under the next token.
 */
export async function isBehind(
  tx: Tx,
  { token, from, origin }: { token: string; from: FeedPosition; origin: bigint },
): Promise<boolean> {
  const { rows } = await sql<{ known: boolean; next: string | null }>`
    select exists (select from lineage where token = ${token}) as known,
           (select min(xid)::text from lineage
             where xid > (select xid from lineage where token = ${token})) as next`.execute(tx);
  const found = rows[0];
  if (!found?.known) return true;
  return found.next !== null && from.xid >= origin && from.xid > BigInt(found.next) + origin;
}
