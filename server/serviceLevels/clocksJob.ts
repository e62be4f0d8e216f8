import type { Clock } from '#shared/sync/clock.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { addJob } from '../store/jobs.ts';
import type { Db, Tx } from '../store/store.ts';
import { lookAtClocks } from './look.ts';

const kind = 'serviceLevels.clocks';
/** So late a limit of a ticket that came meanwhile is noticed at most: its clock asks for no run of its own. */
const longestPauseMs = 30_000;
/** Limits that end one after another are told together, and a clock that stands still keeps nobody busy. */
const leastPauseMs = 250;

/** What keeps the clocks of tickets: one job over all nodes, which runs when the next limit ends. */
export function handleClocks(
  jobs: Jobs,
  context: { db: Db; clock: Clock; now: () => number },
): void {
  jobs.handle(kind, async (run) => {
    const next = await lookAtClocks(context, run);
    const pauseMs = next === null ? longestPauseMs : next - context.now();
    return { againInMs: Math.min(Math.max(pauseMs, leastPauseMs), longestPauseMs) };
  });
}

/** Clocks are due, now or at `runAt`; it runs when the transaction commits. */
export async function wakeClocks(tx: Tx | Db, runAt: number | null = null): Promise<void> {
  await addJob(tx, { kind, key: 'all', runAt, maxAttempts: null });
}
