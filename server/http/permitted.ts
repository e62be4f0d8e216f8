import type { FastifyRequest } from 'fastify';
import { mayDo, type Permission } from '#shared/domain/permissions.ts';
import { callerOf } from './authenticate.ts';
import { ProblemError } from './problems.ts';

/** Throws 403 `forbidden`, with `refused` as its reason, where the role of whoever is signed in lacks the permission. */
export function assertMay(
  request: FastifyRequest,
  permission: Permission,
  refused = `${permission} is not granted to this role`,
): void {
  if (mayDo(callerOf(request).user.role, permission)) return;
  throw new ProblemError(403, 'forbidden', refused);
}

/** The same as a hook behind `requireCaller`: before a body is looked at, so that who may not ask learns not how to. */
export function requirePermission(permission: Permission, refused?: string) {
  return async (request: FastifyRequest): Promise<void> => assertMay(request, permission, refused);
}
