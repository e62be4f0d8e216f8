import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { ServerOptions } from '../options.ts';
import { apiRoutes } from './api/apiRoutes.ts';
import type { ServerContext } from './context.ts';
import { handleClientError, handleError, handleUnknownRoute } from './errors.ts';
import { openapiOptions } from './openapi.ts';
import { answerOtherMethods, watchRoutes } from './otherMethods.ts';
import { limitPatience } from './patience.ts';
import { ProblemError } from './problems.ts';
import { attachmentRoutes } from './routes/attachmentRoutes.ts';
import { boardRoutes } from './routes/boardRoutes.ts';
import { compareRoutes } from './routes/compareRoutes.ts';
import { deviceRoute } from './routes/deviceRoute.ts';
import { exportRoutes } from './routes/exportRoutes.ts';
import { healthRoutes } from './routes/healthRoutes.ts';
import { importRoutes } from './routes/importRoutes.ts';
import { interventionRoutes } from './routes/interventionRoutes.ts';
import { journalRoutes } from './routes/journalRoutes.ts';
import { keyRoutes } from './routes/keyRoutes.ts';
import { liveRoute } from './routes/liveRoute.ts';
import { metricsRoutes } from './routes/metricsRoutes.ts';
import { pbxRoutes } from './routes/pbxRoutes.ts';
import { practiceRoutes } from './routes/practiceRoutes.ts';
import { reportRoutes } from './routes/reportRoutes.ts';
import { segmentRoutes } from './routes/segmentRoutes.ts';
import { sessionRoutes } from './routes/sessionRoutes.ts';
import { settingRoutes } from './routes/settingRoutes.ts';
import { syncRoutes } from './routes/syncRoutes.ts';
import { userRoutes } from './routes/userRoutes.ts';
import { webhookDeliveryRoutes } from './routes/webhookDeliveryRoutes.ts';
import { webhookRoutes } from './routes/webhookRoutes.ts';
import { requestTimeoutMs, secureServer } from './secureServer.ts';
import { isWebSocketUpgrade, refuseWrongUpgrades } from './upgrades.ts';

const maxLiveMessageBytes = 4_096;

/** The HTTP side of the server, not listening yet. */
export async function buildApp(context: ServerContext): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOptions(context.options),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: requestTimeoutMs,
    clientErrorHandler: handleClientError,
    frameworkErrors: handleError,
    trustProxy: trustedProxies(context.options.trustProxy),
    // Answered by the hook below, in the words of all other errors.
    return503OnClosing: false,
    http: { shouldUpgradeCallback: isWebSocketUpgrade },
    ...secureServer(context.options.tls),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(handleUnknownRoute);
  app.decorateRequest('caller', null);
  app.decorateRequest('apiKey', null);
  const { lifecycle, metrics } = context;
  app.addHook('onRequest', async ({ routeOptions }) => {
    if (!lifecycle.isStopping() || routeOptions.url === '/healthz') return;
    throw new ProblemError(503, 'internal', 'the server is stopping', { 'retry-after': '1' });
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    if (lifecycle.isStopping()) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ log, method, routeOptions }, { statusCode, elapsedTime }) => {
    const tookMs = Math.round(elapsedTime);
    const route = routeOptions.url;
    log.info({ method, route, statusCode, tookMs }, 'answered');
    metrics.answered({ method, route: route ?? 'unknown', status: statusCode, tookMs });
  });
  await app.register(websocket, { options: { maxPayload: maxLiveMessageBytes } });
  refuseWrongUpgrades(app);
  limitPatience(app, context.options.now);
  const routes = watchRoutes(app);
  await app.register(swagger, openapiOptions(context.options));
  await registerRoutes(app.withTypeProvider<ZodTypeProvider>(), context);
  app.decorate('routeTable', structuredClone(routes));
  answerOtherMethods(app, routes);
  return app;
}

async function registerRoutes(app: FastifyInstance, context: ServerContext): Promise<void> {
  await app.register(healthRoutes(context));
  await app.register(metricsRoutes(context));
  await app.register(sessionRoutes(context));
  await app.register(syncRoutes(context));
  await app.register(compareRoutes(context));
  await app.register(deviceRoute(context));
  await app.register(liveRoute(context));
  await app.register(pbxRoutes(context));
  await app.register(interventionRoutes(context));
  await app.register(boardRoutes(context));
  await app.register(userRoutes(context));
  await app.register(keyRoutes(context));
  await app.register(apiRoutes(context));
  await app.register(webhookRoutes(context));
  await app.register(webhookDeliveryRoutes(context));
  await app.register(importRoutes(context));
  await app.register(exportRoutes(context));
  await app.register(attachmentRoutes(context));
  await app.register(settingRoutes(context));
  await app.register(segmentRoutes(context));
  await app.register(reportRoutes(context));
  await app.register(journalRoutes(context));
  if (context.options.mode === 'practice') await app.register(practiceRoutes(context));
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** As Fastify wants it: a number means so many proxies, the nearest first. */
function trustedProxies(proxies: ServerOptions['trustProxy']) {
  if (typeof proxies !== 'number') return proxies;
  return proxies > 0 && ((_address: string, hop: number) => hop < proxies);
}

/** Structured, without personal data: neither bodies nor headers nor addresses are logged. */
function loggerOptions({ logLevel }: ServerOptions) {
  return {
    level: logLevel,
    redact: ['req.headers', 'headers', 'body', 'token', 'password'],
    serializers: { req: () => ({}), res: () => ({}) },
  };
}
