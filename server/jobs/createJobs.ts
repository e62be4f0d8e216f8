import { addJob, cancelJob, findJob, removeFailedJobs } from '../store/jobs.ts';
import type { Store } from '../store/store.ts';
import { defaultJobTimes, type JobLog, type Jobs, type JobTimes } from './jobs.ts';
import { createRunner } from './runner.ts';

const dayMs = 86_400_000;
const keepFailedMs = 90 * dayMs;

/** The job runner of this process. `alone`: no other process can have the database open (PGlite). */
export function createJobs(
  store: Store,
  options: { log: JobLog; times?: Partial<JobTimes>; alone: boolean },
): Jobs {
  const times = { ...defaultJobTimes, ...options.times };
  const runner = createRunner(store, { ...options, times });
  runner.handle('jobs.sweep', () => removeFailedJobs(store.db, keepFailedMs), { everyMs: dayMs });
  return {
    handle: runner.handle,
    add: addJob,
    find: (id) => findJob(store.db, id),
    cancel: cancelJob,
    start: runner.start,
    stop: runner.stop,
  };
}
