import type { Clock } from '#shared/sync/clock.ts';
import type { JobLog, Jobs } from '../jobs/jobs.ts';
import { wakeClocks } from '../serviceLevels/clocksJob.ts';
import { followCustomers, followTickets } from '../serviceLevels/follow.ts';
import type { MovedRecord } from '../store/feed/feedReaders.ts';
import type { Store, Tx } from '../store/store.ts';
import { noteAll, noteOpenTickets } from '../store/ticketClocks.ts';
import { createFeedFollower } from './feedFollower.ts';
import type { Follower } from './follower.ts';
import { notify } from './notify.ts';
import { noticesOf } from './ticketNotices.ts';

/** Pushes come in crowds: after the first look it rests, and at least four times as long as the work took. */
const pace = { restMs: 1_000, restPerWork: 4 };
/** A server that has just begun has other things to do than to look at all its tickets. */
const settleMs = 60_000;

/**
 * What happens to tickets, whichever way, is told to whom it concerns, and the clocks of tickets that changed are
 * looked at.
 */
export function createTicketFollower(
  { db }: Pick<Store, 'db'>,
  { jobs, clock, now, log }: { jobs: Jobs; clock: Clock; now: () => number; log: JobLog },
): Follower {
  async function follow(tx: Tx, moved: readonly MovedRecord[]): Promise<void> {
    const of = (entity: string) => moved.filter((record) => record.entity === entity);
    const levelsMoved = of('setting').some(({ fields }) => fields.key === 'serviceLevels');
    if (levelsMoved) await noteAll(tx);
    const isDue = [
      levelsMoved,
      await followCustomers(tx, of('customer')),
      await followTickets(tx, of('ticket'), now()),
    ];
    if (isDue.includes(true)) await wakeClocks(tx);
    const notices = await noticesOf(tx, of('ticketEvent'));
    await notify(tx, notices, { clock, at: now() });
  }

  async function opened(tx: Tx): Promise<void> {
    const nowMs = now();
    await noteOpenTickets(tx, { nowMs, lookAt: nowMs + settleMs });
    await wakeClocks(tx, nowMs + settleMs);
  }

  return createFeedFollower({
    ...{ db, jobs, log, pace, follow, opened },
    reader: 'tickets',
    entities: ['ticket', 'ticketEvent', 'setting', 'customer'],
    atOnce: 5_000,
    complaint: 'what happened to tickets cannot be read',
  });
}
