import type { Clock } from '#shared/sync/clock.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import { followPage } from '../notify/followPage.ts';
import { notify } from '../notify/notify.ts';
import { hasMoved, type MovedRecord, openFeedReader } from '../store/feedReaders.ts';
import type { Db, Tx } from '../store/store.ts';
import { handOverNotices } from './handOvers.ts';
import { settleCalls } from './missedCalls.ts';
import { makeVisits } from './returnVisits.ts';

export interface FollowUpOptions {
  db: Db;
  clock: Clock;
  now: () => number;
  log: JobLog;
}

/**
 * What follows from what desks and programs bring, whoever that was: the list of calls that nobody answered, return
 * visits of tickets that were resolved another way than at a desk, word to those whom tasks were given.
 */
export interface FollowUp {
  start(): Promise<void>;
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  /** Wait for what is under way; nothing new is begun. */
  stop(): Promise<void>;
}

const reader = 'followUp';
const entities = ['call', 'ticket', 'task'];
const atOnce = 1_000;
/** News come with every commit; looking this often is soon enough, and never takes more than a fifth of the time. */
const restMs = 250;
const restPerWork = 4;
const askAgainMs = 2_000;

/** Reads the change feed; what is read and what comes of it are one transaction, and one node at a time does it. */
export function createFollowUp(options: FollowUpOptions): FollowUp {
  const { db, log } = options;
  let wanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function heard(): void {
    wanted = true;
    if (!stopped && timer === undefined && working === null) begin();
  }

  function begin(): void {
    timer = undefined;
    if (stopped || !wanted) return;
    wanted = false;
    const from = performance.now();
    working = work()
      .then(() => Math.max(restMs, restPerWork * (performance.now() - from)))
      .catch((error: unknown) => {
        log('warn', 'what follows from records cannot be worked out', errorFields(error));
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
    await settleCalls(tx, options, of('call'));
    await makeVisits(tx, options, of('ticket'));
    const { clock, now } = options;
    await notify(tx, await handOverNotices(tx, of('task'), now()), { clock, at: now() });
  }

  return {
    heard,
    async start() {
      await db.transaction().execute((tx) => openFeedReader(tx, reader));
      heard();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
