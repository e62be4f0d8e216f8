import type { Jobs } from '../jobs/jobs.ts';
import { keysOfQueueCells } from '../store/calls/callCells.ts';
import { lockCallEvents } from '../store/calls/callEvents.ts';
import { addJob } from '../store/jobs.ts';
import type { Db, Tx } from '../store/store.ts';
import { readRules, recountQueueCells } from './recountCells.ts';

const kind = 'callEvents.targets';
/** Cells of one transaction. */
const atOnce = 200;

/** The targets of queues were set: cells are counted anew, once for several changes that come together. */
export async function wishTargets(tx: Tx | Db): Promise<void> {
  await addJob(tx, { kind, key: 'all', maxAttempts: null });
}

/** Counts all cells of queues by the targets of now, the newest first: those are looked at. */
export function handleTargets(jobs: Jobs, db: Db): void {
  jobs.handle(kind, async ({ signal, fence }) => {
    let before: { at: number; queueId: string } = { at: Number.MAX_SAFE_INTEGER, queueId: '' };
    for (;;) {
      signal.throwIfAborted();
      const cells = await db.transaction().execute(async (tx) => {
        await fence(tx);
        await lockCallEvents(tx);
        const keys = await keysOfQueueCells(tx, before, atOnce);
        await recountQueueCells(tx, keys, await readRules(tx));
        return keys;
      });
      const last = cells.at(-1);
      if (!last) return;
      before = last;
    }
  });
}
