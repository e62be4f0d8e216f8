import { z } from 'zod';
import { apiKeySchema, apiKeysSchema, createdApiKeySchema } from '#shared/sync/integrations.ts';
import {
  createdWebhookSchema,
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  redeliveredSchema,
  webhookSchema,
  webhooksSchema,
} from '#shared/sync/webhooks.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { IntegrationsPort } from '../sync/integrationsClient.ts';

type IntegrationMethod = Extract<keyof Handlers, `integrations.${string}`>;

const nothing = z.object({});
const pageSize = 50;

/** Keys and webhooks: the desk keeps nothing of them and asks the server each time. */
export function integrationHandlers({ ask }: IntegrationsPort): Pick<Handlers, IntegrationMethod> {
  const get = async <S extends z.ZodType>(path: string, schema: S) =>
    unwrap(await ask({ method: 'GET', path }, schema));
  const post = async <S extends z.ZodType>(path: string, body: unknown, schema: S) =>
    unwrap(await ask({ method: 'POST', path, body }, schema));
  const make = async <S extends z.ZodType>(path: string, body: unknown, schema: S) =>
    unwrap(await ask({ method: 'POST', path, body, once: true }, schema));
  const remove = async (path: string) => unwrap(await ask({ method: 'DELETE', path }, nothing));
  const webhook = (id: string, rest = '') => `/api/webhooks/${id}${rest}`;
  const delivery = (id: string, rest = '') => `/api/webhook-deliveries/${id}${rest}`;

  return {
    'integrations.keys': async () => (await get('/api/keys', apiKeysSchema)).keys,
    'integrations.createKey': (key) => make('/api/keys', key, createdApiKeySchema),
    'integrations.changeKey': async ({ keyId, change }) =>
      unwrap(
        await ask({ method: 'PATCH', path: `/api/keys/${keyId}`, body: change }, apiKeySchema),
      ),
    'integrations.revokeKey': ({ keyId }) => remove(`/api/keys/${keyId}`),
    'integrations.webhooks': async () => (await get('/api/webhooks', webhooksSchema)).webhooks,
    'integrations.createWebhook': (made) => make('/api/webhooks', made, createdWebhookSchema),
    'integrations.changeWebhook': async ({ webhookId, change }) =>
      unwrap(await ask({ method: 'PATCH', path: webhook(webhookId), body: change }, webhookSchema)),
    'integrations.removeWebhook': ({ webhookId }) => remove(webhook(webhookId)),
    'integrations.renewSecret': ({ webhookId }) =>
      make(webhook(webhookId, '/secret'), {}, createdWebhookSchema),
    'integrations.testWebhook': ({ webhookId }) =>
      post(webhook(webhookId, '/test'), {}, deliverySchema),
    'integrations.deliveries': ({ webhookId, state, cursor }) => {
      const query = new URLSearchParams({ limit: String(pageSize) });
      if (state !== null) query.set('state', state);
      if (cursor !== null) query.set('cursor', cursor);
      return get(webhook(webhookId, `/deliveries?${query}`), deliveriesSchema);
    },
    'integrations.delivery': ({ deliveryId }) => get(delivery(deliveryId), deliveryDetailSchema),
    'integrations.redeliver': ({ deliveryId }) =>
      post(delivery(deliveryId, '/redeliver'), {}, deliverySchema),
    'integrations.redeliverAll': ({ webhookId }) =>
      post(webhook(webhookId, '/redeliver'), {}, redeliveredSchema),
  };
}
