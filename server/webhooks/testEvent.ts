import { v7 as uuidv7 } from 'uuid';
import { webhookTestType } from '#shared/domain/webhooks.ts';
import type { Delivery } from '#shared/sync/webhooks.ts';
import { findDelivery, insertTestDelivery } from '../store/webhooks/webhookDeliveries.ts';
import type { Receiver } from '../store/webhooks/webhooks.ts';
import { deliver, type SendingContext } from './sending.ts';

/**
 * Send a made-up event to a webhook, active or not, once and now; kept among its deliveries. Null where the webhook was
 * removed meanwhile.
 */
export async function sendTest(
  context: SendingContext,
  receiver: Receiver,
): Promise<Delivery | null> {
  const { db, now } = context;
  const event = {
    id: uuidv7(),
    type: webhookTestType,
    at: now(),
    recordId: receiver.id,
    recordVersion: 1,
    changed: [],
    fields: { message: 'Switchboard reaches this receiver' },
  };
  const attempt = await deliver(context, receiver, event, new AbortController().signal);
  const id = uuidv7();
  await insertTestDelivery(db, { id, webhookId: receiver.id, event }, attempt);
  return (await findDelivery(db, id))?.delivery ?? null;
}
