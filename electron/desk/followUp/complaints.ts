import type { Days } from '#shared/contract/days.ts';
import type {
  ComplaintChange,
  ComplaintFilter,
  ComplaintView,
} from '#shared/contract/methods/complaints.ts';
import { dateAt } from '#shared/domain/calls/callHours.ts';
import { normalizeText } from '#shared/domain/text/text.ts';
import type { Complaint, ComplaintStage } from '#shared/domain/tickets/complaint.ts';
import { complaintFigures } from '#shared/domain/tickets/complaintFigures.ts';
import { repeatOf } from '#shared/domain/tickets/complaintRepeat.ts';
import { asFarAs, atStage, reopened } from '#shared/domain/tickets/complaintStages.ts';
import type { Ticket, TicketStep } from '#shared/domain/tickets/ticket.ts';
import type { Cache, LocalChange } from '../../cache/cache.ts';
import { daysOf, spanOf } from './days.ts';
import { centreZone, type FollowUpParts, found } from './parts.ts';

const dayMs = 86_400_000;

interface Wished {
  customerId: string | null;
  categoryId: string | null;
  exceptTicketId: string | null;
}

/** Complaints of the same customer, under whatever record, in the same category within the days of the rules. */
export function repeats(
  cache: Cache,
  { customerId, categoryId, exceptTicketId }: Wished,
  now: number,
) {
  const rules = cache.part('complaints');
  const since = now - rules.repeatDays * dayMs;
  const earlier =
    customerId === null ? [] : cache.followUp.complaintsOf(cache.groupOf(customerId), since);
  const others = earlier.filter(({ ticketId }) => ticketId !== exceptTicketId);
  return { days: rules.repeatDays, ...repeatOf(others, categoryId, rules, now) };
}

/** What a ticket that is a complaint has beside; made together with it. */
export function newComplaint(
  { cache, now }: { cache: Cache; now: number },
  ticketId: string,
  ticket: Pick<Ticket, 'type' | 'customerId' | 'categoryId' | 'impact'>,
): LocalChange[] {
  if (ticket.type !== 'complaint' || cache.record('complaint', ticketId)) return [];
  const { customerId, categoryId, impact } = ticket;
  const before = repeats(cache, { customerId, categoryId, exceptTicketId: ticketId }, now);
  const fields: Complaint = {
    ticketId,
    customerId,
    categoryId,
    severity: 'medium',
    impact: impact ?? 'medium',
    remedySought: '',
    rootCause: '',
    correctiveAction: '',
    stage: 'received',
    stagesAt: { received: now },
    repeatOf: (before.open ?? before.closed)?.ticketId ?? null,
    createdAt: now,
  };
  return [{ entity: 'complaint', id: ticketId, fields }];
}

/** How far a complaint is when its ticket has taken a step, as far as what is written down allows. */
const stagesBySteps: Partial<Record<TicketStep['action'], ComplaintStage>> = {
  acknowledge: 'acknowledged',
  assign: 'acknowledged',
  start: 'acknowledged',
  resolve: 'responded',
  visit: 'communicated',
  close: 'closed',
};

/** The complaint follows its ticket. */
export function complaintAfterStep(
  cache: Cache,
  ticketId: string,
  step: TicketStep,
): LocalChange[] {
  const complaint = cache.record('complaint', ticketId);
  if (!complaint) return [];
  const to = stagesBySteps[step.action];
  const next =
    step.action === 'reopen' ? reopened(complaint) : to ? asFarAs(complaint, to, step.at) : null;
  return next ? [{ entity: 'complaint', id: ticketId, fields: next }] : [];
}

/** Complaints as the window works on them. */
export function createComplaints({ cache, clock, user }: FollowUpParts) {
  const read = (ticketId: string): ComplaintView =>
    found(cache.followUp.complaint(ticketId), 'complaint');

  /** Tickets that came another way, such as by import, have none until somebody works on them. */
  function writeDown(ticketId: string): void {
    if (cache.record('complaint', ticketId)) return;
    const ticket = found(cache.record('ticket', ticketId), 'ticket');
    cache.change(newComplaint({ cache, now: ticket.createdAt }, ticketId, ticket), user.id);
  }

  function write(ticketId: string, fields: Partial<Complaint>): ComplaintView {
    cache.change([{ entity: 'complaint', id: ticketId, fields }], user.id);
    return read(ticketId);
  }

  return {
    get: (ticketId: string) => cache.followUp.complaint(ticketId),
    change(ticketId: string, change: ComplaintChange): ComplaintView {
      writeDown(ticketId);
      const given = Object.entries(change).filter((entry) => entry[1] !== undefined);
      const entries = given.map(([name, value]) => [name, normalizeText(value ?? '')]);
      return write(ticketId, Object.fromEntries(entries));
    },
    reach(ticketId: string, stage: ComplaintStage): ComplaintView {
      writeDown(ticketId);
      return write(ticketId, atStage(read(ticketId), stage, clock.now()));
    },
    repeats: (wished: Wished) => repeats(cache, wished, clock.now()),
    list({ from, to, ...filter }: ComplaintFilter, limit: number) {
      return cache.followUp.complaints(filter, spanOf({ from, to }, centreZone(cache)), limit);
    },
    figures(days: Days) {
      const timeZone = centreZone(cache);
      const counted = cache.followUp.countedComplaints(spanOf(days, timeZone));
      const today = dateAt(clock.now(), timeZone);
      const first = counted.reduce(
        (least, { createdAt }) => Math.min(least, createdAt),
        clock.now(),
      );
      const listed = daysOf(days.from ?? dateAt(first, timeZone), days.to ?? today);
      return complaintFigures(counted, listed, (at) => dateAt(at, timeZone));
    },
  };
}
