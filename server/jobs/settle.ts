import { failJob, finishJob, giveBackJob, removeJob } from '../store/jobs.ts';
import type { Db } from '../store/store.ts';
import { retryPauseMs } from './backoff.ts';
import { errorFields } from './errorFields.ts';
import { FinalJobError, type JobLog, type JobOutcome, type JobTimes } from './jobs.ts';
import type { Running } from './runner.ts';

const maxErrorLength = 1_000;

/** Run a job's handler and write down what became of it. Never rejects: what cannot be written is run again later. */
export async function settle(
  db: Db,
  running: Running,
  handle: () => Promise<JobOutcome>,
  context: { log: JobLog; times: JobTimes },
): Promise<void> {
  const { log } = context;
  const { job } = running;
  try {
    await settleOnce(db, running, handle, context);
  } catch (error) {
    log('warn', 'the end of a job cannot be written', { job: job.kind, ...errorFields(error) });
  }
}

async function settleOnce(
  db: Db,
  running: Running,
  handle: () => Promise<JobOutcome>,
  context: { log: JobLog; times: JobTimes },
): Promise<void> {
  const { job } = running;
  if (job.cancelled) return removeJob(db, job);
  if (job.maxAttempts !== null && job.attempts > job.maxAttempts) {
    return failJob(db, job, { message: 'the node that ran it ended', retryMs: null });
  }
  try {
    const outcome = await handle();
    if (running.ending === 'cancelled') return removeJob(db, job);
    await finishJob(db, job, outcome ? outcome.againInMs : null);
  } catch (error) {
    await settleFailed(db, running, error, context);
  }
}

async function settleFailed(
  db: Db,
  { job, ending }: Running,
  error: unknown,
  { log, times }: { log: JobLog; times: JobTimes },
): Promise<void> {
  switch (ending) {
    case 'lost':
    case 'givenBack':
      return;
    case 'cancelled':
      return removeJob(db, job);
    case 'stopped':
      return giveBackJob(db, job);
    case null: {
      const isLast = job.maxAttempts !== null && job.attempts >= job.maxAttempts;
      const isFinal = isLast || error instanceof FinalJobError;
      log(isFinal ? 'error' : 'warn', isFinal ? 'a job failed' : 'a job will be tried again', {
        job: job.kind,
        id: job.id,
        attempt: job.attempts,
        ...errorFields(error),
      });
      const message = error instanceof Error ? error.message : String(error);
      const retryMs = isFinal ? null : retryPauseMs(job.attempts, times, Math.random());
      await failJob(db, job, { message: storable(message), retryMs });
    }
  }
}

/** What PostgreSQL stores as text, and not too much of it. */
function storable(message: string): string {
  return message.replaceAll('\0', '').toWellFormed().slice(0, maxErrorLength);
}
