import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema } from '#shared/sync/messages.ts';
import { answers } from '../../store/database/health.ts';
import type { ServerContext } from '../context.ts';
import { problem, sendProblem } from '../problems.ts';

const statusSchema = z.object({ status: z.literal('ok') });

export function healthRoutes({ store }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/healthz',
      schema: {
        summary: 'The process runs',
        tags: ['health'],
        response: { 200: statusSchema },
      },
      handler: async () => ({ status: 'ok' as const }),
    });

    app.route({
      method: 'GET',
      url: '/readyz',
      schema: {
        summary: 'The process can do its work: the database answers, and it is not about to stop',
        tags: ['health'],
        response: { 200: statusSchema, 503: problemSchema },
      },
      async handler(_request, reply) {
        if (store.isFull()) {
          return sendProblem(reply, problem(503, 'internal', 'the disk of the database is full'));
        }
        if (await answers(store.db)) return { status: 'ok' as const };
        return sendProblem(reply, problem(503, 'internal', 'the database does not answer'));
      },
    });
  };
}
