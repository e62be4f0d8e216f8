import {
  scopeOfWebhookEvent,
  type WebhookEnvelope,
  type WebhookScope,
  webhookEventTypeSchema,
} from '#shared/domain/webhooks.ts';
import type { DueDelivery } from '../store/webhooks/webhookDeliveries.ts';

/** What a receiver is sent: without the scope that an event's record takes, only which record it is. */
export function envelopeOf(
  event: DueDelivery['event'],
  scopes: readonly WebhookScope[],
): WebhookEnvelope {
  const { id, type, at, recordId, recordVersion, changed, fields } = event;
  return {
    id,
    type,
    at,
    version: 1,
    data: { id: recordId, recordVersion, changed, record: isShown(type, scopes) ? fields : null },
  };
}

/** A test event has no record: it shows its greeting to everybody. */
function isShown(type: string, scopes: readonly WebhookScope[]): boolean {
  const known = webhookEventTypeSchema.safeParse(type).data;
  if (!known) return true;
  const scope = scopeOfWebhookEvent(known);
  return scope !== null && scopes.includes(scope);
}
