import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { ticketActions, ticketStates } from '../../domain/tickets/ticket.ts';
import { method } from '../method.ts';
import { syncStatusSchema } from '../models/desk.ts';

/** More than anybody reads; the rest is counted in the sync status. */
export const mostOutboxEntries = 500;

const fieldsSchema = z.record(z.string().max(64), z.unknown());

/** A refused step of a ticket: the ticket was further along than this desk knew. */
const refusedStepSchema = z.object({
  id: idSchema,
  action: z.enum(ticketActions),
  from: z.enum(ticketStates),
  /** Where the ticket is. */
  now: z.enum(ticketStates),
  note: textSchema.nullable(),
});
export type RefusedStep = z.infer<typeof refusedStepSchema>;

/** One change of this desk that the server does not have: it waits, or it was refused. */
const outboxEntrySchema = z.object({
  operationId: idSchema,
  /** Name of the entity; a desk of before may have left one that is not known any more. */
  entity: shortTextSchema,
  entityId: idSchema,
  /** The record in words: a customer's name, a ticket's subject; null where there are none. */
  title: shortTextSchema.nullable(),
  /** What can be opened to look at it. */
  customerId: idSchema.nullable(),
  ticketId: idSchema.nullable(),
  callId: idSchema.nullable(),
  /** The server has never had this record: giving the change up removes it here. */
  isNew: z.boolean(),
  at: timeSchema,
  /** As written; the texts of a waiting change may be cut. Of a list `+ x` for what is added, `− x` for what goes. */
  fields: fieldsSchema,
  /** Null while it waits. */
  refusal: z
    .object({
      reason: shortTextSchema,
      /** In the server's words. */
      message: shortTextSchema.nullable(),
      /** The field that the server names. */
      field: z.string().max(64).nullable(),
      at: timeSchema,
    })
    .nullable(),
  /** Of a refused step: it is taken again, kept as a note, or discarded. */
  step: refusedStepSchema.nullable(),
});
export type OutboxEntry = z.infer<typeof outboxEntrySchema>;

const named = z.object({ operationId: idSchema });

export const outboxMethods = {
  /** Refused changes first, the newest at the top, then waiting ones in the order they are sent. */
  'outbox.list': method('signed-in', z.object({}), z.array(outboxEntrySchema)),
  /** Offers refused changes again as they are. `not-found`: none of them was refused. */
  'outbox.retry': method(
    'signed-in',
    z.object({ operationIds: z.array(idSchema).min(1).max(mostOutboxEntries) }),
    syncStatusSchema,
  ),
  /** Offers a refused change again with these fields. Codes: `not-found`, `invalid-input` with the field. */
  'outbox.edit': method('signed-in', named.extend({ fields: fieldsSchema }), syncStatusSchema),
  /** Takes a refused step again, from where the ticket is now. Throws `state-not-allowed`, `forbidden`, `missing-field`. */
  'outbox.stepAgain': method('tickets.write', named, syncStatusSchema),
  /** Keeps in the history what a refused step was meant to say. */
  'outbox.stepAsNote': method(
    'tickets.write',
    named.extend({ note: textSchema.min(1) }),
    syncStatusSchema,
  ),
  /** Gives a refused change up; what only this desk has of it is gone. */
  'outbox.discard': method('signed-in', named, syncStatusSchema),
} as const;
