import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from './primitives.ts';

export const ticketTypes = [
  'inquiry',
  'serviceRequest',
  'complaint',
  'suggestion',
  'repair',
  'praise',
] as const;
export const ticketPriorities = ['normal', 'major', 'urgent'] as const;
export const ticketStates = [
  'registered',
  'acknowledged',
  'assigned',
  'inProgress',
  'waiting',
  'resolved',
  'returnVisit',
  'closed',
] as const;
export type TicketType = (typeof ticketTypes)[number];
export type TicketPriority = (typeof ticketPriorities)[number];
export type TicketState = (typeof ticketStates)[number];

/** Ticket 工单. `no` is given by the server and may come later than the ticket. */
export const ticketSchema = z.object({
  no: shortTextSchema.nullable(),
  type: z.enum(ticketTypes),
  categoryId: shortTextSchema.nullable(),
  priority: z.enum(ticketPriorities),
  state: z.enum(ticketStates),
  subject: shortTextSchema.min(1),
  description: textSchema,
  customerId: idSchema.nullable(),
  callId: idSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  numberRaw: shortTextSchema.nullable(),
  ownerId: idSchema.nullable(),
  /** 首问责任人: answers to the customer from start to end, whoever works on it. */
  firstContactId: idSchema,
  firstContactName: shortTextSchema,
  createdAt: timeSchema,
  dueAt: timeSchema.nullable(),
  closedAt: timeSchema.nullable(),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const ticketEventNames = [
  'ticket.created',
  'ticket.noted',
  'ticket.assigned',
  'ticket.resolved',
  'ticket.closed',
] as const;

/** One step in a ticket's append-only history. */
export const ticketEventSchema = z.object({
  ticketId: idSchema,
  name: z.enum(ticketEventNames),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  note: textSchema.nullable(),
});
export type TicketEvent = z.infer<typeof ticketEventSchema>;

export function isOpen(state: TicketState): boolean {
  return state !== 'closed' && state !== 'resolved';
}

const hourMs = 3_600_000;

/** Default time to resolve (product map S3): normal 3 days, major 5 days, urgent 24 h, in ms on the wall clock. */
export const defaultResolveMs: Record<TicketPriority, number> = {
  normal: 72 * hourMs,
  major: 120 * hourMs,
  urgent: 24 * hourMs,
};
