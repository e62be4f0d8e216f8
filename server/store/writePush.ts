import { sql } from 'kysely';
import { newsChannel } from './notices.ts';
import { anyWaiting, type StoredOperation, storing } from './operations.ts';
import { changing, making, type WrittenRecord } from './records.ts';
import type { Tx } from './store.ts';

export interface PushWrites {
  operations: readonly StoredOperation[];
  /** Records that are new, in the order in which the feed shall have them. */
  made: readonly WrittenRecord[];
  /** Records that this transaction holds. */
  changed: readonly WrittenRecord[];
}

interface Written {
  operations: number;
  made: number;
  awaited: boolean;
}

/**
 * All that a push writes, in one statement; the desks are told on commit. Returns how many operations and new records
 * were written: fewer than given where somebody else has brought the same. Waits for other transactions that do so now.
 * `awaited`: changes wait for one of the new records.
 */
export async function writePush(
  tx: Tx,
  { operations, made, changed }: PushWrites,
  atMs: number,
): Promise<Written> {
  const moved = made.length + changed.length > 0;
  // Each part where there is something: an empty one costs its plan all the same.
  const { rows } = await sql<Written>`
    with stored as (${storing(operations, atMs)})
         ${made.length > 0 ? sql`, made as (${making(made, atMs)})` : sql``}
         ${changed.length > 0 ? sql`, changed as (${changing(changed, atMs)})` : sql``}
    select (select count(*)::int from stored) as operations,
           ${made.length > 0 ? sql`(select count(*)::int from made)` : sql`0`} as made,
           ${made.length > 0 ? anyWaiting : sql`false`} as awaited,
           ${changed.length > 0 ? sql`(select count(*)::int from changed)` : sql`0`} as changed
           ${moved ? sql`, pg_notify(${newsChannel}, '')::text as told` : sql``}`.execute(tx);
  return rows[0] ?? { operations: 0, made: 0, awaited: false };
}
