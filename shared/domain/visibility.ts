import type { EntityName } from '../sync/entities.ts';
import { mayDo, type Permission, type Role } from './permissions.ts';

/**
 * Who sees the records of an entity:
 * - `all`: everybody who is signed in;
 * - `permission`: those to whom it is granted;
 * - `owner`: the user named by the field `owner`, with `reach: 'team'` that user's whole team as well, the user named
 *   by the field `also`, and, unless it is `private`, whoever watches teams. With `card`, records that have that field
 *   (they stand on a customer's card) are also seen by those with its permission.
 */
export type VisibilityRule =
  | { to: 'all' }
  | { to: 'permission'; permission: Permission }
  | {
      to: 'owner';
      owner: string;
      also?: string;
      reach: 'self' | 'team';
      private?: true;
      card?: { field: string; permission: Permission };
    };

const ofCustomers: VisibilityRule = { to: 'permission', permission: 'customers.read' };
const ofTickets: VisibilityRule = { to: 'permission', permission: 'tickets.read' };
const watch: Permission = 'team.watch';

/** The one place that says whose desk holds what; the server filters by it, in SQL as well. */
export const visibility: Record<EntityName, VisibilityRule> = {
  customer: ofCustomers,
  contactPoint: ofCustomers,
  // The time line of a customer: what became of every call and ticket, whoever took it.
  contact: ofCustomers,
  order: ofCustomers,
  ticket: ofTickets,
  ticketEvent: ofTickets,
  call: { to: 'owner', owner: 'agentId', reach: 'self' },
  wrapUp: { to: 'owner', owner: 'agentId', reach: 'self' },
  agentInterval: { to: 'owner', owner: 'userId', reach: 'self' },
  // What was promised to a customer is on the card of that customer.
  task: {
    to: 'owner',
    owner: 'ownerId',
    reach: 'team',
    card: { field: 'customerId', permission: 'customers.read' },
  },
  presence: { to: 'all' },
  user: { to: 'all' },
  setting: { to: 'all' },
  relation: ofCustomers,
  fieldChange: ofCustomers,
  dripAnswer: ofCustomers,
  customerMerge: ofCustomers,
  notDuplicate: ofCustomers,
  attachment: ofTickets,
  ticketTemplate: ofTickets,
  savedView: { to: 'all' },
  complaint: ofTickets,
  questionnaire: ofTickets,
  answerSheet: ofTickets,
  article: { to: 'all' },
  articleVersion: { to: 'all' },
  articleFeedback: { to: 'owner', owner: 'byId', reach: 'self' },
  script: { to: 'all' },
  segment: { to: 'permission', permission: 'segments.manage' },
  notification: { to: 'owner', owner: 'userId', reach: 'self', private: true },
  missedCall: ofCustomers,
  message: { to: 'owner', owner: 'recipientId', also: 'senderId', reach: 'self', private: true },
  helpRequest: { to: 'owner', owner: 'agentId', reach: 'self' },
};

/** Who looks. */
export interface Viewer {
  id: string;
  role: Role;
  /** Ids of all users of the viewer's team; empty for somebody without one. */
  team: readonly string[];
}

/**
 * What one viewer sees of one entity: all of it, nothing, or the records of these owners (named by the field `owner` or,
 * where it is set, `also`) and, where `card` is set, those with that field.
 */
export type Sight =
  | 'all'
  | 'none'
  | { owner: string; also?: string; ids: readonly string[]; card: string | null };

export function sightOf({ id, role, team }: Viewer, entity: EntityName): Sight {
  const rule = visibility[entity];
  if (rule.to === 'all') return 'all';
  if (rule.to === 'permission') return mayDo(role, rule.permission) ? 'all' : 'none';
  if (!rule.private && mayDo(role, watch)) return 'all';
  const others = rule.reach === 'team' ? team : [];
  const seesCards = rule.card !== undefined && mayDo(role, rule.card.permission);
  return {
    owner: rule.owner,
    ...(rule.also === undefined ? {} : { also: rule.also }),
    ids: [...new Set([id, ...others])].sort(),
    card: seesCards ? (rule.card?.field ?? null) : null,
  };
}

/** Whether the viewer sees a record of the entity with these fields. */
export function maySee(
  viewer: Viewer,
  entity: EntityName,
  fields: Record<string, unknown>,
): boolean {
  return isInSight(sightOf(viewer, entity), fields);
}

export function isInSight(sight: Sight, fields: Record<string, unknown>): boolean {
  if (typeof sight === 'string') return sight === 'all';
  const owners = [fields[sight.owner], ...(sight.also ? [fields[sight.also]] : [])];
  if (sight.ids.some((id) => owners.includes(id))) return true;
  return sight.card !== null && isSet(fields[sight.card]);
}

/** Stands for everybody who sees what is on a card. */
export const cardAudience = 'card';

/**
 * Those who do not see a record any more by a change from `before` to `after`: ids of owners, and
 * `cardAudience`. Empty for entities whose records never change hands.
 */
export function audiencesLeft(
  entity: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string[] {
  const now = audiencesOf(entity, after);
  return audiencesOf(entity, before).filter((audience) => !now.includes(audience));
}

function audiencesOf(entity: string, fields: Record<string, unknown>): string[] {
  const rule = isRuled(entity) ? visibility[entity] : null;
  if (rule?.to !== 'owner') return [];
  const owners = [fields[rule.owner], ...(rule.also ? [fields[rule.also]] : [])];
  return [
    ...owners.filter((owner) => typeof owner === 'string'),
    ...(rule.card && isSet(fields[rule.card.field]) ? [cardAudience] : []),
  ];
}

function isRuled(entity: string): entity is EntityName {
  return Object.hasOwn(visibility, entity);
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}
