import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Failure } from '#shared/result.ts';
import {
  problemSchema,
  signedInUserSchema,
  signInRequestSchema,
  signInResponseSchema,
} from '#shared/sync/messages.ts';
import { ownPasswordSchema } from '#shared/sync/users.ts';
import { createGate } from '../../traffic/gate.ts';
import { inTurn, signInLimits } from '../../traffic/traffic.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { type Allowance, createRequestBudget } from '../requestBudget.ts';

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
        summary: 'Sign in; with a one-time password only together with an own one',
        tags: ['session'],
        body: signInRequestSchema,
        response: { 200: signInResponseSchema, '4xx': problemSchema },
      },
      async handler({ body, ip }, reply) {
        failures.check(ip);
        const result = await inTurn(signIns, reply, () => accounts.signIn(body));
        if (result.ok) return { ...result.value, serverTime: options.now() };
        if (isWrong(result.error)) failures.note(ip);
        throw refusal(result.error, 401);
      },
    });

    app.route({
      method: 'PUT',
      url: '/api/me/password',
      bodyLimit: 16_384,
      onRequest: signedIn,
      schema: {
        summary: 'Another password of my own; my other sessions end',
        tags: ['session'],
        security: [{ bearer: [] }],
        body: ownPasswordSchema,
        response: { 204: z.null(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { ip, body } = request;
        failures.check(ip);
        const caller = callerOf(request);
        const change = () => accounts.changePassword(caller, body);
        const result = await inTurn(signIns, reply, change);
        if (result.ok) return reply.code(204).send(null);
        if (isWrong(result.error)) failures.note(ip);
        // Not 401: the session is as good as before.
        throw refusal(result.error, 403);
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

function isWrong({ code }: Failure): boolean {
  return code === 'wrong-credentials' || code === 'account-locked';
}

const statusOf: Partial<Record<ErrorCode, number>> = {
  'password-change-needed': 403,
  'password-expired': 403,
  'password-refused': 400,
  'practice-user': 409,
  'state-not-allowed': 409,
};

function refusal({ code, message, details }: Failure, ofWrong: number): ProblemError {
  if (code !== 'account-locked') return new ProblemError(statusOf[code] ?? ofWrong, code, message);
  const seconds = Math.ceil(Number(details?.retryAfterMs ?? 0) / 1_000);
  return new ProblemError(429, code, message, { 'retry-after': String(seconds) });
}
