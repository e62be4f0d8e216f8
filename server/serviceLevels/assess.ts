import {
  limitsUnder,
  type ValueClass,
  withDueAt,
} from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { ServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import type { Ticket } from '#shared/domain/tickets/ticket.ts';
import { judge, type Verdict } from './judge.ts';

export interface ClockedTicket {
  id: string;
  ticket: Ticket;
  customerClass: ValueClass | null;
  /** What had passed before then is no news, ms UTC. */
  quietBefore: number;
}

export interface Assessment {
  verdict: Verdict;
  dueAt: number | null;
  /** Nothing has to be told or put right now. */
  isRight: boolean;
  /** It is closed, or part of another ticket: no clock runs any more. */
  isOver: boolean;
}

/** What passed longer ago than this before a ticket was first seen here is told to nobody. */
export const newsMs = 7 * 86_400_000;

/** How the clocks of a ticket stand. */
export function assess(
  { id, ticket, customerClass, quietBefore }: ClockedTicket,
  levels: ServiceLevels,
  now: number,
): Assessment {
  const limits = limitsUnder(levels, ticket, customerClass, now);
  const verdict = judge(id, ticket, limits, { now, quietBefore });
  const { dueAt } = withDueAt(ticket, levels, customerClass);
  const isTold = verdict.events.length === 0 && Object.keys(verdict.fields).length === 0;
  return {
    verdict,
    dueAt,
    isRight: isTold && dueAt === ticket.dueAt,
    isOver: ticket.state === 'closed' || ticket.mergedInto !== null,
  };
}
