import { createJobs } from '#server/jobs/createJobs.ts';
import { openStore } from '#server/store/store.ts';

/** A process that takes jobs of the kind `endless` and never ends one; it tells of each that it has begun. */
const [url = '', leaseMs = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'postgres', url });
const jobs = createJobs(store, {
  log: () => {},
  times: { leaseMs: Number(leaseMs) },
  alone: false,
});
jobs.handle('endless', ({ id, attempt }) => {
  process.send?.({ id, attempt });
  return new Promise(() => {});
});
await jobs.start();
