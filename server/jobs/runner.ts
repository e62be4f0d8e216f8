import {
  addRecurringJob,
  extendLeases,
  giveBackJob,
  holdLease,
  jobChannel,
  releaseAllJobs,
  type TakenJob,
  takeJobs,
  untilNextJob,
} from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import { errorFields } from './errorFields.ts';
import {
  type JobHandler,
  type JobKindOptions,
  type JobLog,
  JobLostError,
  type JobRun,
  type JobTimes,
} from './jobs.ts';
import { settle } from './settle.ts';

export interface Runner {
  handle(kind: string, handler: JobHandler, options?: JobKindOptions): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Kind {
  name: string;
  handler: JobHandler;
  concurrency: number;
  everyMs: number | null;
  /** When the running period of a recurring kind ends, on the clock of `performance.now`. */
  periodEndsAt: number;
  running: Set<Running>;
}

export interface Running {
  job: TakenJob;
  abort: AbortController;
  /** Why it was aborted; `lost` and `givenBack` are no longer this process's business. */
  ending: 'cancelled' | 'stopped' | 'lost' | 'givenBack' | null;
  /** Until when the lease is surely held, on the clock of `performance.now`. */
  heldUntil: number;
  ended: Promise<void>;
}

/** Between two looks while jobs are due that cannot be taken just now, or the database does not answer. */
const askAgainMs = 200;

export function createRunner(
  store: Store,
  { log, times, alone }: { log: JobLog; times: JobTimes; alone: boolean },
): Runner {
  const { db } = store;
  const kinds = new Map<string, Kind>();
  let started = false;
  let stopping = false;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let timer: NodeJS.Timeout | undefined;
  let beats: NodeJS.Timeout | undefined;

  /** One look at a time; what is asked for meanwhile is one more. */
  function look(): void {
    if (!started || stopping) return;
    lookAgain = true;
    looking ??= lookWhileAsked();
  }

  async function lookWhileAsked(): Promise<void> {
    while (lookAgain && !stopping) {
      lookAgain = false;
      clearTimeout(timer);
      const waitMs = await lookOnce().catch((error: unknown) => {
        log('warn', 'jobs cannot be looked for', errorFields(error));
        return askAgainMs * 5;
      });
      clearTimeout(timer);
      if (!stopping) timer = setTimeout(look, waitMs);
    }
    looking = null;
  }

  /** Answers how long nothing is to be done, ms. */
  async function lookOnce(): Promise<number> {
    let waitMs = times.pollMs;
    for (const kind of kinds.values()) {
      if (kind.everyMs === null) continue;
      if (performance.now() >= kind.periodEndsAt) {
        const leftMs = await addRecurringJob(db, kind.name, kind.everyMs);
        kind.periodEndsAt = performance.now() + leftMs;
      }
      waitMs = Math.min(waitMs, Math.ceil(kind.periodEndsAt - performance.now()));
    }
    for (const kind of kinds.values()) {
      const limit = kind.concurrency - kind.running.size;
      if (limit <= 0 || stopping) continue;
      const takenAt = performance.now();
      const { leaseMs } = times;
      for (const job of await takeJobs(db, { kind: kind.name, limit, leaseMs })) {
        begin(kind, job, takenAt + leaseMs);
      }
    }
    // A kind that is full looks again when one of its jobs ends.
    const free = [...kinds.values()].filter(
      ({ concurrency, running }) => running.size < concurrency,
    );
    const next = await untilNextJob(
      db,
      free.map(({ name }) => name),
    );
    return Math.min(waitMs, next === null ? waitMs : next > 0 ? next : askAgainMs);
  }

  function begin(kind: Kind, job: TakenJob, heldUntil: number): void {
    const running: Running = {
      job,
      abort: new AbortController(),
      ending: null,
      heldUntil,
      ended: Promise.resolve(),
    };
    kind.running.add(running);
    running.ended = settle(db, running, () => kind.handler(runOf(running)), { log, times }).finally(
      () => {
        kind.running.delete(running);
        look();
      },
    );
    // Taken while the stop was under way.
    if (stopping) end(running, 'stopped');
  }

  function all(): Running[] {
    return [...kinds.values()].flatMap(({ running }) => [...running]);
  }

  async function beat(): Promise<void> {
    const beaten = all();
    if (beaten.length === 0) return;
    const at = performance.now();
    try {
      const leases = beaten.map(({ job }) => job.lease);
      const held = await extendLeases(db, leases, times.leaseMs);
      for (const running of beaten) {
        const lease = held.get(running.job.lease);
        if (!lease) end(running, 'lost');
        else if (lease.cancelled) end(running, 'cancelled');
        else running.heldUntil = at + times.leaseMs;
      }
    } catch (error) {
      log('warn', 'jobs cannot be held', errorFields(error));
      for (const running of beaten) {
        if (performance.now() >= running.heldUntil) end(running, 'lost');
      }
    }
  }

  return {
    handle(name, handler, { concurrency = 1, everyMs = null } = {}) {
      if (started) throw new Error(`${name}: kinds of jobs are named before the start`);
      kinds.set(name, {
        name,
        handler,
        concurrency,
        everyMs,
        periodEndsAt: 0,
        running: new Set(),
      });
    },

    async start() {
      started = true;
      if (alone) await releaseAllJobs(db);
      await store.listen(jobChannel, (payload) => {
        if (payload !== '') beat().catch(() => {});
        look();
      });
      beats = setInterval(() => void beat(), times.leaseMs / 3);
      look();
    },

    async stop() {
      stopping = true;
      clearTimeout(timer);
      await looking;
      const left = all();
      for (const running of left) end(running, 'stopped');
      await Promise.race([Promise.all(left.map(({ ended }) => ended)), after(times.stopMs)]);
      clearInterval(beats);
      await Promise.all(all().map((running) => giveUp(running)));
    },
  };

  /** Its handler did not end in time: others may take the job, and `fence` keeps the handler from writing. */
  async function giveUp(running: Running): Promise<void> {
    running.ending = 'givenBack';
    await giveBack(running.job);
  }

  async function giveBack(job: TakenJob): Promise<void> {
    await giveBackJob(db, job).catch((error: unknown) => {
      log('warn', 'a job cannot be given back', errorFields(error));
    });
  }
}

function runOf({ job, abort }: Running): JobRun {
  return {
    id: job.id,
    payload: job.payload,
    attempt: job.attempts,
    signal: abort.signal,
    async fence(tx) {
      if (!(await holdLease(tx, job))) throw new JobLostError('another node has taken the job');
    },
  };
}

function end(running: Running, ending: NonNullable<Running['ending']>): void {
  if (running.ending) return;
  running.ending = ending;
  running.abort.abort(new JobLostError(`the job shall end: ${ending}`));
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
