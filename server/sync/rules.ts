import { mayDo, type Permission } from '#shared/domain/permissions.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import type { rejectReasons, SignedInUser } from '#shared/sync/messages.ts';

export type RejectReason = (typeof rejectReasons)[number];

export interface Refusal {
  reason: RejectReason;
  message: string;
}

/** What it takes to write an entity; null: everybody may, of oneself. */
const neededPermission: Record<EntityName, Permission | null> = {
  customer: 'customers.write',
  contactPoint: 'customers.write',
  contact: 'customers.write',
  order: 'customers.write',
  call: 'calls.take',
  wrapUp: 'wrapUps.write',
  ticket: 'tickets.write',
  ticketEvent: 'tickets.write',
  task: 'tasks.write',
  presence: null,
  agentInterval: null,
  user: null,
  setting: null,
};

/** The field that must name the author, on a new record and on every later change. */
const authorField: Partial<Record<EntityName, string>> = {
  wrapUp: 'agentId',
  ticketEvent: 'byId',
  presence: 'userId',
  agentInterval: 'userId',
};

export interface Write {
  entity: EntityName;
  entityId: string;
  fields: Record<string, unknown>;
}

/** May this user write that? Null: yes. `held` are the record's fields now, null for a new one. */
export function refusalOf(
  user: SignedInUser,
  write: Write,
  held: Record<string, unknown> | null,
): Refusal | null {
  const { entity } = write;
  if (entities[entity].policy === 'server') {
    return { reason: 'forbidden', message: `${entity} is written by the server only` };
  }
  const permission = neededPermission[entity];
  if (permission && !mayDo(user.role, permission)) {
    return { reason: 'forbidden', message: `${permission} is not granted to ${user.role}` };
  }
  return mayWriteAs(user.id, write, held)
    ? null
    : { reason: 'not-yours', message: `this ${entity} belongs to someone else` };
}

/** Records that name their author are written by that user alone. */
export function mayWriteAs(
  userId: string,
  { entity, entityId, fields }: Write,
  held: Record<string, unknown> | null,
): boolean {
  if (entity === 'presence' && entityId !== userId) return false;
  const field = authorField[entity];
  if (!field) return true;
  const written = Object.hasOwn(fields, field) ? [fields[field]] : [];
  const owners = held ? [held[field], ...written] : written;
  return owners.every((owner) => owner === userId);
}
