import type { Clock } from '#shared/sync/clock.ts';
import type { JobLog, Jobs } from '../jobs/jobs.ts';
import { createFeedFollower } from '../notify/feedFollower.ts';
import type { Follower } from '../notify/follower.ts';
import { notify } from '../notify/notify.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import type { Db, Tx } from '../store/store.ts';
import { handOverNotices } from './handOvers.ts';
import { settleCalls } from './missedCalls.ts';
import { makeVisits } from './returnVisits.ts';

export interface FollowUpOptions {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  now: () => number;
  log: JobLog;
}

/** News come with every commit; looking this often is soon enough, and never takes more than a fifth of the time. */
const pace = { restMs: 250, restPerWork: 4 };

/**
 * What follows from what desks and programs bring, whoever that was: the list of calls that nobody answered, return
 * visits of tickets that were resolved another way than at a desk, word to those whom tasks were given.
 */
export function createFollowUp(options: FollowUpOptions): Follower {
  const { db, jobs, log } = options;

  async function follow(tx: Tx, moved: readonly MovedRecord[]): Promise<void> {
    const of = (entity: string) => moved.filter((record) => record.entity === entity);
    await settleCalls(tx, options, of('call'));
    await makeVisits(tx, options, of('ticket'));
    const { clock, now } = options;
    await notify(tx, await handOverNotices(tx, of('task'), now()), { clock, at: now() });
  }

  return createFeedFollower({
    ...{ db, jobs, log, pace, follow },
    reader: 'followUp',
    entities: ['call', 'ticket', 'task'],
    atOnce: 1_000,
    complaint: 'what follows from records cannot be worked out',
  });
}
