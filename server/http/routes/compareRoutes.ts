import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import {
  hashRequestSchema,
  hashResponseSchema,
  problemSchema,
  rangeRequestSchema,
  rangeResponseSchema,
} from '#shared/sync/messages.ts';
import { compareRanges, fetchRange } from '../../sync/compare.ts';
import { parseCursor } from '../../sync/pull.ts';
import { createGate } from '../../traffic/gate.ts';
import { through, useTraffic } from '../../traffic/traffic.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';

/** Thousands of records are read for an answer, and nobody waits for it: pulls and pushes go before. */
const limits = { running: 2, waiting: 512, maxWaitMs: 5_000 };

/** By which a desk finds out that it holds something else than the server shows it, and mends it. */
export function compareRoutes({
  accounts,
  store,
  feedOrigin,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const { onRequest, preHandler } = through(createGate(limits));
  return async (app) => {
    useTraffic(app);
    app.route({
      method: 'POST',
      url: '/api/sync/hash',
      onRequest: [onRequest, signedIn],
      preHandler,
      bodyLimit: 4_096,
      schema: {
        summary: 'What do my records of an entity come to, range by range?',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: hashRequestSchema,
        response: { 200: hashResponseSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { cursor, entity, after } = request.body;
        const at = parseCursor(cursor);
        if (!at) throw new ProblemError(400, 'invalid-input', 'cursor: out of range');
        const asked = { entity, after, at, origin: feedOrigin };
        return compareRanges(store.db, callerOf(request).user, asked);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/sync/range',
      onRequest: [onRequest, signedIn],
      preHandler,
      bodyLimit: 4_096,
      schema: {
        summary: 'Fetch the records of a range that differ',
        tags: ['sync'],
        security: [{ bearer: [] }],
        body: rangeRequestSchema,
        response: { 200: rangeResponseSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { entity, after, upTo } = request.body;
        return fetchRange(store.db, callerOf(request).user, { entity, after, upTo });
      },
    });
  };
}
