import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Db, Tx } from '../store.ts';
import type { FeedPosition } from './feed.ts';

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

/** How a desk's token stands to the line of history that this database is on. */
export interface Lineage {
  /** The newest token. */
  token: string;
  /** Was the desk's token given by this database? */
  known: boolean;
  /** Transaction of the start after that token; null where there was none. */
  next: bigint | null;
}

/** The newest token, as the snapshot of this transaction has it. */
export async function currentLineage(tx: Tx): Promise<string> {
  return (await readLineage(tx, null)).token;
}

/** As the snapshot of this transaction has it; `token` is what the reader knows. */
export async function readLineage(tx: Tx, token: string | null): Promise<Lineage> {
  const { rows } = await sql<LineageRow>`select ${lineageColumns(token)}`.execute(tx);
  return lineageOf(rows[0]);
}

interface LineageRow {
  current: string | null;
  known: boolean;
  next: string | null;
}

/** Columns for a statement that reads something else, in whose snapshot they are; read by `lineageOf`. */
export function lineageColumns(token: string | null) {
  return sql`
    (select token from lineage order by xid desc, token desc limit 1) as current,
    exists (select from lineage where token = ${token}) as known,
    (select min(xid)::text from lineage
      where xid > (select xid from lineage where token = ${token})) as next`;
}

export function lineageOf(row: LineageRow | undefined): Lineage {
  if (!row || row.current === null) throw new Error('the server began no lineage');
  return {
    token: row.current,
    known: row.known,
    next: row.next === null ? null : BigInt(row.next),
  };
}

/**
 * Whether a desk that was at `from` has seen what this database does not hold. Under a token nobody can get past the
 * transaction of the next start: what lies behind it was shown under the next token.
 */
export function isBehind(
  { known, next }: Lineage,
  { from, origin }: { from: FeedPosition; origin: bigint },
): boolean {
  if (!known) return true;
  return next !== null && from.xid >= origin && from.xid > next + origin;
}
