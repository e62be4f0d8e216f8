import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import { type MovedRecord, readMoved } from '../store/feed/feedReaders.ts';
import type { Db, Tx } from '../store/store.ts';

export interface FollowedFeed {
  db: Db;
  /** Name of the reader. */
  reader: string;
  entities: readonly string[];
  /** Records of one transaction. */
  atOnce: number;
  log: JobLog;
}

/** What follows from records that have moved. */
export type FollowRecords = (tx: Tx, moved: readonly MovedRecord[]) => Promise<void>;

/** SQLSTATE classes of what lies with a record: data, limits, constraints. All others will pass. */
const ofTheRecord = /^(22|23|54)/;

/**
 * What follows from the next records of the feed, in one transaction with the place behind them. Where one of them
 * makes it fail, each is taken by itself, and that one is passed over and told of: it must not hold up all behind it
 * for ever. Throws where the database is not there.
 */
export async function followPage(
  { db, reader, entities, atOnce, log }: FollowedFeed,
  follow: FollowRecords,
): Promise<void> {
  const page = (limit: number) =>
    db.transaction().execute(async (tx) => {
      const moved = await readMoved(tx, reader, { entities, limit });
      if (moved.length > 0) await follow(tx, moved);
      return moved.length;
    });
  try {
    await page(atOnce);
  } catch (error) {
    if (!liesWithRecord(error)) throw error;
    await oneByOne();
  }

  async function oneByOne(): Promise<void> {
    for (let count = 0; count < atOnce; count += 1) {
      try {
        if ((await page(1)) === 0) return;
      } catch (error) {
        if (!liesWithRecord(error)) throw error;
        const passed = await passOver();
        log('error', 'nothing follows from a record: it is passed over', {
          ...errorFields(error),
          ...passed,
        });
      }
    }
  }

  async function passOver(): Promise<{ entity: string; id: string } | null> {
    const [record] = await db
      .transaction()
      .execute((tx) => readMoved(tx, reader, { entities, limit: 1 }));
    return record ? { entity: record.entity, id: record.id } : null;
  }
}

function liesWithRecord(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'code' in error ? ofTheRecord.test(String(error.code)) : true;
}
