import { z } from 'zod';
import type { NewTicket } from '#shared/contract/methods/tickets.ts';
import { maxLineLength, maxTextLength } from '#shared/domain/primitives.ts';
import { type ValueClass, withDueAt } from '#shared/domain/serviceLevels/serviceLevels.ts';
import type { ServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import {
  defaultResolveMs,
  type Level,
  levels,
  type TicketPriority,
  type TicketType,
  ticketPriorities,
  ticketTypes,
} from '#shared/domain/tickets/ticket.ts';
import { usualFieldsOf } from '#shared/sync/usual.ts';
import { parseWhen } from '../fields/when.ts';

export interface TicketFields {
  type: TicketType;
  categoryId: string | null;
  priority: TicketPriority;
  subject: string;
  description: string;
  dueText: string;
  impact: Level | null;
  urgency: Level | null;
  tags: string[];
}

export const emptyTicket: TicketFields = {
  type: 'serviceRequest',
  categoryId: null,
  priority: 'normal',
  subject: '',
  description: '',
  dueText: '',
  impact: null,
  urgency: null,
  tags: [],
};

const storedSchema = z
  .object({
    type: z.enum(ticketTypes),
    categoryId: z.string().nullable(),
    priority: z.enum(ticketPriorities),
    subject: z.string(),
    description: z.string(),
    dueText: z.string(),
    impact: z.enum(levels).nullable(),
    urgency: z.enum(levels).nullable(),
    tags: z.array(z.string()),
  })
  .partial();

/** Reads a stored draft; null where there is none or it cannot be read. */
export function readTicketDraft(stored: unknown): Partial<TicketFields> | null {
  const read = storedSchema.safeParse(stored);
  if (!read.success) return null;
  const known = Object.entries(read.data).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Partial<TicketFields>;
}

export type TicketField = 'subject' | 'description' | 'due';

/** Fields that keep the ticket from being saved at `now` (ms UTC), in the order of the form. */
export function openFields(
  { subject, description, dueText }: Pick<TicketFields, 'subject' | 'description' | 'dueText'>,
  now: number,
): TicketField[] {
  const open: TicketField[] = [];
  if (subject.trim() === '' || subject.length > maxLineLength) open.push('subject');
  if (description.length > maxTextLength) open.push('description');
  if (dueText.trim() !== '' && !parseWhen(dueText, now).ok) open.push('due');
  return open;
}

/** When the ticket is due where the agent types no date, ms UTC: by the centre's service levels. */
export function defaultDueAt(
  { type, priority }: Pick<TicketFields, 'type' | 'priority'>,
  now: number,
  levels: ServiceLevels | null,
  customerClass: ValueClass | null,
): number {
  const usual = now + defaultResolveMs[priority];
  if (!levels) return usual;
  const ticket = { type, priority, state: 'registered' as const, createdAt: now, dueAt: usual };
  const { acknowledgedAt, respondedAt, resolvedAt, reopenedAt, promisedAt, pauses, mergedInto } =
    usualFieldsOf('ticket');
  const clocks = { acknowledgedAt, respondedAt, resolvedAt, reopenedAt, promisedAt, pauses };
  const whole = { ...ticket, ...clocks, mergedInto, closedAt: null };
  return withDueAt(whole, levels, customerClass).dueAt ?? usual;
}

/** What is sent to the desk. */
export function newTicketOf(
  fields: TicketFields,
  from: { customerId: string | null; callId: string | null },
  now: number,
): NewTicket {
  const { type, categoryId, priority, subject, description, dueText, impact, urgency, tags } =
    fields;
  const due = parseWhen(dueText, now);
  return {
    type,
    categoryId,
    priority,
    subject: subject.normalize('NFC'),
    description: description.normalize('NFC'),
    ...from,
    dueAt: due.ok ? due.at : null,
    impact,
    urgency,
    tags,
  };
}
