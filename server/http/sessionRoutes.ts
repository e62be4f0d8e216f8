import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  problemSchema,
  signedInUserSchema,
  signInRequestSchema,
  signInResponseSchema,
} from '#shared/sync/messages.ts';
import { createGate } from '../traffic/gate.ts';
import { inTurn, signInLimits } from '../traffic/traffic.ts';
import { callerOf, requireCaller } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { ProblemError } from './problems.ts';
import { type Allowance, createRequestBudget } from './requestBudget.ts';

/** Wrong sign-ins of one address, whatever the logins: those of a whole house behind one, and no more. */
export const addressFailures: Allowance = { most: 100, everyMs: 3_000 };

export function sessionRoutes({ accounts, options }: ServerContext): FastifyPluginAsyncZod {
  const signedIn = requireCaller(accounts);
  const failures = createRequestBudget(
    () => performance.now(),
    options.addressFailures ?? addressFailures,
  );
  const signIns = createGate(signInLimits);
  return async (app) => {
    app.route({
      method: 'POST',
      url: '/api/session',
      bodyLimit: 16_384,
      schema: {
        summary: 'Sign in',
        tags: ['session'],
        body: signInRequestSchema,
        response: { 200: signInResponseSchema, '4xx': problemSchema },
      },
      async handler({ body, ip }, reply) {
        failures.check(ip);
        const result = await inTurn(signIns, reply, () => accounts.signIn(body));
        if (result.ok) return { ...result.value, serverTime: options.now() };
        failures.note(ip);
        const { code, message, details } = result.error;
        if (code !== 'account-locked') throw new ProblemError(401, code, message);
        const seconds = Math.ceil(Number(details?.retryAfterMs ?? 0) / 1_000);
        throw new ProblemError(429, code, message, { 'retry-after': String(seconds) });
      },
    });

    app.route({
      method: 'DELETE',
      url: '/api/session',
      onRequest: signedIn,
      schema: {
        summary: 'Sign out: the token and its live sockets end',
        tags: ['session'],
        security: [{ bearer: [] }],
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        await accounts.signOut(callerOf(request).tokenHash);
        return reply.code(204).send(null);
      },
    });

    app.route({
      method: 'GET',
      url: '/api/me',
      onRequest: signedIn,
      schema: {
        summary: 'Who is signed in',
        tags: ['session'],
        security: [{ bearer: [] }],
        response: { 200: signedInUserSchema, '4xx': problemSchema },
      },
      handler: async (request) => callerOf(request).user,
    });
  };
}
