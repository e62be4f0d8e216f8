import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import {
  apiKeyChangeSchema,
  apiKeySchema,
  apiKeysSchema,
  createdApiKeySchema,
  newApiKeySchema,
} from '../../sync/integrations.ts';
import {
  createdWebhookSchema,
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  deliveryStateSchema,
  newWebhookSchema,
  redeliveredSchema,
  webhookChangeSchema,
  webhookSchema,
  webhooksSchema,
} from '../../sync/webhooks.ts';
import { method } from '../method.ts';

const nothing = z.object({});
const access = 'integrations.manage';
const webhookInput = z.object({ webhookId: idSchema });
const deliveryInput = z.object({ deliveryId: idSchema });

/** Keys of other programs and where they are told what happened. All of it is the server's: nothing works offline. */
export const integrationMethods = {
  'integrations.keys': method(access, nothing, apiKeysSchema.shape.keys),
  /** The secret is in this answer and nowhere else. */
  'integrations.createKey': method(access, newApiKeySchema, createdApiKeySchema),
  'integrations.changeKey': method(
    access,
    z.object({ keyId: idSchema, change: apiKeyChangeSchema }),
    apiKeySchema,
  ),
  'integrations.revokeKey': method(access, z.object({ keyId: idSchema }), nothing),
  'integrations.webhooks': method(access, nothing, webhooksSchema.shape.webhooks),
  'integrations.createWebhook': method(access, newWebhookSchema, createdWebhookSchema),
  'integrations.changeWebhook': method(
    access,
    webhookInput.extend({ change: webhookChangeSchema }),
    webhookSchema,
  ),
  'integrations.removeWebhook': method(access, webhookInput, nothing),
  /** The secret before counts for another day. */
  'integrations.renewSecret': method(access, webhookInput, createdWebhookSchema),
  /** Sends a test event, once, and answers what became of it. */
  'integrations.testWebhook': method(access, webhookInput, deliverySchema),
  'integrations.deliveries': method(
    access,
    webhookInput.extend({
      state: deliveryStateSchema.nullable(),
      /** Of the page before. */
      cursor: z.string().max(20).nullable(),
    }),
    deliveriesSchema,
  ),
  'integrations.delivery': method(access, deliveryInput, deliveryDetailSchema),
  'integrations.redeliver': method(access, deliveryInput, deliverySchema),
  /** All dead letters of a webhook. */
  'integrations.redeliverAll': method(access, webhookInput, redeliveredSchema),
} as const;
