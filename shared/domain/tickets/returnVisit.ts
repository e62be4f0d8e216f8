import { isCallTime, nextCallTime, type TimeZone } from '../calls/callHours.ts';
import type { CallHours } from '../customers/customer.ts';
import { returnVisitIdOf } from '../ids.ts';
import type { ReturnVisitRules } from '../settings/returnVisits.ts';
import type { Task } from '../task.ts';
import type { Ticket } from './ticket.ts';

const hourMs = 3_600_000;

export interface VisitedCustomer {
  name: string;
  callHours: CallHours | null;
  doNotCall: boolean;
  /** The number to call; null: none is known. */
  number: string | null;
}

export interface VisitSubject {
  ticketId: string;
  /** As the step left it. */
  ticket: Ticket;
  customer: VisitedCustomer | null;
  /** Name of a user who still works here; null for all others. */
  nameOf(userId: string): string | null;
  timeZone: TimeZone;
}

/**
 * The return visit of a ticket that was just resolved, as a task; null where the rules or the customer want none, or
 * nobody could be called. It is due in the customer's hours.
 */
export function returnVisitOf(
  rules: ReturnVisitRules,
  { ticketId, ticket, customer, nameOf, timeZone }: VisitSubject,
): { id: string; fields: Task } | null {
  const { lastStep, type, mergedInto } = ticket;
  if (lastStep?.action !== 'resolve' || mergedInto !== null || !rules.types.includes(type)) {
    return null;
  }
  if (customer?.doNotCall) return null;
  const numberRaw = customer?.number ?? ticket.numberRaw;
  if (numberRaw === null) return null;
  const { at, byId, byName, id } = lastStep;
  const owner = ownerOf(rules, ticket, nameOf) ?? { id: byId, name: byName };
  const due = nextCallTime(customer?.callHours ?? null, at + rules.afterHours * hourMs, timeZone);
  return {
    id: returnVisitIdOf(ticketId, id),
    fields: {
      kind: 'returnVisit',
      title: ticket.subject,
      customerId: ticket.customerId,
      customerName: customer?.name ?? null,
      numberRaw,
      callId: null,
      ticketId,
      ownerId: owner.id,
      ownerName: owner.name,
      dueAt: due,
      state: 'open',
      createdAt: at,
      notes: '',
      attempts: [],
      remindAt: null,
      queueId: ticket.queueId,
      doneAt: null,
      doneBy: null,
    },
  };
}

function ownerOf(
  { by }: ReturnVisitRules,
  { firstContactId, ownerId }: Ticket,
  nameOf: VisitSubject['nameOf'],
): { id: string; name: string } | null {
  const wanted = by === 'owner' ? [ownerId, firstContactId] : [firstContactId, ownerId];
  for (const id of wanted) {
    const name = id === null ? null : nameOf(id);
    if (id !== null && name !== null) return { id, name };
  }
  return null;
}

/** Tries that count against the policy: a customer who asked to be called later was reached. */
export function failedTries(attempts: Task['attempts']): number {
  return attempts.filter(({ outcome }) => outcome !== 'later' && outcome !== 'reached').length;
}

export type NextTry =
  | { kind: 'again'; dueAt: number }
  /** The customer counts as not reachable. */
  | { kind: 'over'; outcome: ReturnVisitRules['unreachable'] };

/**
 * What follows a try that did not reach the customer, `attempts` with it, at `at` (ms UTC): the next one within the
 * customer's hours, or the end. A number that is not the customer's ends it at once. `laterAt` is when the customer
 * wants to be called instead.
 */
export function afterTry(
  rules: Pick<ReturnVisitRules, 'attempts' | 'hoursBetween' | 'unreachable'>,
  attempts: Task['attempts'],
  wishes: { at: number; laterAt: number | null; callHours: CallHours | null; timeZone: TimeZone },
): NextTry {
  const { at, laterAt, callHours, timeZone } = wishes;
  const outcome = attempts.at(-1)?.outcome;
  if (outcome === 'later' && laterAt !== null) return { kind: 'again', dueAt: laterAt };
  if (outcome === 'wrongNumber' || failedTries(attempts) >= rules.attempts) {
    return { kind: 'over', outcome: rules.unreachable };
  }
  const dueAt = nextCallTime(callHours, at + rules.hoursBetween * hourMs, timeZone);
  return { kind: 'again', dueAt };
}

/** Whether the customer may be called now without asking the agent first, and why not. */
export function callingNow(
  customer: { callHours: CallHours | null; doNotCall: boolean } | null,
  at: number,
  timeZone: TimeZone,
): 'fine' | 'doNotCall' | 'outsideHours' {
  if (customer?.doNotCall) return 'doNotCall';
  return isCallTime(customer?.callHours ?? null, at, timeZone) ? 'fine' : 'outsideHours';
}
