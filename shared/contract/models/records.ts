import { z } from 'zod';
import { auditEntrySchema } from '../../domain/audit.ts';
import { callEnders, callResults, wrapUpSchema } from '../../domain/calls/call.ts';
import { contactSchema, orderSchema } from '../../domain/customers/contact.ts';
import {
  contactPointSchema,
  customerKinds,
  customerSchema,
  valueClasses,
} from '../../domain/customers/customer.ts';
import { idSchema, shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import { taskSchema } from '../../domain/task.ts';
import { ticketEventSchema, ticketSchema } from '../../domain/tickets/ticket.ts';

/** Records as the window is shown them. Built by the desk's services, never stored in this form. */

export const timelineEntrySchema = contactSchema.extend({ id: idSchema });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const ticketViewSchema = ticketSchema.extend({
  id: idSchema,
  customerName: shortTextSchema.nullable(),
  /** By which its service level is found; not in every list. */
  customerClass: z.enum(valueClasses).nullable().optional(),
  ownerName: shortTextSchema.nullable(),
  /** True while the server has not confirmed it. */
  waiting: z.boolean(),
});
export type TicketView = z.infer<typeof ticketViewSchema>;

export const taskViewSchema = taskSchema.extend({ id: idSchema, waiting: z.boolean() });
export type TaskView = z.infer<typeof taskViewSchema>;

const contactPointViewSchema = contactPointSchema.extend({
  id: idSchema,
  display: shortTextSchema,
});
export type ContactPointView = z.infer<typeof contactPointViewSchema>;

/** The caller's card: everything painted before the answer. */
export const cardSchema = z.object({
  customer: customerSchema.extend({ id: idSchema }),
  contactPoints: z.array(contactPointViewSchema),
  timeline: z.array(timelineEntrySchema),
  timelineTotal: z.int().nonnegative(),
  openTickets: z.array(ticketViewSchema),
  promises: z.array(taskViewSchema),
  orders: z.array(orderSchema.extend({ id: idSchema })),
});
export type Card = z.infer<typeof cardSchema>;

/** One customer who may be calling. */
export const candidateSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  kind: z.enum(customerKinds),
  valueClass: z.enum(valueClasses),
  /** `maybe`: only the last digits agree. */
  certainty: z.enum(['exact', 'maybe']),
  lastContactAt: timeSchema.nullable(),
  openTickets: z.int().nonnegative(),
  place: shortTextSchema.nullable(),
  verifiedOn: shortTextSchema.nullable(),
});
export type Candidate = z.infer<typeof candidateSchema>;

/** One call as the journal and the supervisor see it: call, conclusion, ticket and follow-up in a row. */
export const journalEntrySchema = z.object({
  callId: idSchema,
  callRef: shortTextSchema,
  at: timeSchema,
  direction: z.enum(['in', 'out']),
  queueId: shortTextSchema.nullable(),
  numberKey: shortTextSchema.nullable(),
  numberDisplay: shortTextSchema,
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  agentId: idSchema,
  agentName: shortTextSchema.nullable(),
  result: z.enum(callResults).nullable(),
  talkMs: z.int().nonnegative().nullable(),
  waitedMs: z.int().nonnegative().nullable(),
  heldMs: z.int().nonnegative(),
  transferredTo: shortTextSchema.nullable(),
  endedBy: z.enum(callEnders).nullable(),
  wrapUp: wrapUpSchema.extend({ id: idSchema }).nullable(),
  tickets: z.array(
    z.object({ id: idSchema, no: shortTextSchema.nullable(), subject: shortTextSchema }),
  ),
  followUp: taskViewSchema.nullable(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

export const auditViewSchema = z.array(auditEntrySchema);

export const ticketDetailSchema = z.object({
  ticket: ticketViewSchema,
  events: z.array(ticketEventSchema.extend({ id: idSchema, waiting: z.boolean() })),
});
export type TicketDetail = z.infer<typeof ticketDetailSchema>;

export const searchHitSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  valueClass: z.enum(valueClasses),
  kind: z.enum(customerKinds),
  /** What matched, such as a number or a place. */
  hint: shortTextSchema.nullable(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;
