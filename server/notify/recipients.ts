import type { Notification } from '#shared/domain/notification.ts';
import type { Ticket, TicketEvent } from '#shared/domain/tickets/ticket.ts';
import type { User } from '#shared/domain/user.ts';

export type NotificationKind = Notification['kind'];
export type Person = Pick<User, 'role' | 'teamId' | 'active'> & { id: string };
export interface Told {
  userId: string;
  kind: NotificationKind;
}

type Row = readonly [kind: NotificationKind, to: readonly (string | null)[]];

/** What those who watch a ticket are told of. */
const watched: ReadonlySet<TicketEvent['name']> = new Set([
  'ticket.noted',
  'ticket.replied',
  'ticket.assigned',
  'ticket.returned',
  'ticket.waiting',
  'ticket.resumed',
  'ticket.resolved',
  'ticket.visited',
  'ticket.closed',
  'ticket.reopened',
  'ticket.escalated',
  'ticket.merged',
  'ticket.split',
  'ticket.breached',
]);

/**
 * Whom an event of a ticket has to be told to, and as what: everybody once, nobody their own doing. Up the chain go
 * returns, escalations, breaches and unsatisfied customers: the owner's supervisors, then the administrators.
 */
export function recipientsOf(
  event: Pick<TicketEvent, 'name' | 'byId' | 'data'>,
  ticket: Pick<Ticket, 'ownerId' | 'firstContactId' | 'watcherIds'>,
  people: readonly Person[],
): Told[] {
  const active = new Set(people.flatMap(({ id, active: isActive }) => (isActive ? [id] : [])));
  const told = new Map<string, NotificationKind>();
  const rows: Row[] = [
    ...directly(event, ticket, people),
    ...(watched.has(event.name) ? [['ticket.watched', ticket.watcherIds] as const] : []),
  ];
  for (const [kind, to] of rows) {
    for (const userId of to) {
      if (userId === null || userId === event.byId || !active.has(userId)) continue;
      if (!told.has(userId)) told.set(userId, kind);
    }
  }
  return [...told].map(([userId, kind]) => ({ userId, kind }));
}

function directly(
  { name, byId, data }: Pick<TicketEvent, 'name' | 'byId' | 'data'>,
  { ownerId, firstContactId }: Pick<Ticket, 'ownerId' | 'firstContactId'>,
  people: readonly Person[],
): Row[] {
  const inCharge = ownerId ?? firstContactId;
  const former = textOf(data?.formerOwnerId);
  const leads = supervisorsOf(inCharge, people);
  switch (name) {
    case 'ticket.assigned':
      return [
        ['ticket.assigned', [textOf(data?.ownerId) ?? ownerId]],
        // Who has it again meanwhile has not lost it.
        ['ticket.reassigned', [former === ownerId ? null : former]],
      ];
    case 'ticket.returned':
      return [['ticket.returned', [former, ...supervisorsOf(byId, people), firstContactId]]];
    case 'ticket.reopened':
      return data?.visit === 'unsatisfied'
        ? [
            ['visit.unsatisfied', leads],
            ['ticket.reopened', [ownerId, firstContactId]],
          ]
        : [['ticket.reopened', [ownerId, firstContactId]]];
    case 'ticket.escalated':
      return [['ticket.escalated', [...upTo(data?.escalation, leads, people), ownerId]]];
    case 'ticket.warned':
      return [['ticket.warned', [inCharge]]];
    case 'ticket.breached':
      // Of what was met after all, though too late, nobody has to hear any more.
      if (typeof data?.metAt === 'number') return [];
      return [['ticket.breached', [inCharge, ...upTo(data?.escalation, leads, people)]]];
    default:
      return [];
  }
}

function textOf(part: unknown): string | null {
  return typeof part === 'string' ? part : null;
}

/** From the second level on the administrators are told as well. */
function upTo(
  level: unknown,
  leads: readonly string[],
  people: readonly Person[],
): readonly string[] {
  if (typeof level !== 'number' || level < 2) return leads;
  return [...leads, ...administrators(people)];
}

/** Supervisors of the user's team; where there is none, the administrators. */
function supervisorsOf(userId: string, people: readonly Person[]): string[] {
  const teamId = people.find(({ id }) => id === userId)?.teamId ?? null;
  const leads = people.filter(
    (one) => one.active && one.role === 'supervisor' && teamId !== null && one.teamId === teamId,
  );
  return leads.length > 0 ? leads.map(({ id }) => id) : administrators(people);
}

function administrators(people: readonly Person[]): string[] {
  return people.flatMap(({ id, role, active }) => (active && role === 'administrator' ? [id] : []));
}
