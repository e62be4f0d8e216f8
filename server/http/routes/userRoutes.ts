import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { idSchema } from '#shared/domain/primitives.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  createdUserSchema,
  newUserSchema,
  oneTimePasswordSchema,
  userAccountSchema,
  userAccountsSchema,
  userChangeSchema,
} from '#shared/sync/users.ts';
import { createGate } from '../../traffic/gate.ts';
import { inTurn, signInLimits } from '../../traffic/traffic.ts';
import { postHeadersSchema } from '../api/idempotency.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { requirePermission } from '../permitted.ts';
import { repeatableOf } from '../repeatable.ts';
import { createRequestBudget } from '../requestBudget.ts';
import { assertStorable } from '../storable.ts';
import { unwrapped } from '../unwrapped.ts';

/** A whole centre is set up in one go. */
const budgetOfUser = { most: 200, everyMs: 100 };
const ofUser = z.object({ id: idSchema });
const nothing = z.object({});

/** Accounts, for those who manage users. */
export function userRoutes({ accounts, options, users }: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const budget = createRequestBudget(options.now, budgetOfUser);
  /** A new password is worked out as slowly as one is checked. */
  const passwords = createGate(signInLimits);
  const common = (summary: string) => ({ summary, tags: ['users'], security: [{ bearer: [] }] });

  return async (app) => {
    app.addHook('onRequest', signedIn);
    app.addHook('onRequest', requirePermission('users.manage', 'this role manages no users'));
    app.addHook('onRequest', async (request) => {
      budget.spend(callerOf(request).user.id);
    });

    app.route({
      method: 'GET',
      url: '/api/users',
      schema: {
        ...common('Everybody who has or had an account, by name'),
        response: { 200: userAccountsSchema, '4xx': problemSchema },
      },
      handler: async () => ({ users: await users.list() }),
    });

    app.route({
      method: 'POST',
      url: '/api/users',
      bodyLimit: 65_536,
      schema: {
        ...common('Make an account; its one-time password is in this answer and nowhere else'),
        headers: postHeadersSchema,
        body: newUserSchema,
        response: { 201: createdUserSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        assertStorable(request.body);
        const by = callerOf(request);
        const repeatable = repeatableOf(request);
        const create = () => users.create(by, request.body, repeatable);
        const made = await inTurn(passwords, reply, create);
        return reply.code(201).send(unwrapped(made));
      },
    });

    app.route({
      method: 'PATCH',
      url: '/api/users/:id',
      bodyLimit: 65_536,
      schema: {
        ...common('Change an account; what is left out stays'),
        params: ofUser,
        body: userChangeSchema,
        response: { 200: userAccountSchema, '4xx': problemSchema },
      },
      async handler(request) {
        assertStorable(request.body);
        return unwrapped(await users.change(callerOf(request), request.params.id, request.body));
      },
    });

    app.route({
      method: 'POST',
      url: '/api/users/:id/deactivate',
      bodyLimit: 4_096,
      schema: {
        ...common('Deactivate an account: its sessions end at once, and nobody signs in with it'),
        params: ofUser,
        body: nothing,
        response: { 200: userAccountSchema, '4xx': problemSchema },
      },
      handler: async (request) =>
        unwrapped(await users.deactivate(callerOf(request), request.params.id)),
    });

    app.route({
      method: 'POST',
      url: '/api/users/:id/reactivate',
      bodyLimit: 4_096,
      schema: {
        ...common('Activate an account again, with the password it had'),
        params: ofUser,
        body: nothing,
        response: { 200: userAccountSchema, '4xx': problemSchema },
      },
      handler: async (request) =>
        unwrapped(await users.reactivate(callerOf(request), request.params.id)),
    });

    app.route({
      method: 'POST',
      url: '/api/users/:id/password',
      bodyLimit: 4_096,
      schema: {
        ...common('Give a one-time password: all sessions of the account end'),
        params: ofUser,
        body: nothing,
        response: { 200: oneTimePasswordSchema, '4xx': problemSchema },
      },
      async handler(request, reply) {
        const by = callerOf(request);
        const { id } = request.params;
        return unwrapped(await inTurn(passwords, reply, () => users.resetPassword(by, id)));
      },
    });
  };
}
