import { z } from 'zod';
import { customerKinds } from '../../domain/customer.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { ticketPriorities, ticketTypes } from '../../domain/ticket.ts';
import { method } from '../method.ts';
import {
  candidateSchema,
  cardSchema,
  journalEntrySchema,
  searchHitSchema,
  syncStatusSchema,
  taskViewSchema,
  teamViewSchema,
  ticketDetailSchema,
  ticketViewSchema,
  timelineEntrySchema,
} from '../models.ts';

const nothing = z.object({});

/** Drafts live on this desk only and survive a crash; the key names the form, such as `wrapUp:<call id>`. */
const draftKey = z.string().min(1).max(200);
export const maxDraftLength = 500_000;

export const newTicketSchema = z.object({
  type: z.enum(ticketTypes),
  categoryId: shortTextSchema.nullable(),
  priority: z.enum(ticketPriorities),
  subject: shortTextSchema.min(1),
  description: textSchema,
  customerId: idSchema.nullable(),
  callId: idSchema.nullable(),
  dueAt: timeSchema.nullable(),
});
export type NewTicket = z.infer<typeof newTicketSchema>;

export const newCustomerSchema = z.object({
  kind: z.enum(customerKinds),
  name: shortTextSchema.min(1),
  numberRaw: shortTextSchema,
  email: shortTextSchema.nullable(),
  address: shortTextSchema.nullable(),
  language: z.enum(['zh-CN', 'en']).nullable(),
  pinnedNote: textSchema.nullable(),
  /** The call it is registered from; the call is bound to the new customer. */
  callId: idSchema.nullable(),
});
export type NewCustomer = z.infer<typeof newCustomerSchema>;

export const recordMethods = {
  'customers.card': method('customers.read', z.object({ customerId: idSchema }), cardSchema),
  'customers.timeline': method(
    'customers.read',
    z.object({
      customerId: idSchema,
      before: timeSchema.nullable(),
      limit: z.int().min(1).max(200),
    }),
    z.array(timelineEntrySchema),
  ),
  'customers.search': method(
    'customers.read',
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    z.array(searchHitSchema),
  ),
  /** Customers who look like the one being registered: same number, or a like name. */
  'customers.similar': method(
    'customers.read',
    z.object({ name: shortTextSchema, numberRaw: shortTextSchema }),
    z.array(candidateSchema),
  ),
  'customers.register': method('customers.write', newCustomerSchema, cardSchema),
  'tickets.create': method('tickets.write', newTicketSchema, ticketViewSchema),
  'tickets.list': method(
    'tickets.read',
    z.object({ view: z.enum(['mine', 'open', 'all']), limit: z.int().min(1).max(500) }),
    z.array(ticketViewSchema),
  ),
  'tickets.get': method('tickets.read', z.object({ ticketId: idSchema }), ticketDetailSchema),
  'tickets.note': method(
    'tickets.write',
    z.object({ ticketId: idSchema, note: textSchema.min(1) }),
    ticketDetailSchema,
  ),
  'tasks.list': method(
    'customers.read',
    z.object({ whose: z.enum(['mine', 'all']), limit: z.int().min(1).max(500) }),
    z.array(taskViewSchema),
  ),
  'tasks.finish': method('tasks.write', z.object({ taskId: idSchema }), taskViewSchema),
  'journal.list': method(
    'customers.read',
    z.object({ whose: z.enum(['mine', 'all']), limit: z.int().min(1).max(200) }),
    z.array(journalEntrySchema),
  ),
  'team.view': method('team.watch', nothing, teamViewSchema),
  'drafts.put': method(
    'signed-in',
    z.object({ key: draftKey, json: z.string().max(maxDraftLength) }),
    z.object({ savedAt: timeSchema }),
  ),
  'drafts.get': method(
    'signed-in',
    z.object({ key: draftKey }),
    z.object({ json: z.string().nullable() }),
  ),
  'drafts.remove': method('signed-in', z.object({ key: draftKey }), nothing),
  'sync.retry': method('signed-in', nothing, syncStatusSchema),
  /** Compares the records of this desk with the server's, in the background, and mends what differs. */
  'sync.compare': method('signed-in', nothing, syncStatusSchema),
} as const;
