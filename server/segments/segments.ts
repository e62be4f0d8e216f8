import type { Clock } from '#shared/sync/clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { isUnderWay } from '../store/jobs.ts';
import type { Db, Store } from '../store/store.ts';
import { applyClasses, computeValues, readValues } from './customerValues.ts';

const kind = 'segments.values';
const wishKey = 'wish';
const dayMs = 86_400_000;
/** When nobody works: hour of the night by the server's clock. */
const nightHour = 3;

/** Values and classes of all customers: once in the night on one node, and whenever somebody wishes. */
export interface Segments {
  /** Compute anew, soon. */
  wish(db: Db): Promise<void>;
  /** A computation that somebody has wished for waits, or any runs. */
  isRunning(db: Db): Promise<boolean>;
}

export function createSegments(
  store: Store,
  { jobs, clock, now }: { jobs: Jobs; clock: Clock; now: () => number },
): Segments {
  jobs.handle(kind, async ({ signal }) => {
    const values = await computeValues(store, now);
    await applyClasses(store, { clock, now }, values, signal);
  });
  jobs.handle(
    'segments.plan',
    async () => {
      await jobs.add(store.db, { kind, key: 'night', runAt: nextNight(now()) });
      // A new centre has figures to look at; whose class they change is seen to in the night.
      if ((await readValues(store.db)) === null) await computeValues(store, now);
    },
    { everyMs: dayMs },
  );
  return {
    wish: async (db) => {
      await jobs.add(db, { kind, key: wishKey });
    },
    isRunning: (db) => isUnderWay(db, { kind, key: wishKey }),
  };
}

/** The next night's hour behind `now`, ms UTC. */
function nextNight(now: number): number {
  const night = new Date(now);
  night.setHours(nightHour, 0, 0, 0);
  if (night.getTime() <= now) night.setDate(night.getDate() + 1);
  return night.getTime();
}
