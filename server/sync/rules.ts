import { withdrawnFields } from '#shared/domain/notification.ts';
import { mayDo, type Permission } from '#shared/domain/permissions.ts';
import { maySee, visibility } from '#shared/domain/visibility.ts';
import { type EntityName, entities } from '#shared/sync/entities.ts';
import type { rejectReasons, SignedInUser } from '#shared/sync/messages.ts';

export type RejectReason = (typeof rejectReasons)[number];

export interface Refusal {
  reason: RejectReason;
  message: string;
}

/** Whoever writes: somebody who is signed in, or a program with a key, which writes what its scopes name. */
export type Author = Colleague | Program;

export type Colleague = SignedInUser & {
  /** Ids of all users of the same team. */
  team: readonly string[];
};

export interface Program {
  id: string;
  writes: ReadonlySet<EntityName>;
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
  relation: 'customers.write',
  fieldChange: 'customers.write',
  dripAnswer: 'customers.write',
  customerMerge: 'customers.merge',
  notDuplicate: 'customers.merge',
  attachment: 'tickets.write',
  ticketTemplate: 'tickets.manage',
  savedView: 'tickets.read',
  complaint: 'tickets.write',
  questionnaire: 'feedback.manage',
  answerSheet: 'tickets.write',
  article: 'knowledge.write',
  articleVersion: 'knowledge.write',
  articleFeedback: null,
  script: 'knowledge.write',
  segment: 'segments.manage',
  notification: null,
  missedCall: 'tasks.write',
  // Who reads it writes that down; see interventionRules.ts.
  message: null,
  helpRequest: null,
};

/** The field that must name the author, on a new record and on every later change. */
const authorField: Partial<Record<EntityName, string>> = {
  wrapUp: 'agentId',
  ticketEvent: 'byId',
  presence: 'userId',
  agentInterval: 'userId',
  fieldChange: 'byId',
  dripAnswer: 'byId',
  notDuplicate: 'byId',
  answerSheet: 'byId',
  articleVersion: 'byId',
  articleFeedback: 'byId',
  savedView: 'ownerId',
  notification: 'userId',
};

export interface Write {
  entity: EntityName;
  entityId: string;
  fields: Record<string, unknown>;
}

/** May this author write that? Null: yes. `held` are the record's fields now, null for a new one. */
export function refusalOf(
  author: Author,
  write: Write,
  held: Record<string, unknown> | null,
): Refusal | null {
  const { entity } = write;
  if (entities[entity].policy === 'server') {
    return { reason: 'forbidden', message: `${entity} is written by the server only` };
  }
  const message = 'writes' in author ? notOfScope(author, entity) : notOfRole(author, entity);
  if (message) return { reason: 'forbidden', message };
  return mayWriteAs(author.id, write, held) ? null : ofSomebodyElse(entity);
}

export function ofSomebodyElse(entity: EntityName): Refusal {
  return { reason: 'not-yours', message: `this ${entity} belongs to someone else` };
}

function notOfRole({ role }: SignedInUser, entity: EntityName): string | null {
  const permission = neededPermission[entity];
  if (!permission || mayDo(role, permission)) return null;
  return `${permission} is not granted to ${role}`;
}

function notOfScope({ writes }: Program, entity: EntityName): string | null {
  return writes.has(entity) ? null : `this key does not write ${entity}`;
}

/** A record as it is now. */
export interface HeldRecord {
  fields: Record<string, unknown>;
  clocks: Record<string, string>;
  /** See `audiencesLeft` of shared/domain/visibility.ts. */
  former: readonly string[];
}

/**
 * Is the record out of the author's sight? Then nothing may be done to it, and nothing is told of it. A change under
 * `stamp` by somebody who saw the record is let through where it was made before the record changed hands.
 */
export function isHidden(
  author: Author,
  entity: EntityName,
  { fields, clocks, former }: HeldRecord,
  stamp: string,
): boolean {
  if ('writes' in author || maySee(author, entity, fields)) return false;
  const rule = visibility[entity];
  if (rule.to !== 'owner') return true;
  const sawIt = [author.id, ...(rule.reach === 'team' ? author.team : [])];
  const changedHandsAt = clocks[rule.owner] ?? '';
  return !(former.some((id) => sawIt.includes(id)) && stamp < changedHandsAt);
}

/** A notification that the server has taken back (server/retention): what its user does with it changes nothing. */
export function isWithdrawn(
  author: Author,
  entity: EntityName,
  { fields, former }: Pick<HeldRecord, 'fields' | 'former'>,
): boolean {
  const isOfNobody = entity === 'notification' && fields.userId === withdrawnFields.userId;
  return isOfNobody && former.includes(author.id);
}

/** Nobody makes records that they would not see, and notifications are made by the server. */
export function isHiddenNew(
  author: Author,
  entity: EntityName,
  fields: Record<string, unknown>,
): boolean {
  if (entity === 'notification') return true;
  return !('writes' in author) && !maySee(author, entity, fields);
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
