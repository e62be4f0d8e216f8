import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { boardCurveQuerySchema, boardCurveSchema } from '#shared/sync/board.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { readCurve } from '../../board/curve.ts';
import { createGate } from '../../traffic/gate.ts';
import { inTurn } from '../../traffic/traffic.ts';
import { requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { assertStorable } from '../storable.ts';

const atATime = { running: 2, waiting: 64, maxWaitMs: 5_000 };

/** What the board shows beside what it is told live. */
export function boardRoutes({ accounts, options, store }: ServerContext): FastifyPluginAsyncZod {
  const looks = createGate(atATime);

  return async (app) => {
    app.addHook('onRequest', requireCaller(accounts));
    app.addHook('onRequest', requirePermission('team.watch', 'this role does not see the board'));

    app.route({
      method: 'GET',
      url: '/api/board/curve',
      schema: {
        summary: 'Callers by quarters of an hour: today, yesterday, and this day of last week',
        tags: ['board'],
        security: [{ bearer: [] }],
        querystring: boardCurveQuerySchema,
        response: { 200: boardCurveSchema, '4xx': problemSchema },
      },
      handler({ query }, reply) {
        assertStorable(query);
        const { queueId = null } = query;
        return inTurn(looks, reply, () => readCurve(store.db, { queueId, now: options.now() }));
      },
    });
  };
}
