import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiScope } from '#shared/domain/apiScopes.ts';
import type { Permission } from '#shared/domain/permissions.ts';
import { requireKey } from './api/requireKey.ts';
import { requireCaller } from './authenticate.ts';
import type { ServerContext } from './context.ts';
import { assertMay } from './permitted.ts';

/**
 * Hook that lets pass users with the permission, and programs whose key has the scope. `refused` says to all other
 * users why not.
 */
export function requireUserOrKey(
  context: ServerContext,
  { permission, scope, refused }: { permission: Permission; scope: ApiScope; refused: string },
) {
  const signedIn = requireCaller(context.accounts);
  const withKey = requireKey(context, scope);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (/^Bearer sb_/i.test(request.headers.authorization ?? '')) return withKey(request, reply);
    await signedIn(request, reply);
    assertMay(request, permission, refused);
  };
}
