import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { ServerOptions } from '../options.ts';
import type { ServerContext } from './context.ts';
import { handleClientError, handleError, handleUnknownRoute } from './errors.ts';
import { healthRoutes } from './healthRoutes.ts';
import { liveRoute } from './liveRoute.ts';
import { pbxRoutes } from './pbxRoutes.ts';
import { practiceRoutes } from './practiceRoutes.ts';
import { sessionRoutes } from './sessionRoutes.ts';
import { syncRoutes } from './syncRoutes.ts';

const maxLiveMessageBytes = 4_096;

/** The HTTP side of the server, not listening yet. */
export async function buildApp(context: ServerContext): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(context.options),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 60_000,
    clientErrorHandler: handleClientError,
    frameworkErrors: handleError,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleUnknownRoute);
  app.decorateRequest('caller', null);
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });
  app.addHook('onResponse', async ({ log, method, routeOptions }, { statusCode, elapsedTime }) => {
    const tookMs = Math.round(elapsedTime);
    log.info({ method, route: routeOptions.url, statusCode, tookMs }, 'answered');
  });
  await app.register(websocket, { options: { maxPayload: maxLiveMessageBytes } });
  await app.register(swagger, { openapi: openapiOf(), transform: jsonSchemaTransform });
  await registerRoutes(app.withTypeProvider<ZodTypeProvider>(), context);
  return app;
}

async function registerRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  await app.register(healthRoutes(context));
  await app.register(sessionRoutes(context));
  await app.register(syncRoutes(context));
  await app.register(liveRoute(context));
  await app.register(pbxRoutes(context));
  if (context.options.mode === 'practice') await app.register(practiceRoutes());
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

function openapiOf() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchboard server',
      version: '1',
      description: 'Errors are RFC 9457 problem details. The live socket is at /api/sync/live.',
    },
    components: {
      securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer' } },
    },
  };
}

/** Structured, without personal data: neither bodies nor headers nor addresses are logged. */
function loggerOptions({ logLevel }: ServerOptions) {
  return {
    level: logLevel,
    redact: ['req.headers', 'headers', 'body', 'token', 'password'],
    serializers: { req: () => ({}), res: () => ({}) },
  };
}
