import { createJobs } from '#server/jobs/createJobs.ts';
import { handleClocks } from '#server/serviceLevels/clocksJob.ts';
import { openStore } from '#server/store/store.ts';
import { createClock } from '#shared/sync/clock.ts';

/** A node that keeps the clocks of tickets and dies after so many stamps, in the middle of a transaction. */
const [url = '', leaseMs = '', stamps = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'postgres', url });
const jobs = createJobs(store, {
  log: () => {},
  times: { leaseMs: Number(leaseMs) },
  alone: false,
});
const given = createClock('child', Date.now);
let left = Number(stamps);
const clock = {
  ...given,
  tick(after?: readonly string[]) {
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
    return given.tick(after);
  },
};
handleClocks(jobs, { db: store.db, clock, now: Date.now });
await jobs.start();
