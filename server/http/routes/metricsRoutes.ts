import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';

/** Headers that a proxy adds: who asks by one is somewhere else. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-real-ip'];

/** `/metrics` in Prometheus' text format, for who has the token, or without one for this machine only. */
export function metricsRoutes({ options, metrics }: ServerContext): FastifyPluginAsyncZod {
  const { metricsToken } = options;
  return async (app) => {
    app.route({
      method: 'GET',
      url: '/metrics',
      schema: { hide: true },
      async onRequest(request) {
        if (metricsToken === null) assertLocal(request);
        else assertToken(request, metricsToken);
      },
      handler: async (_request, reply) =>
        reply.type(metrics.contentType).send(await metrics.text()),
    });
  };
}

function assertLocal({ headers, socket }: FastifyRequest): void {
  const proxied = proxyHeaders.some((name) => headers[name] !== undefined);
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (!proxied && (address === '::1' || address.startsWith('127.'))) return;
  throw new ProblemError(403, 'forbidden', 'answered on this machine only; set METRICS_TOKEN');
}

function assertToken({ headers }: FastifyRequest, token: string): void {
  const given = /^Bearer (\S{1,200})$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new ProblemError(401, 'signed-out', 'the token of METRICS_TOKEN is needed', {
    'www-authenticate': 'Bearer',
  });
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
