import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerContext } from './context.ts';

export function liveRoute({ live }: ServerContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/api/sync/live',
      websocket: true,
      schema: { hide: true },
      handler: (socket) => live.attach(socket),
    });
  };
}
