import { z } from 'zod';
import type { NewTicket } from '#shared/contract/methods/tickets.ts';
import { maxTextLength } from '#shared/domain/primitives.ts';
import {
  defaultResolveMs,
  type TicketPriority,
  type TicketType,
  ticketPriorities,
  ticketTypes,
} from '#shared/domain/ticket.ts';
import { parseWhen } from '../fields/when.ts';

/** Longest subject, as the contract takes it. */
export const maxSubjectLength = 500;

export interface TicketFields {
  type: TicketType;
  categoryId: string | null;
  priority: TicketPriority;
  subject: string;
  description: string;
  dueText: string;
}

export const emptyTicket: TicketFields = {
  type: 'serviceRequest',
  categoryId: null,
  priority: 'normal',
  subject: '',
  description: '',
  dueText: '',
};

const storedSchema = z
  .object({
    type: z.enum(ticketTypes),
    categoryId: z.string().nullable(),
    priority: z.enum(ticketPriorities),
    subject: z.string(),
    description: z.string(),
    dueText: z.string(),
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
export function openFields(fields: TicketFields, now: number): TicketField[] {
  const open: TicketField[] = [];
  const { subject, description, dueText } = fields;
  if (subject.trim() === '' || subject.length > maxSubjectLength) open.push('subject');
  if (description.length > maxTextLength) open.push('description');
  if (dueText.trim() !== '' && !parseWhen(dueText, now).ok) open.push('due');
  return open;
}

/** When the ticket is due where the agent types no date, ms UTC. */
export function defaultDueAt(priority: TicketPriority, now: number): number {
  return now + defaultResolveMs[priority];
}

/** What is sent to the desk. */
export function newTicketOf(
  fields: TicketFields,
  from: { customerId: string | null; callId: string | null },
  now: number,
): NewTicket {
  const { type, categoryId, priority, subject, description, dueText } = fields;
  const due = parseWhen(dueText, now);
  return {
    type,
    categoryId,
    priority,
    subject: subject.normalize('NFC'),
    description: description.normalize('NFC'),
    ...from,
    dueAt: due.ok ? due.at : defaultDueAt(priority, now),
  };
}
