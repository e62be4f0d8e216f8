import { serverAuthor } from '#shared/domain/serverAuthor.ts';
import { type LimitState, toldWord } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { Ticket, TicketEvent } from '#shared/domain/tickets/ticket.ts';

/** What a look at a ticket's limits comes to. */
export interface Verdict {
  /** Fields of the ticket that change; empty where none does. */
  fields: Partial<Pick<Ticket, 'limitsTold' | 'escalation'>>;
  events: TicketEvent[];
  /** When something may have to be told next, ms UTC; null where nothing does until the ticket changes. */
  lookAt: number | null;
}

type Stage = 'warned' | 'breached' | 'overdue';
const stages: readonly Stage[] = ['warned', 'breached', 'overdue'];

/**
 * Which limits of a ticket have to be told now, each stage of each limit once in its life: a warning, the breach,
 * and that half as much time again has passed. Of several stages that passed unseen only the last is told. What had
 * passed before `quietBefore` is no news.
 */
export function judge(
  ticketId: string,
  ticket: Pick<Ticket, 'limitsTold' | 'reopened' | 'escalation'>,
  limits: readonly LimitState[],
  { now, quietBefore }: { now: number; quietBefore: number },
): Verdict {
  const told = new Set(ticket.limitsTold);
  const events: TicketEvent[] = [];
  let { escalation } = ticket;
  for (const state of limits) {
    const passed = passedStages(state, now).filter(
      (stage) =>
        timesOf(state)[stage] >= quietBefore &&
        !told.has(toldWord(state.limit, stage, ticket.reopened)),
    );
    for (const stage of passed) told.add(toldWord(state.limit, stage, ticket.reopened));
    const last = passed.at(-1);
    if (last === undefined) continue;
    if (last !== 'warned' && state.metAt === null) escalation += 1;
    events.push(eventOf(ticketId, state, last, { now, escalation }));
  }
  const isNew = told.size > ticket.limitsTold.length;
  return {
    fields: {
      ...(isNew && { limitsTold: [...told].slice(-mostTold) }),
      ...(escalation > ticket.escalation && { escalation }),
    },
    events,
    lookAt: nextLook(limits, now),
  };
}

/** As many as the schema of a ticket allows. */
const mostTold = 50;

function timesOf({ warnAt, dueAt, overdueAt }: LimitState): Record<Stage, number> {
  return { warned: warnAt, breached: dueAt, overdue: overdueAt };
}

/** A limit that is met stays what it was when it was met, and one that stands still breaks nothing. */
function passedStages(state: LimitState, now: number): Stage[] {
  if (state.state === 'met') return [];
  const until = state.metAt ?? now;
  const times = timesOf(state);
  const passed = stages.filter((stage) => times[stage] < until);
  return state.metAt === null ? passed : passed.filter((stage) => stage !== 'overdue');
}

function eventOf(
  ticketId: string,
  { limit, dueAt, metAt }: LimitState,
  stage: Stage,
  { now, escalation }: { now: number; escalation: number },
): TicketEvent {
  const names = {
    warned: 'ticket.warned',
    breached: 'ticket.breached',
    overdue: 'ticket.escalated',
  } as const;
  const level = stage === 'warned' || metAt !== null ? {} : { escalation };
  const data = { limit, dueAt, ...(metAt !== null && { metAt }), ...level };
  return { ticketId, name: names[stage], at: now, ...serverAuthor, note: null, data };
}

function nextLook(limits: readonly LimitState[], now: number): number | null {
  const times = limits
    .filter(({ state, metAt }) => metAt === null && state !== 'paused')
    // The moment itself is still in time.
    .flatMap((state) => stages.map((stage) => timesOf(state)[stage] + 1))
    .filter((at) => at > now);
  return times.length > 0 ? Math.min(...times) : null;
}
