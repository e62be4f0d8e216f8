import type { Jobs } from '../jobs/jobs.ts';
import { openFeedReader, whatMoved } from '../store/feed/feedReaders.ts';
import type { Tx } from '../store/store.ts';
import { createFollower, type Follower, type FollowerOptions } from './follower.ts';
import { type FollowedFeed, type FollowRecords, followPage } from './followPage.ts';

export interface FeedFollowerOptions
  extends FollowedFeed,
    Pick<FollowerOptions, 'pace' | 'complaint'> {
  jobs: Jobs;
  follow: FollowRecords;
  /** The reader begins, behind all that is there: once in the life of a database. */
  opened?: (tx: Tx) => Promise<void>;
}

const lookEveryMs = 60_000;
/** Nobody tells of the end of a transaction that held something back and moved nothing itself. */
const heldBackMs = 200;

/**
 * Reads the change feed behind everybody who writes. What is read and what comes of it are one transaction, so that
 * nothing is lost or done twice by a crash, and one node at a time does it. `heard`: a transaction that moved a record
 * has been committed somewhere; should word of it be lost, the feed is looked at every minute.
 */
export function createFeedFollower(options: FeedFollowerOptions): Follower {
  const { db, reader, jobs, follow, opened, pace, complaint, log } = options;
  const follower = createFollower({
    ...{ pace, complaint, log },
    async begin() {
      await db.transaction().execute(async (tx) => {
        if (await openFeedReader(tx, reader)) await opened?.(tx);
      });
    },
    async work(goesOn) {
      let moved = await whatMoved(db, reader);
      while (goesOn() && moved === 'some') {
        await followPage(options, follow);
        moved = await whatMoved(db, reader);
      }
      if (moved === 'held') setTimeout(follower.heard, heldBackMs).unref();
    },
  });
  jobs.handle(`${reader}.look`, async () => follower.heard(), { everyMs: lookEveryMs });
  return follower;
}
