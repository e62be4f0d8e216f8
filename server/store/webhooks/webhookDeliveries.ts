import { type RawBuilder, sql } from 'kysely';
import type {
  Delivery,
  DeliveryFailure,
  DeliveryState,
  webhookStops,
} from '#shared/sync/webhooks.ts';
import type { Db, Tx } from '../store.ts';
import { addSendingJob, type WebhookEvent } from './webhookOutbox.ts';

/** The clock of the deliveries is the database's, as that of the jobs is. */
const nowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface DueDelivery {
  id: string;
  /** Attempts before this one. */
  attempts: number;
  event: Omit<WebhookEvent, 'type'> & { type: string };
}

/** What is to be delivered next, in the order of the commits; or how long until then. */
export async function nextDelivery(
  db: Db,
  webhookId: string,
): Promise<{ due: DueDelivery } | { waitMs: number } | null> {
  const { rows } = await sql<DeliveryRow & EventRow>`
    select ${deliveryColumns}, ${eventColumns}
      from webhook_delivery join webhook_event on webhook_event.id = event_id
     where webhook_id = ${webhookId} and state = 'waiting' and next_at <= ${nowMs}
     order by position limit 1`.execute(db);
  const row = rows[0];
  if (row) return { due: { id: row.id, attempts: row.attempts, event: eventOf(row) } };
  const next = await sql<{ wait: number | null }>`
    select min(next_at) - ${nowMs} as wait from webhook_delivery
     where webhook_id = ${webhookId} and state = 'waiting'`.execute(db);
  const waitMs = next.rows[0]?.wait ?? null;
  return waitMs === null ? null : { waitMs };
}

export interface Attempt {
  failure: DeliveryFailure | null;
  status: number | null;
  answer: string | null;
  tookMs: number;
}

/** The webhook before its delivery, here and below: in the order in which a removal takes them. */
export async function writeDelivered(
  tx: Tx,
  { id, webhookId }: { id: string; webhookId: string },
  attempt: Attempt,
): Promise<void> {
  await sql`
    update webhook set failures = 0, failing_since = null, pause_until = null, delivered_at = ${nowMs}
     where id = ${webhookId}`.execute(tx);
  await writeAttempt(tx, id, attempt, { state: 'delivered', nextAt: sql`null` });
}

/** What was put off because the receiver was away is tried now that it is back. */
export async function bringForward(tx: Tx, webhookId: string): Promise<void> {
  await sql`
    update webhook_delivery set next_at = 0
     where webhook_id = ${webhookId} and state = 'waiting' and attempts > 0`.execute(tx);
}

/**
 * Does the webhook still have this address? It keeps it until the transaction ends. What another address answered says
 * nothing of the one that counts.
 */
export async function holdAddress(tx: Tx, webhookId: string, url: string): Promise<boolean> {
  const row = await tx
    .selectFrom('webhook')
    .select('url')
    .where('id', '=', webhookId)
    .forUpdate()
    .executeTakeFirst();
  return row?.url === url;
}

/** The address was changed meanwhile: it is tried at the new one, at once and from the first attempt on. */
export async function writeMissed(tx: Tx, id: string): Promise<void> {
  await sql`
    update webhook_delivery set attempts = 0, next_at = 0
     where id = ${id} and state = 'waiting'`.execute(tx);
}

/** Tried again in `retryMs`, null: never. The webhook rests for `pauseMs`. */
export async function writeFailed(
  tx: Tx,
  { id, webhookId }: { id: string; webhookId: string },
  attempt: Attempt,
  { retryMs, pauseMs }: { retryMs: number | null; pauseMs: number },
): Promise<void> {
  const next =
    retryMs === null
      ? ({ state: 'dead', nextAt: sql`null` } as const)
      : ({ state: 'waiting', nextAt: sql`${nowMs} + ${retryMs}::bigint` } as const);
  await sql`
    update webhook
       set failures = failures + 1, failing_since = coalesce(failing_since, ${nowMs}),
           pause_until = ${nowMs} + ${pauseMs}::bigint
     where id = ${webhookId}`.execute(tx);
  await writeAttempt(tx, id, attempt, next);
}

async function writeAttempt(
  tx: Tx,
  id: string,
  { failure, status, answer, tookMs }: Attempt,
  { state, nextAt }: { state: DeliveryState; nextAt: RawBuilder<unknown> },
): Promise<void> {
  await sql`
    update webhook_delivery
       set state = ${state}, attempts = attempts + 1, next_at = ${nextAt}, last_at = ${nowMs},
           last_failure = ${failure}, last_status = ${status}, last_answer = ${answer},
           last_took_ms = ${tookMs}
     where id = ${id}`.execute(tx);
}

/** Deliver nothing any more until an administrator says so; what waits is dead. */
export async function stopWebhook(
  tx: Tx,
  webhookId: string,
  stopped: (typeof webhookStops)[number],
): Promise<void> {
  await tx
    .updateTable('webhook')
    .set({ active: false, stopped, pause_until: null })
    .where('id', '=', webhookId)
    .execute();
  await tx
    .updateTable('webhook_delivery')
    .set({ state: 'dead', next_at: null })
    .where('webhook_id', '=', webhookId)
    .where('state', '=', 'waiting')
    .execute();
}

/** A delivery that was made by hand, with what became of it. Nothing is written where the webhook is gone. */
export async function insertTestDelivery(
  db: Db,
  made: { id: string; webhookId: string; event: DueDelivery['event'] },
  attempt: Attempt,
): Promise<void> {
  const { id, webhookId, event } = made;
  await db.transaction().execute(async (tx) => {
    await sql`
      insert into webhook_event (id, type, at, record_id, record_version, changed, fields)
      values (${event.id}, ${event.type}, ${event.at}, ${event.recordId}, ${event.recordVersion},
              ${JSON.stringify(event.changed)}::jsonb, ${JSON.stringify(event.fields)}::jsonb)`.execute(
      tx,
    );
    await sql`
      insert into webhook_delivery (id, webhook_id, event_id, state, attempts, last_at, last_failure,
                                    last_status, last_answer, last_took_ms, created_at)
      select ${id}, id, ${event.id}, ${attempt.failure === null ? 'delivered' : 'dead'}, 1,
             ${nowMs}, ${attempt.failure}, ${attempt.status}::integer, ${attempt.answer}::text,
             ${attempt.tookMs}::integer, ${nowMs}
        from webhook where id = ${webhookId}`.execute(tx);
  });
}

export interface DeliveryPage {
  deliveries: Delivery[];
  /** Place of the last one; null where there are no more. */
  end: number | null;
}

/** The newest first, behind `before`. */
export async function listDeliveries(
  db: Db,
  webhookId: string,
  { state, before, limit }: { state: DeliveryState | null; before: number | null; limit: number },
): Promise<DeliveryPage> {
  const { rows } = await sql<DeliveryRow & EventRow & { position: number }>`
    select position, ${deliveryColumns}, ${eventColumns}
      from webhook_delivery join webhook_event on webhook_event.id = event_id
     where webhook_id = ${webhookId}
       and (${state}::text is null or state = ${state})
       and (${before}::bigint is null or position < ${before})
     order by position desc limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    deliveries: page.map(deliveryOf),
    end: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}

export async function findDelivery(
  db: Db,
  id: string,
): Promise<{ delivery: Delivery; event: DueDelivery['event'] } | null> {
  const { rows } = await sql<DeliveryRow & EventRow>`
    select ${deliveryColumns}, ${eventColumns}
      from webhook_delivery join webhook_event on webhook_event.id = event_id
     where webhook_delivery.id = ${id}`.execute(db);
  const row = rows[0];
  return row ? { delivery: deliveryOf(row), event: eventOf(row) } : null;
}

/** Try once more from the beginning: one delivery, whatever became of it, or all dead ones. Answers how many. */
export async function redeliver(
  tx: Tx,
  webhookId: string,
  deliveryId: string | null,
): Promise<number> {
  const which = deliveryId === null ? sql`state = 'dead'` : sql`id = ${deliveryId}`;
  const { numAffectedRows = 0n } = await sql`
    update webhook_delivery set state = 'waiting', attempts = 0, next_at = 0
     where webhook_id = ${webhookId} and ${which}`.execute(tx);
  if (numAffectedRows > 0n) await addSendingJob(tx, webhookId);
  return Number(numAffectedRows);
}

/** What waits and the dead letters, of all webhooks. */
export async function countDeliveries(
  db: Db,
): Promise<{ state: 'waiting' | 'dead'; count: number }[]> {
  const { rows } = await sql<{ waiting: number; dead: number }>`
    select (select count(*) from webhook_delivery where state = 'waiting') as waiting,
           (select count(*) from webhook_delivery where state = 'dead') as dead`.execute(db);
  const { waiting = 0, dead = 0 } = rows[0] ?? {};
  return [
    { state: 'waiting', count: waiting },
    { state: 'dead', count: dead },
  ];
}

/** Forget what was taken long ago, and dead letters after longer. */
export async function removeOldDeliveries(
  db: Db,
  { deliveredMs, deadMs }: { deliveredMs: number; deadMs: number },
): Promise<void> {
  await inPortions((limit) =>
    sql`
      delete from webhook_delivery where id in (
        select id from webhook_delivery
         where (state = 'delivered' and last_at < ${nowMs} - ${deliveredMs}::bigint)
            or (state = 'dead' and coalesce(last_at, created_at) < ${nowMs} - ${deadMs}::bigint)
         limit ${limit})`.execute(db),
  );
  await inPortions((limit) =>
    sql`
      delete from webhook_event where id in (
        select id from webhook_event
         where not exists (select from webhook_delivery where event_id = webhook_event.id)
         limit ${limit})`.execute(db),
  );
}

const portion = 10_000;

/** However much there is, no statement takes longer than the database allows one to. */
async function inPortions(
  remove: (limit: number) => Promise<{ numAffectedRows?: bigint | undefined }>,
): Promise<void> {
  while (((await remove(portion)).numAffectedRows ?? 0n) === BigInt(portion));
}

interface DeliveryRow {
  id: string;
  webhook_id: string;
  state: DeliveryState;
  attempts: number;
  next_at: number | null;
  last_at: number | null;
  last_failure: DeliveryFailure | null;
  last_status: number | null;
  last_answer: string | null;
  last_took_ms: number | null;
  created_at: number;
}

interface EventRow {
  event_id: string;
  type: string;
  at: number;
  record_id: string;
  record_version: number;
  changed: string[];
  fields: Record<string, unknown>;
}

const deliveryColumns = sql`webhook_delivery.id, webhook_id, state, attempts, next_at, last_at,
  last_failure, last_status, last_answer, last_took_ms, created_at`;
const eventColumns = sql`event_id, type, at, record_id, record_version, changed, fields`;

function deliveryOf(row: DeliveryRow & EventRow): Delivery {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    eventId: row.event_id,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    // 0 stands for as soon as possible.
    nextAt: row.next_at === 0 ? row.created_at : row.next_at,
    lastAt: row.last_at,
    lastTookMs: row.last_took_ms,
    lastFailure: row.last_failure,
    lastStatus: row.last_status,
    lastAnswer: row.last_answer,
  };
}

function eventOf(row: EventRow): DueDelivery['event'] {
  const { event_id: id, type, at, changed, fields } = row;
  return {
    id,
    type,
    at,
    recordId: row.record_id,
    recordVersion: row.record_version,
    changed,
    fields,
  };
}
