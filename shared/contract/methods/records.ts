import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { ticketPriorities, ticketTypes } from '../../domain/ticket.ts';
import { method } from '../method.ts';
import {
  journalEntrySchema,
  syncStatusSchema,
  taskViewSchema,
  teamViewSchema,
  ticketDetailSchema,
  ticketViewSchema,
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

export const recordMethods = {
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
