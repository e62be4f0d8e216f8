import type { JobLog, JobRun, Jobs } from '../jobs/jobs.ts';
import { forgetTakenBack } from '../store/feed/takenBack.ts';
import { newsChannel, notify } from '../store/notices.ts';
import {
  notificationsBefore,
  removeBytes,
  removeWithdrawn,
  unnamedBytes,
  withdrawNotifications,
} from '../store/retention.ts';
import type { Db } from '../store/store.ts';
import type { Retention } from './kept.ts';

const dayMs = 86_400_000;

/** After that a desk that was away learns from the comparison what is gone, days. */
const toldDays = 40;
const atOnce = 500;
const looks = 5_000;

export interface RetentionContext {
  db: Db;
  retention: Retention;
  now: () => number;
  log: JobLog;
}

/** Removes once a day, on one node, what is kept no longer. */
export function handleRetention(jobs: Jobs, context: RetentionContext): void {
  jobs.handle('retention.sweep', (run) => sweep(context, run), { everyMs: dayMs });
}

/** Doing it twice changes nothing. */
export async function sweep(
  context: RetentionContext,
  run: Pick<JobRun, 'signal' | 'fence'>,
): Promise<void> {
  const notifications = await sweepNotifications(context, run);
  const { files, bytes } = await sweepFiles(context, run);
  await context.db.transaction().execute(async (tx) => {
    await run.fence(tx);
    await forgetTakenBack(tx, context.now() - toldDays * dayMs);
  });
  if (notifications + files === 0) return;
  context.log('info', 'removed what is kept no longer', { notifications, files, bytes });
}

/** In short transactions: desks go on hearing of everything meanwhile. */
async function sweepNotifications(
  { db, retention, now }: RetentionContext,
  run: Pick<JobRun, 'signal' | 'fence'>,
): Promise<number> {
  const nowMs = now();
  const madeBefore = nowMs - retention.notificationDays * dayMs;
  const removedBefore = nowMs - toldDays * dayMs;
  let count = 0;
  let after: string | null = null;
  do {
    run.signal.throwIfAborted();
    const found = await notificationsBefore(db, { after, madeBefore, removedBefore, looks });
    for (const ids of inParts(found.due)) {
      await db.transaction().execute(async (tx) => {
        await run.fence(tx);
        count += await withdrawNotifications(tx, ids, nowMs);
        await notify(tx, newsChannel);
      });
    }
    for (const ids of inParts(found.removed)) {
      await db.transaction().execute(async (tx) => {
        await run.fence(tx);
        await removeWithdrawn(tx, ids);
      });
    }
    after = found.upTo;
  } while (after !== null);
  return count;
}

async function sweepFiles(
  { db, retention, now }: RetentionContext,
  run: Pick<JobRun, 'signal' | 'fence'>,
): Promise<{ files: number; bytes: number }> {
  const cameBefore = now() - retention.unnamedFileDays * dayMs;
  let files = 0;
  let bytes = 0;
  let after: string | null = null;
  do {
    const found = await unnamedBytes(db, { after, cameBefore, looks: atOnce });
    for (const hash of found.due) {
      run.signal.throwIfAborted();
      await db.transaction().execute(async (tx) => {
        await run.fence(tx);
        bytes += await removeBytes(tx, [hash]);
      });
    }
    files += found.due.length;
    after = found.upTo;
  } while (after !== null);
  return { files, bytes };
}

function inParts(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += atOnce) parts.push(ids.slice(at, at + atOnce));
  return parts;
}
