import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { createManners } from '../../live/manners.ts';
import type { ServerContext } from '../context.ts';
import { problem, sendProblem } from '../problems.ts';
import { livePath } from '../upgrades.ts';

export function liveRoute({ live, options }: ServerContext): FastifyPluginAsyncZod {
  const manners = createManners(options.now);
  return async (app) => {
    app.route({
      method: 'GET',
      url: livePath,
      schema: { hide: true },
      wsHandler(socket) {
        manners.watch(socket);
        live.attach(socket);
      },
      handler: async (_request, reply) =>
        sendProblem(
          reply.header('upgrade', 'websocket'),
          problem(426, 'invalid-input', 'this address speaks WebSocket'),
        ),
    });
  };
}
