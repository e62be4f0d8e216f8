import type { Clock } from '#shared/sync/clock.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog, Jobs } from '../jobs/jobs.ts';
import { wakeClocks } from '../serviceLevels/clocksJob.ts';
import { followCustomers, followTickets } from '../serviceLevels/follow.ts';
import { hasMoved, type MovedRecord, openFeedReader } from '../store/feedReaders.ts';
import type { Store, Tx } from '../store/store.ts';
import { noteAll, noteOpenTickets } from '../store/ticketClocks.ts';
import { followPage } from './followPage.ts';
import { notify } from './notify.ts';
import { noticesOf } from './ticketNotices.ts';

export interface TicketFollower {
  start(): Promise<void>;
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  /** Wait for what is under way; nothing new is begun. */
  stop(): Promise<void>;
}

const reader = 'tickets';
const entities = ['ticket', 'ticketEvent', 'setting'];
const atOnce = 5_000;
/** Pushes come in crowds: after the first look it rests, and at least four times as long as the work took, ms. */
const leastRestMs = 1_000;
const restShare = 4;
const askAgainMs = 1_000;
const lookEveryMs = 60_000;
/** A server that has just begun has other things to do than to look at all its tickets. */
const settleMs = 60_000;

/**
 * Reads the change feed behind everybody who writes, whichever way: what happens to tickets is told to whom it
 * concerns, and the clocks of tickets that changed are looked at. What is read and what comes of it are one
 * transaction, so nothing is lost or told twice by a crash, and one node at a time does it.
 */
export function createTicketFollower(
  store: Store,
  { jobs, clock, now, log }: { jobs: Jobs; clock: Clock; now: () => number; log: JobLog },
): TicketFollower {
  const { db } = store;
  let wanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  // Should news be lost with a node that heard them.
  jobs.handle('notify.look', async () => heard(), { everyMs: lookEveryMs });

  function heard(): void {
    wanted = true;
    if (!stopped && timer === undefined && working === null) begin();
  }

  function begin(): void {
    timer = undefined;
    if (stopped || !wanted) return;
    wanted = false;
    const begunAt = performance.now();
    working = work()
      .then(() => Math.max(leastRestMs, restShare * (performance.now() - begunAt)))
      .catch((error: unknown) => {
        log('warn', 'what happened to tickets cannot be read', errorFields(error));
        wanted = true;
        return askAgainMs;
      })
      .then((pauseMs) => {
        working = null;
        if (!stopped) timer = setTimeout(begin, pauseMs);
      });
  }

  async function work(): Promise<void> {
    while (!stopped && (await hasMoved(db, reader))) {
      await followPage({ db, reader, entities, atOnce, log }, follow);
    }
  }

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

  return {
    heard,
    async start() {
      await db.transaction().execute(async (tx) => {
        if (!(await openFeedReader(tx, reader))) return;
        const nowMs = now();
        await noteOpenTickets(tx, { nowMs, lookAt: nowMs + settleMs });
        await wakeClocks(tx, nowMs + settleMs);
      });
      heard();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
