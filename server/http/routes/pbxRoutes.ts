import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AuditSubject, auditSubjects } from '#shared/domain/audit.ts';
import type { Permission } from '#shared/domain/permissions.ts';
import {
  auditPageSchema,
  connectorStatusSchema,
  listenRequestSchema,
  maxAuditEntries,
  problemSchema,
  recordingRequestSchema,
  recordingResponseSchema,
  takeOverRequestSchema,
} from '#shared/sync/messages.ts';
import { readAudit } from '../../store/audit.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { assertMay } from '../permitted.ts';
import { createRequestBudget } from '../requestBudget.ts';
import { unwrapped } from '../unwrapped.ts';

const budgetOfUser = { most: 20, everyMs: 1_000 };
const done = z.null();

const auditQuerySchema = z.object({
  before: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(maxAuditEntries).default(50),
  about: z.enum(auditSubjects).default('calls'),
});

/** Running calls: listening in, taking over, pausing a recording; and who did so when. */
export function pbxRoutes({
  accounts,
  options,
  store,
  supervision,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const budget = createRequestBudget(options.now, budgetOfUser);
  const common = (summary: string) => ({ summary, tags: ['pbx'], security: [{ bearer: [] }] });

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook('preHandler', async (request) => {
      if (request.method === 'POST') budget.spend(callerOf(request).user.id);
    });

    app.route({
      method: 'GET',
      url: '/api/pbx',
      schema: {
        ...common('Whether the line to the PBX stands'),
        response: { 200: connectorStatusSchema, '4xx': problemSchema },
      },
      handler: async () => supervision.status(),
    });

    app.route({
      method: 'POST',
      url: '/api/pbx/listen',
      bodyLimit: 4_096,
      schema: {
        ...common('Let my desk into the call of an agent, or change how I take part'),
        body: listenRequestSchema,
        response: { 204: done, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { userId, mode } = request.body;
        unwrapped(await supervision.listen(callerOf(request), userId, mode));
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/pbx/listen/stop',
      bodyLimit: 4_096,
      schema: {
        ...common('Stop listening in'),
        response: { 204: done, '4xx': problemSchema },
      },
      async handler(request, reply) {
        unwrapped(await supervision.stopListening(callerOf(request)));
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/pbx/takeOver',
      bodyLimit: 4_096,
      schema: {
        ...common('Lead the caller of an agent to my desk'),
        body: takeOverRequestSchema,
        response: { 204: done, '4xx': problemSchema },
      },
      async handler(request, reply) {
        unwrapped(await supervision.takeOver(callerOf(request), request.body.userId));
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/pbx/recording',
      bodyLimit: 4_096,
      schema: {
        ...common('Pause or resume the recording of my call'),
        body: recordingRequestSchema,
        response: { 200: recordingResponseSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { callRef, on } = request.body;
        return { state: unwrapped(await supervision.record(callerOf(request), callRef, on)) };
      },
    });

    app.route({
      method: 'GET',
      url: '/api/audit',
      schema: {
        ...common(
          'Who listened to whom, moved records in and out, managed keys and webhooks; newest first',
        ),
        querystring: auditQuerySchema,
        response: { 200: auditPageSchema, '4xx': problemSchema },
      },
      async handler(request) {
        const { before = null, limit, about } = request.query;
        assertMay(request, permissionToRead[about], 'this role does not see the audit');
        return { entries: await readAudit(store.db, { before, limit, about }) };
      },
    });
  };
}

const permissionToRead: Record<AuditSubject, Permission> = {
  calls: 'calls.listen',
  data: 'calls.listen',
  integrations: 'integrations.manage',
  configuration: 'configuration.write',
  team: 'team.manage',
};
