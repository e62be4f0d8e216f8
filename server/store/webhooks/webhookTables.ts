import type { Generated } from 'kysely';
import type { WebhookEventType, WebhookScope } from '#shared/domain/webhooks.ts';
import type { DeliveryFailure, DeliveryState, Webhook } from '#shared/sync/webhooks.ts';

export interface WebhookTable {
  id: string;
  url: string;
  description: string;
  events: WebhookEventType[];
  /** The entities of the events; what the triggers on `record` look at. */
  entities: string[];
  scopes: WebhookScope[];
  active: boolean;
  stopped: Webhook['stopped'];
  secret: string;
  previous_secret: string | null;
  previous_until: number | null;
  failures: number;
  failing_since: number | null;
  pause_until: number | null;
  delivered_at: number | null;
  created_at: number;
  created_by_name: string;
}

/** What happened, once for all who are told of it. */
export interface WebhookEventTable {
  id: string;
  type: string;
  at: number;
  record_id: string;
  record_version: number;
  changed: string[];
  fields: Record<string, unknown>;
}

export interface WebhookDeliveryTable {
  id: string;
  /** In the order of the commits. */
  position: Generated<number>;
  webhook_id: string;
  event_id: string;
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

/** See webhookOutbox.ts. */
export interface WebhookOutboxTable {
  xid: Generated<string>;
  seq: Generated<number>;
  entity: string;
  id: string;
  version: number;
  at: number;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}
