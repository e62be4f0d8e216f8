import type { Customer } from '../customers/customer.ts';
import {
  type BusinessCalendar,
  type ServiceLevels,
  type ServiceLimit,
  type ServicePolicy,
  serviceLimits,
} from '../settings/serviceLevels.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { alwaysOpen, joined, type OpenTime, openTimeOf, type Span } from './openTime.ts';

export type ValueClass = Customer['valueClass'];

/** What of a ticket its clocks go by. */
export type ClockedTicket = Pick<
  Ticket,
  | 'type'
  | 'priority'
  | 'state'
  | 'createdAt'
  | 'acknowledgedAt'
  | 'respondedAt'
  | 'resolvedAt'
  | 'reopenedAt'
  | 'promisedAt'
  | 'closedAt'
  | 'pauses'
  | 'mergedInto'
>;

export interface LimitState {
  limit: ServiceLimit;
  /** `breached` also where it was met too late; then `metAt` says when. */
  state: 'running' | 'paused' | 'met' | 'breached';
  /** ms UTC; of a limit that stands still, if it ran on from now. */
  dueAt: number;
  /** When the policy's share of the limit has passed, ms UTC. */
  warnAt: number;
  /** When half as much time again has passed: then it is told further up. */
  overdueAt: number;
  metAt: number | null;
  /** Time on the limit's own clock, ms: left, or below 0 how much too late. */
  remainingMs: number;
}

/** The first policy that fits; a customer that is not known fits only policies for all classes. */
export function policyFor(
  { policies }: ServiceLevels,
  { type, priority }: Pick<Ticket, 'type' | 'priority'>,
  customerClass: ValueClass | null,
): ServicePolicy | null {
  const fits = <T>(list: readonly T[], value: T | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  const policy = policies.find(
    ({ types, priorities, classes }) =>
      fits(types, type) && fits(priorities, priority) && fits(classes, customerClass),
  );
  return policy ?? null;
}

export function calendarOf(
  { calendars }: ServiceLevels,
  policy: ServicePolicy | null,
): BusinessCalendar | null {
  return calendars.find(({ id }) => id === policy?.calendarId) ?? null;
}

/**
 * The limits of a ticket that have begun, in the order of `serviceLimits`. Clocks run in the open hours of the
 * calendar (null: day and night) and stand while the ticket waits for the customer.
 * - acknowledge and respond: from the creation;
 * - resolve: from the creation, or from when the ticket was re-opened last; the sooner of the policy's limit and
 *   what the agent promised counts;
 * - visit: from the resolution to the end.
 */
export function limitsOf(
  ticket: ClockedTicket,
  policy: ServicePolicy | null,
  calendar: BusinessCalendar | null,
  now: number,
): LimitState[] {
  // Its promise is kept by the ticket that stands for it.
  if (ticket.mergedInto !== null) return [];
  const pauses = pausesOf(ticket);
  return clocksOf(ticket, policy, calendar).flatMap((clock) => stateOf(clock, pauses, now) ?? []);
}

/** `limitsOf` by the policy that fits. */
export function limitsUnder(
  levels: ServiceLevels,
  ticket: ClockedTicket,
  customerClass: ValueClass | null,
  now: number,
): LimitState[] {
  const policy = policyFor(levels, ticket, customerClass);
  return limitsOf(ticket, policy, calendarOf(levels, policy), now);
}

/**
 * The ticket with the next limit that is not met as `dueAt`; null where its clocks stand or none is left. One that no
 * policy fits, and that nothing was promised for, stays as it is.
 */
export function withDueAt<T extends ClockedTicket & Pick<Ticket, 'dueAt'>>(
  ticket: T,
  levels: ServiceLevels,
  customerClass: ValueClass | null,
): T {
  const policy = policyFor(levels, ticket, customerClass);
  const clocks = clocksOf(ticket, policy, calendarOf(levels, policy));
  const pauses = pausesOf(ticket);
  if (ticket.mergedInto !== null) return { ...ticket, dueAt: null };
  if (policy === null && ticket.promisedAt === null) return ticket;
  const open = clocks.filter(({ metAt }) => metAt === null);
  const dues = open.flatMap(({ from, allowed }) => usedUp(allowed, from, pauses) ?? []);
  return { ...ticket, dueAt: dues.length > 0 ? Math.min(...dues) : null };
}

/** Under which word it is kept in `limitsTold` that a limit was told; those of a re-opened ticket are new ones. */
export function toldWord(
  limit: ServiceLimit,
  what: 'warned' | 'breached' | 'overdue',
  reopened: number,
): string {
  return reopened === 0 ? `${limit}.${what}` : `${limit}.${what}.${reopened}`;
}

/** One limit with its start and end. What it allows: the first that is used up counts. */
interface LimitClock {
  limit: ServiceLimit;
  from: number;
  metAt: number | null;
  allowed: readonly Allowance[];
  /** After which share of it somebody is warned. */
  warnShare: number;
}

/** Where only a promise counts and no policy says it. */
const promiseWarnPercent = 75;

const overdueShare = 1.5;

interface Allowance {
  open: OpenTime;
  ms: number;
}

function clocksOf(
  ticket: ClockedTicket,
  policy: ServicePolicy | null,
  calendar: BusinessCalendar | null,
): LimitClock[] {
  const warnShare = (policy?.warnAtPercent ?? promiseWarnPercent) / 100;
  return serviceLimits.flatMap((limit) => {
    const times = timesOf(ticket, limit);
    if (!times) return [];
    const minutes = policy?.minutes[limit];
    const allowed = [
      ...(minutes === undefined ? [] : [{ open: openTimeOf(calendar), ms: minutes * 60_000 }]),
      ...(limit === 'resolve' ? promiseOf(ticket, times.from) : []),
    ];
    return allowed.length > 0 ? [{ limit, ...times, allowed, warnShare }] : [];
  });
}

function promiseOf({ promisedAt }: ClockedTicket, from: number): Allowance[] {
  if (promisedAt === null || promisedAt <= from) return [];
  return [{ open: alwaysOpen, ms: promisedAt - from }];
}

/** When a limit began and was met; null where it has not begun, or nobody knows any more when it was met. */
function timesOf(
  ticket: ClockedTicket,
  limit: ServiceLimit,
): { from: number; metAt: number | null } | null {
  const { createdAt, acknowledgedAt, respondedAt, resolvedAt, closedAt, reopenedAt } = ticket;
  const isDone = ['resolved', 'returnVisit', 'closed'].includes(ticket.state);
  switch (limit) {
    case 'acknowledge': {
      const metAt = first(acknowledgedAt, respondedAt, resolvedAt, closedAt);
      if (metAt === null && ticket.state !== 'registered') return null;
      return { from: createdAt, metAt };
    }
    case 'respond': {
      const metAt = first(respondedAt, resolvedAt, closedAt);
      return metAt === null && isDone ? null : { from: createdAt, metAt };
    }
    case 'resolve': {
      const metAt = first(resolvedAt, closedAt);
      return metAt === null && isDone ? null : { from: reopenedAt ?? createdAt, metAt };
    }
    case 'visit': {
      if (resolvedAt === null || !isDone) return null;
      return closedAt === null && ticket.state === 'closed'
        ? null
        : { from: resolvedAt, metAt: closedAt };
    }
  }
}

function first(...times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

/** In their order and apart; the last without an end where the ticket waits now. */
function pausesOf({ pauses }: ClockedTicket): readonly Span[] {
  return joined(pauses.map(({ from, to }): Span => [from, to ?? Number.POSITIVE_INFINITY]));
}

function isPaused(pauses: readonly Span[]): boolean {
  return pauses.at(-1)?.[1] === Number.POSITIVE_INFINITY;
}

function stateOf(clock: LimitClock, pauses: readonly Span[], now: number): LimitState | null {
  const { limit, from, metAt, allowed, warnShare } = clock;
  const until = metAt ?? now;
  // What stands still goes on, as far as anybody can tell, at this moment.
  const seen = joined(pauses.map(([stop, goOn]): Span => [stop, Math.min(goOn, until)]));
  const dueAt = usedUp(allowed, from, seen);
  const warnAt = usedUp(partsOf(allowed, warnShare), from, seen);
  const overdueAt = usedUp(partsOf(allowed, overdueShare), from, seen);
  if (dueAt === null || warnAt === null || overdueAt === null) return null;
  const remainingMs = Math.min(
    ...allowed.map(({ open, ms }) => ms - runMs(open, from, until, seen)),
  );
  const open = metAt === null ? (isPaused(pauses) ? 'paused' : 'running') : 'met';
  return {
    limit,
    state: until > dueAt ? 'breached' : open,
    dueAt,
    warnAt,
    overdueAt,
    metAt,
    remainingMs,
  };
}

function partsOf(allowed: readonly Allowance[], share: number): Allowance[] {
  return allowed.map(({ open, ms }) => ({ open, ms: Math.round(ms * share) }));
}

/** When the first of them is used up; null where that never happens, or not while the ticket waits. */
function usedUp(
  allowed: readonly Allowance[],
  from: number,
  pauses: readonly Span[],
): number | null {
  const dues = allowed.flatMap((one) => usedUpAt(one, from, pauses) ?? []);
  return dues.length > 0 ? Math.min(...dues) : null;
}

function usedUpAt({ open, ms }: Allowance, from: number, pauses: readonly Span[]): number | null {
  let at = from;
  let left = ms;
  for (const [stop, goOn] of pauses) {
    if (goOn <= at) continue;
    const run = open.between(at, stop);
    if (left <= run) return open.after(at, left);
    left -= run;
    if (goOn === Number.POSITIVE_INFINITY) return null;
    at = goOn;
  }
  return open.after(at, left);
}

function runMs(open: OpenTime, from: number, to: number, pauses: readonly Span[]): number {
  const stood = pauses.map(([stop, goOn]) =>
    open.between(Math.max(from, stop), Math.min(to, goOn)),
  );
  return stood.reduce((run, ms) => run - ms, open.between(from, to));
}
