import { sql } from 'kysely';
import { readMeta, writeMeta } from '../meta.ts';
import { lockName } from '../records.ts';
import type { Db, Tx } from '../store.ts';
import { takenBack } from './takenBack.ts';

const key = 'feed origin';
/** More transactions than can have happened between a backup and the loss it is restored for. */
const margin = 2n ** 32n;

/**
 * What to add to a transaction's id to get the cursor desks see. A dump restored into a new PostgreSQL
 * cluster brings transaction ids the new one has not reached: its records are then stamped anew and
 * the origin moves, so that cursors only grow and every desk fetches once what was restored.
 */
export async function openFeedOrigin(db: Db): Promise<bigint> {
  return db.transaction().execute(async (tx) => {
    await lockName(tx, 'meta', key);
    const origin = BigInt((await readMeta(tx, key)) ?? 0);
    const ahead = await highestXidFromElsewhere(tx);
    if (ahead === null) return origin;
    // What was taken back stays before what was done to its record later.
    for (const isFirst of [true, false]) {
      await sql`
        update record set xid = pg_current_xact_id(), seq = nextval('change_seq')
         where (entity = ${takenBack}) = ${isFirst}`.execute(tx);
    }
    const moved = origin + ahead + margin;
    await writeMeta(tx, key, String(moved));
    return moved;
  });
}

/** The highest xid in the feed where this cluster has not given it yet, else null. */
async function highestXidFromElsewhere(tx: Tx): Promise<bigint | null> {
  const { rows } = await sql<{ highest: string }>`
    select xid::text as highest from record
     where xid >= pg_snapshot_xmax(pg_current_snapshot())
     order by record.xid desc limit 1`.execute(tx);
  const highest = rows[0]?.highest;
  return highest === undefined ? null : BigInt(highest);
}
