import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import {
  agentQueuesSchema,
  setQueuesRequestSchema,
  setStateAnswerSchema,
  setStateRequestSchema,
  signOutAnswerSchema,
  takenRequestSchema,
} from '#shared/sync/intervention.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { createRequestBudget } from '../requestBudget.ts';
import { assertStorable } from '../storable.ts';
import { unwrapped } from '../unwrapped.ts';

const budgetOfUser = { most: 30, everyMs: 1_000 };
const ofUser = z.object({ userId: idSchema });
const ofOrder = z.object({ id: idSchema });
const nothing = z.object({});

/** What supervisors do about agents, and what agents' desks answer. */
export function interventionRoutes({
  accounts,
  options,
  interventions,
}: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const budget = createRequestBudget(options.now, budgetOfUser);
  const common = (summary: string) => ({ summary, tags: ['team'], security: [{ bearer: [] }] });

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook('preHandler', async (request) => {
      budget.spend(callerOf(request).user.id);
    });

    app.route({
      method: 'POST',
      url: '/api/team/:userId/state',
      bodyLimit: 4_096,
      schema: {
        ...common(
          'Have an agent’s desk go to ready or into a break, at once or after the work at hand',
        ),
        params: ofUser,
        body: setStateRequestSchema,
        response: { 200: setStateAnswerSchema, '4xx': problemSchema },
      },
      handler: async (request) =>
        unwrapped(
          await interventions.setState(callerOf(request), request.params.userId, request.body.rest),
        ),
    });

    app.route({
      method: 'POST',
      url: '/api/interventions/:id/taken',
      bodyLimit: 4_096,
      schema: {
        ...common('My desk does what a supervisor has asked for'),
        params: ofOrder,
        body: takenRequestSchema,
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { id } = request.params;
        unwrapped(await interventions.taken(callerOf(request), id, request.body.effect));
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'POST',
      url: '/api/team/:userId/signOut',
      bodyLimit: 4_096,
      schema: {
        ...common(
          'Sign an agent out: sessions end, the desk is told, the PBX offers no more calls',
        ),
        params: ofUser,
        body: nothing,
        response: { 200: signOutAnswerSchema, '4xx': problemSchema },
      },
      handler: async (request) =>
        unwrapped(await interventions.signOut(callerOf(request), request.params.userId)),
    });

    app.route({
      method: 'GET',
      url: '/api/team/:userId/queues',
      schema: {
        ...common('Queues that an agent takes, with the order in which members are asked'),
        params: ofUser,
        response: { 200: agentQueuesSchema, '4xx': problemSchema },
      },
      handler: async (request) =>
        unwrapped(await interventions.queues(callerOf(request), request.params.userId)),
    });

    app.route({
      method: 'PUT',
      url: '/api/team/:userId/queues',
      bodyLimit: 65_536,
      schema: {
        ...common('Set all queues that an agent takes'),
        params: ofUser,
        body: setQueuesRequestSchema,
        response: { 200: agentQueuesSchema, '4xx': problemSchema },
      },
      async handler(request) {
        assertStorable(request.body);
        const { userId } = request.params;
        const { queues } = request.body;
        return unwrapped(await interventions.setQueues(callerOf(request), userId, queues));
      },
    });
  };
}
