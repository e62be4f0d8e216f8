import type { FastifyRequest } from 'fastify';
import type { WebhookScope } from '#shared/domain/webhooks.ts';
import { callerOf } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { requireUserOrKey } from './userOrKey.ts';

/**
 * Hook that lets pass who may manage webhooks: users with the permission `integrations.manage`, and programs whose key
 * has the scope `webhooks:manage`.
 */
export function requireWebhookManager(context: ServerContext) {
  return requireUserOrKey(context, {
    permission: 'integrations.manage',
    scope: 'webhooks:manage',
    refused: 'this role does not manage integrations',
  });
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
