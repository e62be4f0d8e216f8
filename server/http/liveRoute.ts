import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerContext } from './context.ts';
import { problem, sendProblem } from './problems.ts';

export function liveRoute({ live }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/sync/live',
      schema: { hide: true },
      wsHandler: (socket) => live.attach(socket),
      handler: async (_request, reply) =>
        sendProblem(
          reply.header('upgrade', 'websocket'),
          problem(426, 'invalid-input', 'this address speaks WebSocket'),
        ),
    });
  };
}
