import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiScope } from '#shared/domain/apiScopes.ts';
import type { ApiKey } from '#shared/sync/integrations.ts';
import { apiKeyOf } from '../../integrations/apiKeys.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { createRequestBudget, type RequestBudget } from '../requestBudget.ts';

declare module 'fastify' {
  interface FastifyRequest {
    apiKey: ApiKey | null;
  }
}

const minuteMs = 60_000;

/** One budget for all routes of programs, kept in this process. */
export type KeyBudget = RequestBudget;

export function createKeyBudget(now: () => number): KeyBudget {
  return createRequestBudget(now, { most: 1, everyMs: minuteMs });
}

/**
 * Hook that lets only programs pass whose key has the scope (`Authorization: Bearer sb_…`): 401
 * `key-invalid`, 403 `forbidden`, 429 `too-many-requests`. A session's token opens nothing here.
 */
export function requireKey(
  { store, options, keyBudget }: Pick<ServerContext, 'store' | 'options' | 'keyBudget'>,
  scope: ApiScope,
) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const text = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    const key = text ? await apiKeyOf(store.db, text, options.now()) : null;
    if (!key) {
      throw new ProblemError(401, 'key-invalid', 'no valid key', { 'www-authenticate': 'Bearer' });
    }
    spend(keyBudget, key, reply);
    if (!key.scopes.includes(scope)) {
      const challenge = `Bearer error="insufficient_scope", scope="${scope}"`;
      throw new ProblemError(403, 'forbidden', `the key lacks the scope ${scope}`, {
        'www-authenticate': challenge,
      });
    }
    request.apiKey = key;
  };
}

export function keyOf(request: FastifyRequest): ApiKey {
  if (!request.apiKey) throw new ProblemError(401, 'key-invalid', 'no valid key');
  return request.apiKey;
}

/** What is left is told in the fields of draft-ietf-httpapi-ratelimit-headers. */
function spend(budget: KeyBudget, { id, requestsPerMinute }: ApiKey, reply: FastifyReply): void {
  const policy = `"key";q=${requestsPerMinute};w=${minuteMs / 1_000}`;
  reply.header('ratelimit-policy', policy);
  reply.header('ratelimit', '"key";r=0');
  const allowance = { most: requestsPerMinute, everyMs: minuteMs / requestsPerMinute };
  const { remaining, wholeInMs } = budget.spend(id, allowance);
  reply.header('ratelimit', `"key";r=${remaining};t=${Math.ceil(wholeInMs / 1_000)}`);
}
