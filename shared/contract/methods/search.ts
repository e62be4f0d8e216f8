import { z } from 'zod';
import { customerKinds, valueClasses } from '../../domain/customers/customer.ts';
import { idSchema, shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import { languageSchema } from '../../domain/text/text.ts';
import { ticketStates } from '../../domain/tickets/ticket.ts';
import { method } from '../method.ts';

/** Fields in which something is found. */
const foundFields = [
  'name',
  'phone',
  'email',
  'address',
  'no',
  'profile',
  'note',
  'subject',
  'description',
  'event',
] as const;

/** The text in which the words were found, cut to a line, with what was hit: from and to in UTF-16 units. */
const foundTextSchema = z.object({
  field: z.enum(foundFields),
  text: z.string().max(200),
  marks: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])),
});
export type FoundText = z.infer<typeof foundTextSchema>;

const foundCustomerSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  kind: z.enum(customerKinds),
  valueClass: z.enum(valueClasses),
  found: foundTextSchema,
  /** A number, or another way to reach the customer, where the hit itself is none; null where there is none. */
  hint: shortTextSchema.nullable(),
});
export type FoundCustomer = z.infer<typeof foundCustomerSchema>;

const foundTicketSchema = z.object({
  ticketId: idSchema,
  no: shortTextSchema.nullable(),
  subject: shortTextSchema,
  state: z.enum(ticketStates),
  customerName: shortTextSchema.nullable(),
  found: foundTextSchema,
});
export type FoundTicket = z.infer<typeof foundTicketSchema>;

const foundNoteSchema = z.object({
  wrapUpId: idSchema,
  callId: idSchema,
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  agentName: shortTextSchema,
  at: timeSchema,
  found: foundTextSchema,
});
export type FoundNote = z.infer<typeof foundNoteSchema>;

const foundArticleSchema = z.object({
  articleId: idSchema,
  language: languageSchema,
  found: foundTextSchema,
});
export type FoundArticle = z.infer<typeof foundArticleSchema>;

const foundSchema = z.object({
  customers: z.array(foundCustomerSchema),
  tickets: z.array(foundTicketSchema),
  /** Wrap-ups of calls that this desk has: an agent's own, all for those who watch teams. */
  notes: z.array(foundNoteSchema),
  articles: z.array(foundArticleSchema),
  /** The index is still being built, or behind: there may be more. */
  incomplete: z.boolean(),
});
export type Found = z.infer<typeof foundSchema>;

export const searchMethods = {
  /** Everything that has all the words, wherever they stand: at most `limit` of each kind, best first. */
  'search.everything': method(
    'customers.read',
    z.object({ text: z.string().max(200), limit: z.int().min(1).max(50) }),
    foundSchema,
  ),
} as const;
