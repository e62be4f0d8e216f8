import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayDo } from '#shared/domain/permissions.ts';
import type { WebhookScope } from '#shared/domain/webhooks.ts';
import { requireKey } from './api/requireKey.ts';
import { callerOf, requireCaller } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { ProblemError } from './problems.ts';

/**
 * Hook that lets pass who may manage webhooks: users with the permission `integrations.manage`, and programs whose key
 * has the scope `webhooks:manage`.
 */
export function requireWebhookManager(context: ServerContext) {
  const signedIn = requireCaller(context.accounts);
  const withKey = requireKey(context, 'webhooks:manage');
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (/^Bearer sb_/i.test(request.headers.authorization ?? '')) return withKey(request, reply);
    await signedIn(request, reply);
    if (!mayDo(callerOf(request).user.role, 'integrations.manage')) {
      throw new ProblemError(403, 'forbidden', 'this role does not manage integrations');
    }
  };
}

/** Who asks, as the history names it: a user or a key. */
export function managerOf(request: FastifyRequest): { id: string; name: string } {
  return request.apiKey ?? callerOf(request).user;
}

/** A key may let nobody be sent what it may not read itself. */
export function reaches(request: FastifyRequest, scopes: readonly WebhookScope[]): boolean {
  const { apiKey } = request;
  return !apiKey || scopes.every((scope) => apiKey.scopes.includes(scope));
}
