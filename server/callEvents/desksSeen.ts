import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import type { LiveHub } from '../live/liveHub.ts';
import { noteDesks } from '../store/reports/provisional.ts';
import type { Db } from '../store/store.ts';

const everyMs = 60_000;

/** Writes down whose desks are connected to this node, for reports: a desk that is away may have something to tell. */
export function watchDesks({
  db,
  live,
  now,
  log,
}: {
  db: Db;
  live: Pick<LiveHub, 'users' | 'welcomed'>;
  now: () => number;
  log: JobLog;
}): { stop(): Promise<void> } {
  let noting: Promise<void> = Promise.resolve();
  let stopped = false;
  const note = (users: readonly string[]) => {
    if (stopped) return;
    noting = noting
      .then(() => noteDesks(db, users, now()))
      .catch((error: unknown) =>
        log('warn', 'whose desks are connected cannot be written down', errorFields(error)),
      );
  };
  live.welcomed(({ id }) => note([id]));
  const timer = setInterval(() => note(live.users()), everyMs);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await noting;
    },
  };
}
