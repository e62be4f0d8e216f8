import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Accounts, Caller } from '../accounts/accounts.ts';
import { ProblemError } from './problems.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** Hook that lets only signed-in callers pass (`Authorization: Bearer <token>`, RFC 6750). */
export function requireCaller(accounts: Accounts) {
  return async (request: FastifyRequest, _reply: FastifyReply): Promise<void> => {
    const token = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = token ? await accounts.callerOf(token) : null;
    if (!caller) {
      throw new ProblemError(401, 'signed-out', 'no valid session', {
        'www-authenticate': 'Bearer',
      });
    }
    request.caller = caller;
  };
}

export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new ProblemError(401, 'signed-out', 'no valid session');
  return request.caller;
}
