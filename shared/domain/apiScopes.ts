import { z } from 'zod';
import type { EntityName } from '../sync/entities.ts';

/** What a key of another program may be allowed; the closed list. */
export const apiScopes = [
  'customers:read',
  'customers:write',
  'orders:read',
  'orders:write',
  'contacts:read',
  'contacts:write',
  'tickets:read',
  'tickets:write',
  'calls:read',
  'wrapUps:read',
  'tasks:read',
  'tasks:write',
  'users:read',
  'webhooks:manage',
  'import',
  'export',
] as const;
export const apiScopeSchema = z.enum(apiScopes);
export type ApiScope = (typeof apiScopes)[number];

/** A new ticket brings its first event and its place on the time line. */
const written: Partial<Record<ApiScope, readonly EntityName[]>> = {
  'customers:write': ['customer', 'contactPoint'],
  'orders:write': ['order'],
  'contacts:write': ['contact'],
  'tickets:write': ['ticket', 'ticketEvent', 'contact'],
  'tasks:write': ['task'],
};

/** The entities that a key with these scopes may write. */
export function entitiesWrittenBy(scopes: readonly ApiScope[]): Set<EntityName> {
  return new Set(scopes.flatMap((scope) => written[scope] ?? []));
}
