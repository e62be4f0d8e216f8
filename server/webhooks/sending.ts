import { spread } from '../jobs/backoff.ts';
import type { JobOutcome, JobRun } from '../jobs/jobs.ts';
import type { Db, Tx } from '../store/store.ts';
import {
  bringForward,
  type DueDelivery,
  holdAddress,
  nextDelivery,
  stopWebhook,
  writeDelivered,
  writeFailed,
  writeMissed,
} from '../store/webhooks/webhookDeliveries.ts';
import { type Receiver, readReceiver } from '../store/webhooks/webhooks.ts';
import { envelopeOf } from './envelope.ts';
import type { WebhookPolicy } from './policy.ts';
import { type PostResult, post } from './post.ts';
import { signatureHeaders } from './signature.ts';

/** A receiver has the sender for so long, then others that wait have their turn. */
const turnMs = 10_000;
/** So many attempts in a row were not taken: the receiver was away, not only one message wrong. */
const awayAfter = 3;
const gone = 410;
const maxRetryAfterMs = 86_400_000;

export interface SendingContext {
  db: Db;
  now: () => number;
  policy: WebhookPolicy;
}

/**
 * Deliver what is due to one webhook, one after the other: the job `webhooks.send`. A delivery that the process does
 * not survive is made again.
 */
export async function sendDue(
  context: SendingContext,
  webhookId: string,
  run: JobRun,
): Promise<JobOutcome> {
  const { db, now } = context;
  const until = performance.now() + turnMs;
  for (;;) {
    run.signal.throwIfAborted();
    const receiver = await readReceiver(db, webhookId, now());
    if (!receiver?.active) return;
    if (receiver.pauseMs > 0) return { againInMs: receiver.pauseMs };
    const next = await nextDelivery(db, webhookId);
    if (!next) return;
    if ('waitMs' in next) return { againInMs: next.waitMs };
    if (performance.now() >= until) return { againInMs: 0 };
    const result = await deliver(context, receiver, next.due.event, run.signal);
    await db.transaction().execute(async (tx) => {
      await run.fence(tx);
      await write(tx, context, { receiver, due: next.due, result });
    });
  }
}

/** One attempt. Rejects only where `signal` is aborted. */
export function deliver(
  { now, policy }: SendingContext,
  receiver: Receiver,
  event: DueDelivery['event'],
  signal: AbortSignal,
): Promise<PostResult> {
  const body = JSON.stringify(envelopeOf(event, receiver.scopes));
  const headers = signatureHeaders({ id: event.id, atMs: now(), body }, receiver.secrets);
  const { targets, timeoutMs } = policy;
  return post(receiver.url, headers, body, { targets, timeoutMs, signal });
}

async function write(
  tx: Tx,
  { policy }: SendingContext,
  { receiver, due, result }: { receiver: Receiver; due: DueDelivery; result: PostResult },
): Promise<void> {
  const place = { id: due.id, webhookId: receiver.id };
  if (result.failure === null) {
    await writeDelivered(tx, place, result);
    if (receiver.failures >= awayAfter) await bringForward(tx, receiver.id);
    return;
  }
  if (!(await holdAddress(tx, receiver.id, receiver.url))) return writeMissed(tx, due.id);
  const isGone = result.status === gone;
  const retryMs = isGone ? null : retryPause(policy, due.attempts, result);
  await writeFailed(tx, place, result, { retryMs, pauseMs: rest(policy, receiver.failures) });
  if (isGone) await stopWebhook(tx, receiver.id, 'gone');
  else if (receiver.failingMs >= policy.stopAfterMs) await stopWebhook(tx, receiver.id, 'failing');
}

/** Null after the last attempt. A receiver that names a later time is believed, for a day at most. */
function retryPause(policy: WebhookPolicy, attempts: number, result: PostResult): number | null {
  const pauseMs = policy.retryMs[attempts];
  if (pauseMs === undefined) return null;
  const askedMs = Math.min(result.retryAfterMs ?? 0, maxRetryAfterMs);
  return Math.max(spread(pauseMs, Math.random()), askedMs);
}

/** Short at first: it may be this one message that is not taken, and others wait behind it. */
function rest({ retryMs, maxPauseMs }: WebhookPolicy, failures: number): number {
  const [firstMs = maxPauseMs] = retryMs;
  return spread(Math.min(firstMs * 2 ** failures, maxPauseMs), Math.random());
}
