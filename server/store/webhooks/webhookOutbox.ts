import { sql } from 'kysely';
import type { WebhookEventType } from '#shared/domain/webhooks.ts';
import { addJob } from '../jobs.ts';
import { lockName } from '../records.ts';
import type { Db, Tx } from '../store.ts';

/** A record before and after one commit; `before` is null where it was new. */
export interface NotedChange {
  entity: string;
  id: string;
  version: number;
  /** ms UTC, of the server that wrote it. */
  at: number;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

export interface WebhookEvent {
  id: string;
  type: WebhookEventType;
  at: number;
  recordId: string;
  recordVersion: number;
  changed: string[];
  fields: Record<string, unknown>;
}

/** The kind of job that delivers; its key is the webhook's id. */
export const sendingJob = 'webhooks.send';

export async function hasNotedChanges(db: Db): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from webhook_outbox) as some`.execute(db);
  return rows[0]?.some ?? false;
}

/**
 * Take what was noted out of the outbox, in the order of the commits: as in the feed, what a transaction that still
 * runs might yet come before stays. One node at a time; the transaction has to write down what becomes of it.
 */
export async function takeNotedChanges(tx: Tx, limit: number): Promise<NotedChange[]> {
  await lockName(tx, 'webhook', 'outbox');
  const { rows } = await sql<NotedChange & { xid: string; seq: number }>`
    delete from webhook_outbox
     where (xid, seq) in (
       select xid, seq from webhook_outbox
        where xid < (select feed_horizon())
        order by xid, seq limit ${limit})
    returning xid::text as xid, seq, entity, id, version, at, before, after`.execute(tx);
  return rows.sort((a, b) => Number(BigInt(a.xid) - BigInt(b.xid)) || a.seq - b.seq);
}

/**
 * A dump restored into another PostgreSQL brings transaction ids that were not given there yet: what it noted counts
 * as noted now.
 */
export async function adoptNotedChanges(db: Db): Promise<void> {
  await sql`
    update webhook_outbox set xid = pg_current_xact_id()
     where xid >= pg_snapshot_xmax(pg_current_snapshot())`.execute(db);
}

/** Events, and to which webhooks they go, in their order; and the jobs that deliver. */
export async function insertEvents(
  tx: Tx,
  events: readonly WebhookEvent[],
  deliveries: readonly { id: string; webhookId: string; eventId: string }[],
  atMs: number,
): Promise<void> {
  await sql`
    insert into webhook_event (id, type, at, record_id, record_version, changed, fields)
    select id, type, at, "recordId", "recordVersion", changed, fields
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
        as new (id uuid, type text, at bigint, "recordId" uuid, "recordVersion" integer,
                changed jsonb, fields jsonb)`.execute(tx);
  await sql`
    insert into webhook_delivery (id, webhook_id, event_id, state, next_at, created_at)
    select (new ->> 'id')::uuid, (new ->> 'webhookId')::uuid, (new ->> 'eventId')::uuid, 'waiting',
           0, ${atMs}::bigint
      from jsonb_array_elements(${JSON.stringify(deliveries)}::jsonb) with ordinality as all_new (new, place)
     order by place`.execute(tx);
  for (const webhookId of new Set(deliveries.map((delivery) => delivery.webhookId))) {
    await addSendingJob(tx, webhookId);
  }
}

export async function addSendingJob(db: Db | Tx, webhookId: string): Promise<void> {
  await addJob(db, { kind: sendingJob, key: webhookId, payload: { webhookId }, maxAttempts: null });
}
