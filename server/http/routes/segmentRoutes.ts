import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  customerValuesAnswerSchema,
  segmentCountRequestSchema,
  segmentCountSchema,
  segmentListRequestSchema,
  segmentListSchema,
} from '#shared/sync/segments.ts';
import { readValues } from '../../segments/customerValues.ts';
import { countSegment, listSegment } from '../../store/customers/segments.ts';
import { createGate } from '../../traffic/gate.ts';
import { inTurn } from '../../traffic/traffic.ts';
import { requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { assertStorable } from '../storable.ts';

/** Each goes through all customers: a few at a time leave the database to those who take calls. */
const atATime = { running: 2, waiting: 16, maxWaitMs: 10_000 };
const noCuts = { lastOrderAt: [], orders: [], amountMinor: [] };

/** Which customers belong together by what is known of them; counted over all of them, here and nowhere else. */
export function segmentRoutes({
  accounts,
  options,
  store,
  segments,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const { db } = store;
  const looks = createGate(atATime);
  const common = (summary: string) => ({ summary, tags: ['segments'], security: [{ bearer: [] }] });
  const basis = async () => ({
    now: options.now(),
    cuts: (await readValues(db))?.cuts ?? noCuts,
  });

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook(
      'onRequest',
      requirePermission('segments.manage', 'this role does not see segments'),
    );

    app.route({
      method: 'POST',
      url: '/api/segments/count',
      schema: {
        ...common('How many customers a rule fits'),
        body: segmentCountRequestSchema,
        response: { 200: segmentCountSchema, '4xx': problemSchema },
      },
      async handler({ body }, reply) {
        assertStorable(body);
        const count = async () => countSegment(db, body.rule, await basis());
        return { count: await inTurn(looks, reply, count) };
      },
    });

    app.route({
      method: 'POST',
      url: '/api/segments/list',
      schema: {
        ...common('Customers whom a rule fits, page by page'),
        body: segmentListRequestSchema,
        response: { 200: segmentListSchema, '4xx': problemSchema },
      },
      async handler({ body }, reply) {
        assertStorable(body);
        const { rule, after, limit } = body;
        const page = { after, limit: limit + 1, ...(await basis()) };
        const found = await inTurn(looks, reply, () => listSegment(db, rule, page));
        return { members: found.slice(0, limit), more: found.length > limit };
      },
    });

    app.route({
      method: 'GET',
      url: '/api/segments/values',
      schema: {
        ...common('What the last computation of all customers\u2019 values came to'),
        response: { 200: customerValuesAnswerSchema, '4xx': problemSchema },
      },
      handler: async () => ({
        values: await readValues(db),
        running: await segments.isRunning(db),
      }),
    });

    app.route({
      method: 'POST',
      url: '/api/segments/values',
      schema: {
        ...common('Compute the values of all customers anew'),
        response: { 202: z.object({}), '4xx': problemSchema },
      },
      async handler(_request, reply) {
        await segments.wish(db);
        return reply.code(202).send({});
      },
    });
  };
}
