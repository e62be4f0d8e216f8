import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  knownRequestSchema,
  knownResponseSchema,
  maxPushOperations,
  operationSchema,
  problemSchema,
  pullRequestSchema,
  pullResponseSchema,
  pushRequestSchema,
  pushResponseSchema,
} from '#shared/sync/messages.ts';
import { unknownOperations } from '../../store/operations.ts';
import { createInstanceCheck } from '../../sync/devices.ts';
import { parseCursor, pull } from '../../sync/pull.ts';
import { createPushQueue } from '../../sync/pushQueue.ts';
import { createTraffic, through, trafficSamples, useTraffic } from '../../traffic/traffic.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { deviceCopied } from './deviceRoute.ts';

/** The largest body of a push, in bytes. */
const maxPushBytes = 8_388_608;

/** A newer desk may push an entity that is unknown here: that operation is refused, not the whole push. */
const pushBodySchema = pushRequestSchema.extend({
  operations: z
    .array(operationSchema.extend({ entity: z.string().max(64) }))
    .min(1)
    .max(maxPushOperations),
});

export function syncRoutes({
  accounts,
  options,
  store,
  clock,
  feedOrigin,
  metrics,
  news,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const isOwnInstance = createInstanceCheck(store.db);
  const push = createPushQueue({ db: store.db, clock, now: options.now });
  const traffic = createTraffic(options.traffic);
  const pushes = through(traffic.push);
  const pulls = through(traffic.pull);
  metrics.gauge(
    'switchboard_sync_requests',
    'Pushes and pulls that are worked on, or wait for that',
    ['kind', 'state'],
    () => trafficSamples(traffic),
  );
  return async (app) => {
    useTraffic(app);
    app.route({
      method: 'POST',
      url: '/api/sync/push',
      onRequest: [pushes.onRequest, signedIn],
      preHandler: pushes.preHandler,
      bodyLimit: maxPushBytes,
      schema: {
        summary: 'Hand in operations; each is applied exactly once',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: pushBodySchema,
        response: { 200: pushResponseSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { user, team } = callerOf(request);
        const { deviceId, instance, operations } = request.body;
        if (!(await isOwnInstance(deviceId, instance))) throw deviceCopied();
        const results = await push({ ...user, team }, deviceId, operations);
        metrics.pushed(results);
        return sendText(reply, JSON.stringify({ results, serverTime: options.now() }));
      },
    });

    app.route({
      method: 'POST',
      url: '/api/sync/pull',
      onRequest: [pulls.onRequest, signedIn],
      preHandler: pulls.preHandler,
      bodyLimit: 4_096,
      schema: {
        summary: 'Fetch what changed behind a cursor, in commit order',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: pullRequestSchema,
        response: { 200: pullResponseSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { cursor, limit, lineage = null } = request.body;
        const from = cursor === null ? null : parseCursor(cursor);
        if (cursor !== null && !from) {
          throw new ProblemError(400, 'invalid-input', 'cursor: out of range');
        }
        const { user, team } = callerOf(request);
        const viewer = { id: user.id, role: user.role, team };
        const page = await pull(store.db, viewer, { origin: feedOrigin, from, limit, lineage });
        if (page.held) news.metHeldBack();
        metrics.pulled(page.count);
        return sendText(reply, page.text(options.now()));
      },
    });

    app.route({
      method: 'POST',
      url: '/api/sync/known',
      onRequest: signedIn,
      bodyLimit: 65_536,
      schema: {
        summary: 'Which of these operations of mine does the server not have?',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: knownRequestSchema,
        response: { 200: knownResponseSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { operationIds } = request.body;
        const { user } = callerOf(request);
        return { unknown: await unknownOperations(store.db, user.id, operationIds) };
      },
    });
  };
}

/** JSON that is made here, or comes from the database: it goes out as it is, and costs no look at its schema. */
function sendText(reply: FastifyReply, json: string) {
  return reply.type('application/json').send(json);
}
