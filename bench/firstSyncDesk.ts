import { openCache } from '#electron/cache/openCache.ts';
import { systemClock } from '#electron/core/systemClock.ts';
import { createSync } from '#electron/sync/syncClient.ts';

/** A desk's cache and sync in a process of its own; tells how far its first sync is, and what memory it takes. */
export interface FirstSyncTask {
  file: string;
  key: string;
  userId: string;
  serverUrl: string;
  token: string;
  /** Records there are, about. */
  total: number;
  /** Shares at which it tells, 0 to 1. */
  marks: number[];
}

export type FirstSyncNews =
  | { type: 'mark'; share: number; rss: number }
  | { type: 'done'; ms: number; received: number };

const task: FirstSyncTask = JSON.parse(process.env.SWITCHBOARD_BENCH_TASK ?? '{}');
const log = { info() {}, warn: console.warn, error: console.error };
const opened = await openCache({ ...task, clock: systemClock, log });
if (!opened.ok) throw new Error(opened.error.message);
const cache = opened.value;
const sync = createSync({ cache, serverUrl: task.serverUrl, clock: systemClock, log });
const marks = [...task.marks];
const from = performance.now();
const done = new Promise<number>((resolve) => {
  sync.listen(({ state, received }) => {
    const [next] = marks;
    if (next !== undefined && (received >= next * task.total || state === 'online')) {
      marks.shift();
      tell({ type: 'mark', share: next, rss: process.memoryUsage.rss() });
    }
    if (state === 'online') resolve(received);
  });
});
sync.start(task.token);
const received = await done;
tell({ type: 'done', ms: performance.now() - from, received });
await sync.stop();
await cache.close();
process.exit();

function tell(news: FirstSyncNews): void {
  process.send?.(news);
}
