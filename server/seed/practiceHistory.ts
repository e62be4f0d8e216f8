import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { homeDayOf } from '#shared/sample/callDays/demand.ts';
import { type PracticeDay, practiceDay } from '#shared/sample/callDays/practiceDay.ts';
import type { SampleRecord } from '#shared/sample/record.ts';
import type { Clock } from '#shared/sync/clock.ts';
import type { JobRun, Jobs } from '../jobs/jobs.ts';
import { addJob } from '../store/jobs.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { making } from '../store/records.ts';
import type { Db, Tx } from '../store/store.ts';
import { numberNew } from '../sync/serverFields.ts';
import { practiceSeed } from './practiceSample.ts';

const kind = 'practice.history';
/** How many days are there, for whoever goes on after a stop. */
const doneKey = 'practice.historyDays';
/** Of one transaction: those who work meanwhile wait no longer than for one. */
const recordsAtOnce = 50;
const eventsAtOnce = 150;
/** The desk that was started with the server has its first moments for itself, ms. */
const settleMs = 10_000;
/** It rests so many times as long as the work took. */
const restPerWork = 3;

interface Wish {
  days: number;
  /** Size of the sample whose customers call. */
  customers: number;
  /** Up to when, ms UTC; the day it lies in is not made. */
  nowMs: number;
  /** SIP domain of the PBX. */
  pbx: string;
}

export interface PracticeHistoryParts {
  db: Db;
  clock: Clock;
  now: () => number;
  /** Appends call events, with what follows from them; the same ones again change nothing. */
  take: (events: readonly CallEvent[]) => Promise<void>;
  /** Waits so many ms; rejects when the signal says so. */
  pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Calls of the last days are to be made as soon as the server runs: its start does not wait for them. Answers the job. */
export async function wishPracticeHistory(tx: Tx, wish: Wish): Promise<string> {
  return addJob(tx, { kind, key: 'all', payload: { ...wish }, maxAttempts: null });
}

/**
 * Calls of the last days for practice, yesterday's first: call events, and the records that desks would have pushed.
 * After a stop it goes on with the day it was at; made again they have the same ids, and nothing is there twice.
 */
export function handlePracticeHistory(
  jobs: Pick<Jobs, 'handle'>,
  parts: PracticeHistoryParts,
): void {
  jobs.handle(kind, async (run) => {
    const { days, customers, nowMs, pbx } = run.payload as unknown as Wish;
    const done = await readMeta(parts.db, doneKey);
    if (done === null) {
      await writeMeta(parts.db, doneKey, '0');
      return { againInMs: settleMs };
    }
    for (let back = Number(done) + 1; back <= days; back += 1) {
      const size = { customers, seed: practiceSeed };
      const day = homeDayOf(nowMs) - back;
      await storeDay(parts, run, practiceDay({ ...size, day, asOfMs: nowMs, pbx }));
      await writeMeta(parts.db, doneKey, String(back));
    }
  });
}

async function storeDay(
  parts: PracticeHistoryParts,
  run: JobRun,
  { events, records }: PracticeDay,
): Promise<void> {
  const inTurn = async (work: () => Promise<void>) => {
    run.signal.throwIfAborted();
    const from = performance.now();
    await work();
    await parts.pause(restPerWork * (performance.now() - from), run.signal);
  };
  for (const some of slices(events, eventsAtOnce)) await inTurn(() => parts.take(some));
  for (const some of slices(records, recordsAtOnce)) await inTurn(() => store(parts, run, some));
}

async function store(
  { db, clock, now }: PracticeHistoryParts,
  run: JobRun,
  records: readonly SampleRecord[],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await run.fence(tx);
    const stamp = clock.tick();
    const written = records.map(({ entity, id, fields }) => ({
      entity,
      id,
      fields: { ...fields },
    }));
    await numberNew(tx, written, now());
    const stamped = written.map((record) => ({
      ...{ ...record, version: 1 },
      clocks: Object.fromEntries(Object.keys(record.fields).map((name) => [name, stamp])),
    }));
    await making(stamped, now()).execute(tx);
    await notify(tx, newsChannel);
  });
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
