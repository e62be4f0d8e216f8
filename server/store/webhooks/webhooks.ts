import { type RawBuilder, type Selectable, sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  type WebhookEventType,
  type WebhookScope,
  webhookEntities,
} from '#shared/domain/webhooks.ts';
import type { NewWebhook, Webhook, WebhookChange } from '#shared/sync/webhooks.ts';
import type { Db, Tx } from '../store.ts';
import type { WebhookTable } from './webhookTables.ts';

/** The clock of the deliveries is the database's, as that of the jobs is. */
const nowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

/** What it takes to deliver to a webhook. */
export interface Receiver {
  id: string;
  url: string;
  active: boolean;
  events: WebhookEventType[];
  scopes: WebhookScope[];
  /** The one that counts, and the one before while it still does. */
  secrets: string[];
  /** Attempts in a row that were not taken. */
  failures: number;
  /** How long nothing is to be tried; 0: now. */
  pauseMs: number;
  /** For how long nothing was taken. */
  failingMs: number;
}

/** The newest first. */
export async function listWebhooks(db: Db): Promise<Webhook[]> {
  return readWebhooks(db, null);
}

export async function findWebhook(db: Db | Tx, id: string): Promise<Webhook | null> {
  const [found] = await readWebhooks(db, id);
  return found ?? null;
}

type Row = Selectable<WebhookTable> & { waiting: number; dead: number };

async function readWebhooks(db: Db | Tx, id: string | null): Promise<Webhook[]> {
  const { rows } = await sql<Row>`
    select webhook.*,
           (select count(*) from webhook_delivery
             where webhook_id = webhook.id and state = 'waiting') as waiting,
           (select count(*) from webhook_delivery
             where webhook_id = webhook.id and state = 'dead') as dead
      from webhook
     where ${id}::uuid is null or id = ${id}
     order by created_at desc, id desc`.execute(db);
  return rows.map(webhookOf);
}

function webhookOf(row: Row): Webhook {
  const { id, url, description, events, scopes, active, stopped, waiting, dead } = row;
  return {
    id,
    url,
    description,
    events,
    scopes,
    active,
    stopped,
    failingSince: row.failing_since,
    deliveredAt: row.delivered_at,
    previousSecretUntil: row.previous_secret === null ? null : row.previous_until,
    waiting,
    dead,
    createdAt: row.created_at,
    createdByName: row.created_by_name,
  };
}

export async function countWebhooks(db: Db | Tx): Promise<number> {
  const { count } = await db
    .selectFrom('webhook')
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Answers its id. */
export async function insertWebhook(
  db: Db | Tx,
  made: NewWebhook,
  by: { secret: string; atMs: number; byName: string },
): Promise<string> {
  const id = uuidv7();
  await sql`
    insert into webhook (id, url, description, events, entities, scopes, active, secret,
                         created_at, created_by_name)
    values (${id}, ${made.url}, ${made.description}, ${JSON.stringify(made.events)}::jsonb,
            ${entitiesOf(made.events)}, ${JSON.stringify(made.scopes)}::jsonb, ${made.active},
            ${by.secret}, ${by.atMs}, ${by.byName})`.execute(db);
  return id;
}

/** What is left out stays. Answers whether there is such a webhook. */
export async function changeWebhook(
  db: Db | Tx,
  id: string,
  change: WebhookChange,
): Promise<boolean> {
  const { url = null, description = null, active = null } = change;
  const events = change.events ? JSON.stringify(change.events) : null;
  const entities = change.events ? entitiesOf(change.events) : null;
  const scopes = change.scopes ? JSON.stringify(change.scopes) : null;
  const { rows } = await sql`
    update webhook
       set url = coalesce(${url}, url), description = coalesce(${description}, description),
           events = coalesce(${events}::jsonb, events),
           entities = coalesce(${entities}::text[], entities),
           scopes = coalesce(${scopes}::jsonb, scopes),
           active = coalesce(${active}, active),
           stopped = case when ${active}::boolean is null then stopped end,
           failures = case when ${active}::boolean or ${url}::text is not null then 0 else failures end,
           failing_since = case when ${active}::boolean or ${url}::text is not null then null
                                else failing_since end,
           pause_until = case when ${active}::boolean or ${url}::text is not null then null
                              else pause_until end
     where id = ${id} returning id`.execute(db);
  return rows.length === 1;
}

/** Deliveries go with it. Answers whether there was such a webhook. */
export async function removeWebhook(db: Db | Tx, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('webhook').where('id', '=', id).executeTakeFirst();
  return numDeletedRows === 1n;
}

/** The secret of now counts until `previousUntil` (ms UTC) beside the new one. */
export async function replaceSecret(
  db: Db | Tx,
  id: string,
  { secret, previousUntil }: { secret: string; previousUntil: number },
): Promise<boolean> {
  const { rows } = await sql`
    update webhook set previous_secret = secret, previous_until = ${previousUntil}, secret = ${secret}
     where id = ${id} returning id`.execute(db);
  return rows.length === 1;
}

export async function readReceiver(db: Db, id: string, atMs: number): Promise<Receiver | null> {
  const [found] = await readReceivers(db, sql`id = ${id}`, atMs);
  return found ?? null;
}

/** Those that want to be told something. */
export async function activeReceivers(tx: Tx, atMs: number): Promise<Receiver[]> {
  return readReceivers(tx, sql`active`, atMs);
}

type ReceiverRow = Selectable<WebhookTable> & { pause_ms: number; failing_ms: number };

async function readReceivers(
  db: Db | Tx,
  which: RawBuilder<unknown>,
  atMs: number,
): Promise<Receiver[]> {
  const { rows } = await sql<ReceiverRow>`
    select *, greatest(0, coalesce(pause_until - ${nowMs}, 0)) as pause_ms,
           greatest(0, coalesce(${nowMs} - failing_since, 0)) as failing_ms
      from webhook where ${which}`.execute(db);
  return rows.map((row) => receiverOf(row, atMs));
}

/** `atMs`: the server's time, by which the old secret ends. */
function receiverOf(row: ReceiverRow, atMs: number): Receiver {
  const { id, url, active, events, scopes, failures } = row;
  const previous =
    row.previous_secret !== null && (row.previous_until ?? 0) > atMs ? [row.previous_secret] : [];
  return {
    id,
    url,
    active,
    events,
    scopes,
    secrets: [row.secret, ...previous],
    failures,
    pauseMs: row.pause_ms,
    failingMs: row.failing_ms,
  };
}

function entitiesOf(events: readonly WebhookEventType[]): string[] {
  return [...new Set(events.map((event) => webhookEntities[event]))];
}
