import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  deliveriesSchema,
  deliveryDetailSchema,
  deliverySchema,
  deliveryStateSchema,
  maxDeliveriesPage,
  type Webhook,
} from '#shared/sync/webhooks.ts';
import { noteManaged, webhookInAudit } from '../../integrations/noteManaged.ts';
import { findDelivery, listDeliveries, redeliver } from '../../store/webhooks/webhookDeliveries.ts';
import { findWebhook } from '../../store/webhooks/webhooks.ts';
import { envelopeOf } from '../../webhooks/envelope.ts';
import type { ServerContext } from '../context.ts';
import { auditorOf } from '../manager.ts';
import { ProblemError } from '../problems.ts';
import { reaches, requireWebhookManager } from '../webhookCaller.ts';
import { assertActive, noWebhook } from './webhookRoutes.ts';

const paramsSchema = z.object({ id: idSchema });
const querySchema = z.object({
  state: deliveryStateSchema.optional(),
  /** Of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(maxDeliveriesPage).default(50),
});

/** What was delivered, what waits, and what could not be delivered: the dead letters. */
export function webhookDeliveryRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { options, store } = context;
  const { db } = store;
  const common = (summary: string) => ({
    summary,
    tags: ['webhooks'],
    security: [{ bearer: [] }, { key: [] }],
  });

  async function webhookOf(request: FastifyRequest, id: string): Promise<Webhook> {
    const found = await findWebhook(db, id);
    if (!found || !reaches(request, found.scopes)) throw noWebhook();
    return found;
  }

  async function deliveryOf(request: FastifyRequest, id: string) {
    const found = await findDelivery(db, id);
    if (!found) throw noDelivery();
    const webhook = await webhookOf(request, found.delivery.webhookId);
    return { ...found, webhook };
  }

  return async (app) => {
    app.addHook('onRequest', requireWebhookManager(context));

    app.route({
      method: 'GET',
      url: '/api/webhooks/:id/deliveries',
      schema: {
        ...common('Deliveries to a webhook, the newest first'),
        params: paramsSchema,
        querystring: querySchema,
        response: { 200: deliveriesSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        await webhookOf(request, id);
        const { state = null, cursor, limit } = request.query;
        const before = cursor === undefined ? null : Number(cursor);
        const { deliveries, end } = await listDeliveries(db, id, { state, before, limit });
        return { deliveries, cursor: end === null ? null : String(end) };
      },
    });

    app.route({
      method: 'GET',
      url: '/api/webhook-deliveries/:id',
      schema: {
        ...common('One delivery, with what is sent'),
        params: paramsSchema,
        response: { 200: deliveryDetailSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { delivery, event, webhook } = await deliveryOf(request, request.params.id);
        return { delivery, body: envelopeOf(event, webhook.scopes) };
      },
    });

    app.route({
      method: 'POST',
      url: '/api/webhook-deliveries/:id/redeliver',
      schema: {
        ...common('Deliver once more, from the first attempt on'),
        params: paramsSchema,
        response: { 200: deliverySchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        const { webhook, event } = await deliveryOf(request, id);
        assertActive(webhook);
        await db.transaction().execute(async (tx) => {
          await redeliver(tx, webhook.id, id);
          await noteManaged(tx, {
            by: auditorOf(request),
            action: 'integration.webhook.redelivered',
            detail: `${webhookInAudit(webhook)}: ${event.type} ${event.id}`,
            atMs: options.now(),
          });
        });
        return (await deliveryOf(request, id)).delivery;
      },
    });
  };
}

function noDelivery(): ProblemError {
  return new ProblemError(404, 'not-found', 'no such delivery');
}
