import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import type { WebhookScope } from '#shared/domain/webhooks.ts';
import { ok } from '#shared/result.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  createdWebhookSchema,
  deliverySchema,
  maxWebhooks,
  newWebhookSchema,
  redeliveredSchema,
  type Webhook,
  webhookChangeSchema,
  webhookSchema,
  webhooksSchema,
} from '#shared/sync/webhooks.ts';
import { type ManagedAction, noteManaged, webhookInAudit } from '../../integrations/noteManaged.ts';
import { makeOnce } from '../../store/programs/madeRequests.ts';
import { lockName } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { redeliver } from '../../store/webhooks/webhookDeliveries.ts';
import { addSendingJob } from '../../store/webhooks/webhookOutbox.ts';
import {
  changeWebhook,
  countWebhooks,
  findWebhook,
  insertWebhook,
  listWebhooks,
  readReceiver,
  removeWebhook,
  replaceSecret,
} from '../../store/webhooks/webhooks.ts';
import { createWebhookSecret } from '../../webhooks/signature.ts';
import { refusedTarget } from '../../webhooks/targets.ts';
import { sendTest } from '../../webhooks/testEvent.ts';
import { postHeadersSchema } from '../api/idempotency.ts';
import type { ServerContext } from '../context.ts';
import { auditorOf } from '../manager.ts';
import { ProblemError } from '../problems.ts';
import { repeatableOf } from '../repeatable.ts';
import { createRequestBudget } from '../requestBudget.ts';
import { unwrapped } from '../unwrapped.ts';
import { managerOf, reaches, requireWebhookManager } from '../webhookCaller.ts';

const paramsSchema = z.object({ id: idSchema });
const testsOfManager = { most: 10, everyMs: 6_000 };

/** Where other programs are told what happened. */
export function webhookRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { options, store, webhooks } = context;
  const { db } = store;
  const { policy } = webhooks;
  const budget = createRequestBudget(options.now, testsOfManager);
  const common = (summary: string) => ({
    summary,
    tags: ['webhooks'],
    security: [{ bearer: [] }, { key: [] }],
  });

  function note(
    tx: Tx,
    request: FastifyRequest,
    action: ManagedAction,
    detail: string,
  ): Promise<void> {
    return noteManaged(tx, { by: auditorOf(request), action, detail, atMs: options.now() });
  }

  async function made<T>(request: FastifyRequest, make: (tx: Tx) => Promise<T>): Promise<T> {
    const repeatable = repeatableOf(request);
    return unwrapped(
      await db
        .transaction()
        .execute((tx) => makeOnce(tx, repeatable, options.now(), async () => ok(await make(tx)))),
    );
  }

  /** Throws 404 where there is none, or none that the asking key may see. */
  async function reached(request: FastifyRequest, id: string): Promise<Webhook> {
    const found = await findWebhook(db, id);
    if (!found || !reaches(request, found.scopes)) throw noWebhook();
    return found;
  }

  return async (app) => {
    app.addHook('onRequest', requireWebhookManager(context));

    app.route({
      method: 'GET',
      url: '/api/webhooks',
      schema: {
        ...common('The webhooks, the newest first, without their secrets'),
        response: { 200: webhooksSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const all = await listWebhooks(db);
        return { webhooks: all.filter(({ scopes }) => reaches(request, scopes)) };
      },
    });

    app.route({
      method: 'POST',
      url: '/api/webhooks',
      schema: {
        ...common('Make a webhook; its secret is in this answer and nowhere else'),
        headers: postHeadersSchema,
        body: newWebhookSchema,
        response: { 201: createdWebhookSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { body } = request;
        assertTarget(body.url, context);
        assertScopes(request, body.scopes);
        const { id, secret } = await made(request, async (tx) => {
          // Of those that are made side by side, each counts the ones before it.
          await lockName(tx, 'webhooks', 'all');
          if ((await countWebhooks(tx)) >= maxWebhooks) {
            throw new ProblemError(409, 'conflict', `there are ${maxWebhooks} webhooks already`);
          }
          const fresh = createWebhookSecret();
          const by = { secret: fresh, atMs: options.now(), byName: managerOf(request).name };
          await note(tx, request, 'integration.webhook.made', webhookInAudit(body));
          return { id: await insertWebhook(tx, body, by), secret: fresh };
        });
        return reply.code(201).send({ webhook: await reached(request, id), secret });
      },
    });

    app.route({
      method: 'GET',
      url: '/api/webhooks/:id',
      schema: {
        ...common('One webhook'),
        params: paramsSchema,
        response: { 200: webhookSchema, '4xx': problemSchema },
      },
      handler: (request) => reached(request, request.params.id),
    });

    app.route({
      method: 'PATCH',
      url: '/api/webhooks/:id',
      schema: {
        ...common('Change a webhook; what is left out stays'),
        params: paramsSchema,
        body: webhookChangeSchema,
        response: { 200: webhookSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { body, params } = request;
        await reached(request, params.id);
        if (body.url !== undefined) assertTarget(body.url, context);
        assertScopes(request, body.scopes ?? []);
        await db.transaction().execute(async (tx) => {
          await changeWebhook(tx, params.id, body);
          const changed = await findWebhook(tx, params.id);
          if (!changed) throw noWebhook();
          const detail = webhookInAudit(changed, body);
          await note(tx, request, 'integration.webhook.changed', detail);
          if (body.active || body.url !== undefined) await addSendingJob(tx, params.id);
        });
        return reached(request, params.id);
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api/webhooks/:id',
      schema: {
        ...common('Remove a webhook and what it has not been told yet'),
        params: paramsSchema,
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { id } = request.params;
        const removed = await reached(request, id);
        await db.transaction().execute(async (tx) => {
          if (!(await removeWebhook(tx, id))) throw noWebhook();
          await note(tx, request, 'integration.webhook.removed', webhookInAudit(removed));
        });
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/webhooks/:id/secret',
      schema: {
        ...common('Make a new secret; deliveries are signed with the old one as well for a day'),
        params: paramsSchema,
        headers: postHeadersSchema,
        response: { 200: createdWebhookSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        const before = await reached(request, id);
        // A second one for the same wish would push the one out that receivers have.
        const { secret } = await made(request, async (tx) => {
          const fresh = createWebhookSecret();
          const previousUntil = options.now() + policy.previousSecretMs;
          if (!(await replaceSecret(tx, id, { secret: fresh, previousUntil }))) throw noWebhook();
          const detail = webhookInAudit(before);
          await note(tx, request, 'integration.webhook.secretRenewed', detail);
          return { secret: fresh };
        });
        return { webhook: await reached(request, id), secret };
      },
    });

    app.route({
      method: 'POST',
      url: '/api/webhooks/:id/test',
      schema: {
        ...common('Send a test event now, once, and tell what became of it'),
        params: paramsSchema,
        response: { 200: deliverySchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        await reached(request, id);
        budget.spend(managerOf(request).id);
        const receiver = await readReceiver(db, id, options.now());
        if (!receiver) throw noWebhook();
        const sent = await sendTest({ db, now: options.now, policy }, receiver);
        if (!sent) throw noWebhook();
        return sent;
      },
    });

    app.route({
      method: 'POST',
      url: '/api/webhooks/:id/redeliver',
      schema: {
        ...common('Deliver all dead letters once more'),
        params: paramsSchema,
        response: { 200: redeliveredSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { id } = request.params;
        const webhook = await reached(request, id);
        assertActive(webhook);
        const count = await db.transaction().execute(async (tx) => {
          const queued = await redeliver(tx, id, null);
          if (queued === 0) return 0;
          const detail = `${webhookInAudit(webhook)}: ${queued}`;
          await note(tx, request, 'integration.webhook.redelivered', detail);
          return queued;
        });
        return { count };
      },
    });
  };
}

/** What waits for a webhook that is not active would wait for ever. */
export function assertActive({ active }: Webhook): void {
  if (active) return;
  throw new ProblemError(409, 'state-not-allowed', 'the webhook is not active');
}

export function noWebhook(): ProblemError {
  return new ProblemError(404, 'not-found', 'no such webhook');
}

function assertTarget(url: string, { webhooks }: ServerContext): void {
  const refusal = refusedTarget(url, webhooks.policy.targets);
  if (refusal) throw new ProblemError(400, 'webhook-address-refused', refusal);
}

function assertScopes(request: FastifyRequest, scopes: readonly WebhookScope[]): void {
  if (reaches(request, scopes)) return;
  throw new ProblemError(403, 'forbidden', 'scopes: the key has not all of them itself');
}
