import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog, Jobs } from '../jobs/jobs.ts';
import type { Store } from '../store/store.ts';
import { removeOldDeliveries } from '../store/webhooks/webhookDeliveries.ts';
import { adoptNotedChanges, sendingJob } from '../store/webhooks/webhookOutbox.ts';
import { fanOut } from './fanOut.ts';
import type { WebhookPolicy } from './policy.ts';
import { sendDue } from './sending.ts';

export interface Webhooks {
  policy: WebhookPolicy;
  start(): Promise<void>;
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  /** Wait for what is under way; nothing new is begun. */
  stop(): Promise<void>;
}

/** How many receivers are delivered to at once in one process; a slow one holds one place for its time-out. */
const receiversAtOnce = 16;
const lookEveryMs = 60_000;
const sweepEveryMs = 86_400_000;
const askAgainMs = 1_000;
const heldBackMs = 200;

/** Telling other programs what happened: at least once, in the order of the commits. See docs/api.md. */
export function createWebhooks(
  store: Store,
  { jobs, now, policy, log }: { jobs: Jobs; now: () => number; policy: WebhookPolicy; log: JobLog },
): Webhooks {
  const { db } = store;
  let wanted = false;
  let working: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  jobs.handle(
    sendingJob,
    (run) => sendDue({ db, now, policy }, String(run.payload.webhookId), run),
    { concurrency: receiversAtOnce },
  );
  // Should news be lost with a node that heard them.
  jobs.handle('webhooks.look', async () => heard(), { everyMs: lookEveryMs });
  jobs.handle(
    'webhooks.sweep',
    () =>
      removeOldDeliveries(db, {
        deliveredMs: policy.deliveredKeptMs,
        deadMs: policy.deadKeptMs,
      }),
    { everyMs: sweepEveryMs },
  );

  function heard(): void {
    if (stopped) return;
    wanted = true;
    working ??= workWhileWanted();
  }

  function heardAgainIn(ms: number): void {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(heard, ms);
  }

  async function workWhileWanted(): Promise<void> {
    while (wanted && !stopped) {
      wanted = false;
      try {
        if (await fanOut(store, now)) heardAgainIn(heldBackMs);
      } catch (error) {
        log('warn', 'webhooks cannot be told', errorFields(error));
        heardAgainIn(askAgainMs);
      }
    }
    working = null;
  }

  return {
    policy,
    heard,
    async start() {
      await adoptNotedChanges(db);
      heard();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
