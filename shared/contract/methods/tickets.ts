import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import {
  attachmentSchema,
  levels,
  ticketActions,
  ticketPriorities,
  ticketSchema,
  ticketTemplateSchema,
  ticketTypes,
  visitResults,
} from '../../domain/tickets/ticket.ts';
import { method } from '../method.ts';
import { ticketDetailSchema, ticketViewSchema } from '../models/records.ts';

const ofTicket = z.object({ ticketId: idSchema });
const { shape: ticket } = ticketSchema;

export const newTicketSchema = z.object({
  type: z.enum(ticketTypes),
  categoryId: shortTextSchema.nullable(),
  priority: z.enum(ticketPriorities),
  subject: shortTextSchema.min(1),
  description: textSchema,
  customerId: idSchema.nullable(),
  callId: idSchema.nullable(),
  /** By when a result was promised, ms UTC. */
  dueAt: timeSchema.nullable(),
  impact: z.enum(levels).nullable().optional(),
  urgency: z.enum(levels).nullable().optional(),
  tags: z.array(shortTextSchema.min(1)).max(maxTags).optional(),
});
export type NewTicket = z.infer<typeof newTicketSchema>;

/** What of a ticket is changed in place; `priority` follows from impact and urgency unless it is given. */
const ticketChangeSchema = z.strictObject({
  type: z.enum(ticketTypes).optional(),
  categoryId: shortTextSchema.nullable().optional(),
  priority: z.enum(ticketPriorities).optional(),
  impact: z.enum(levels).nullable().optional(),
  urgency: z.enum(levels).nullable().optional(),
  subject: shortTextSchema.min(1).optional(),
  description: textSchema.optional(),
  tags: z.array(shortTextSchema.min(1)).max(maxTags).optional(),
  promisedAt: timeSchema.nullable().optional(),
  customerId: idSchema.nullable().optional(),
});
export type TicketChange = z.infer<typeof ticketChangeSchema>;

const ticketStepInputSchema = ofTicket.extend({
  action: z.enum(ticketActions),
  note: textSchema.nullable().optional(),
  ownerId: idSchema.nullable().optional(),
  resolution: textSchema.nullable().optional(),
  visit: z.enum(visitResults).nullable().optional(),
});

/** Another ticket, as far as it is shown beside one. */
const ticketLinkSchema = z.object({
  id: idSchema,
  no: ticket.no,
  subject: ticket.subject,
  state: ticket.state,
  ownerName: shortTextSchema.nullable(),
});
export type TicketLink = z.infer<typeof ticketLinkSchema>;

const attachmentViewSchema = attachmentSchema.extend({
  id: idSchema,
  /** The server has not confirmed the record, or does not have the bytes yet. */
  waiting: z.boolean(),
  /** Its bytes are on this desk, also while the server is away. */
  here: z.boolean(),
});
export type AttachmentView = z.infer<typeof attachmentViewSchema>;

/** Everything on a ticket's page. */
const ticketPageSchema = ticketDetailSchema.extend({
  attachments: z.array(attachmentViewSchema),
  related: z.array(ticketLinkSchema),
  /** The ticket that stands for this one, and those for which this one stands. */
  mergedInto: ticketLinkSchema.nullable(),
  merged: z.array(ticketLinkSchema),
  splitFrom: ticketLinkSchema.nullable(),
  splits: z.array(ticketLinkSchema),
  watchers: z.array(z.object({ id: idSchema, name: shortTextSchema })),
  /** Histories of the merged tickets, beside the own one in `events`. */
  mergedEvents: ticketDetailSchema.shape.events,
  /** The ticket's number for people to read. */
  numberDisplay: shortTextSchema.nullable(),
});
export type TicketPage = z.infer<typeof ticketPageSchema>;

/** Whom a ticket can be given to. */
export const takerSchema = z.object({
  id: idSchema,
  name: shortTextSchema,
  teamId: shortTextSchema.nullable(),
  state: shortTextSchema.nullable(),
  /** Open tickets this colleague has. */
  open: z.int().nonnegative(),
});
export type TicketTaker = z.infer<typeof takerSchema>;

const templateViewSchema = ticketTemplateSchema.extend({
  id: idSchema,
  waiting: z.boolean(),
});
export type TemplateView = z.infer<typeof templateViewSchema>;
const templateInput = ticketTemplateSchema.omit({ retired: true });
export type TemplateInput = z.infer<typeof templateInput>;

/** The most bytes of a file in one message between window and desk. */
export const maxPieceBytes = 1_048_576;
const piece = z.base64().max(Math.ceil(maxPieceBytes / 3) * 4);

export const ticketMethods = {
  'tickets.create': method('tickets.write', newTicketSchema, ticketViewSchema),
  'tickets.list': method(
    'tickets.read',
    z.object({ view: z.enum(['mine', 'open', 'all']), limit: z.int().min(1).max(500) }),
    z.array(ticketViewSchema),
  ),
  'tickets.get': method('tickets.read', ofTicket, ticketDetailSchema),
  'tickets.page': method('tickets.read', ofTicket, ticketPageSchema),
  /** Throws `state-not-allowed` (`details.state`), `forbidden`, `missing-field` (`details.field`). */
  'tickets.step': method('tickets.write', ticketStepInputSchema, ticketViewSchema),
  /** For ourselves. */
  'tickets.note': method(
    'tickets.write',
    ofTicket.extend({ note: textSchema.min(1) }),
    ticketDetailSchema,
  ),
  /** Told to the customer. */
  'tickets.reply': method(
    'tickets.write',
    ofTicket.extend({ reply: textSchema.min(1) }),
    ticketDetailSchema,
  ),
  'tickets.change': method(
    'tickets.write',
    ofTicket.extend({ change: ticketChangeSchema }),
    ticketViewSchema,
  ),
  'tickets.watch': method('tickets.write', ofTicket.extend({ on: z.boolean() }), ticketViewSchema),
  'tickets.relate': method(
    'tickets.write',
    ofTicket.extend({ otherId: idSchema, on: z.boolean() }),
    ticketViewSchema,
  ),
  /** The ticket becomes part of another one, which stands for it from then on. */
  'tickets.merge': method('tickets.write', ofTicket.extend({ intoId: idSchema }), ticketViewSchema),
  'tickets.unmerge': method('tickets.write', ofTicket, ticketViewSchema),
  /** A part of it becomes a ticket of its own. */
  'tickets.split': method(
    'tickets.write',
    ofTicket.extend({ subject: shortTextSchema.min(1), description: textSchema }),
    ticketViewSchema,
  ),
  'tickets.takers': method('tickets.read', z.object({}), z.array(takerSchema)),
  /** By number, or words of the subject; of the same customer first. */
  'tickets.find': method(
    'tickets.read',
    z.object({
      text: z.string().max(200),
      besideId: idSchema.nullable(),
      limit: z.int().min(1).max(50),
    }),
    z.array(ticketLinkSchema),
  ),
  'ticketTemplates.list': method(
    'tickets.read',
    z.object({ retired: z.boolean() }),
    z.array(templateViewSchema),
  ),
  /** Throws `invalid-input` (`details.field`, `details.unknown`) where it names a field that nothing fills in. */
  'ticketTemplates.save': method(
    'tickets.manage',
    z.object({ id: idSchema.nullable(), template: templateInput }),
    templateViewSchema,
  ),
  'ticketTemplates.retire': method(
    'tickets.manage',
    z.object({ id: idSchema, retired: z.boolean() }),
    z.object({}),
  ),
  /** Subject and body with the values of the ticket, else of the customer; `open`: what nothing was known for. */
  'ticketTemplates.fill': method(
    'tickets.read',
    z.object({
      id: idSchema,
      ticketId: idSchema.nullable(),
      customerId: idSchema.nullable(),
    }),
    z.object({ subject: z.string(), body: z.string(), open: z.array(z.string()) }),
  ),
  /** Announces a file for a ticket; its pieces follow in their order. Throws `file-too-large`. */
  'attachments.begin': method(
    'tickets.write',
    ofTicket.extend({ name: shortTextSchema.min(1), bytes: z.int().positive() }),
    z.object({ uploadId: idSchema }),
  ),
  /** With the last piece it is an attachment; throws `file-type-refused` and `file-type-differs`. */
  'attachments.piece': method(
    'tickets.write',
    z.object({ uploadId: idSchema, base64: piece }),
    z.object({ attachment: attachmentViewSchema.nullable() }),
  ),
  'attachments.cancel': method('tickets.write', z.object({ uploadId: idSchema }), z.object({})),
  /** Brings the bytes to this desk; throws `server-unreachable` where they are not here and nobody can ask. */
  'attachments.fetch': method(
    'tickets.read',
    z.object({ attachmentId: idSchema }),
    attachmentViewSchema,
  ),
  /** Bytes of an attachment that is here. */
  'attachments.read': method(
    'tickets.read',
    z.object({ attachmentId: idSchema, offset: z.int().nonnegative() }),
    z.object({ base64: z.string(), end: z.boolean() }),
  ),
  'attachments.retire': method(
    'tickets.write',
    z.object({ attachmentId: idSchema }),
    attachmentViewSchema,
  ),
} as const;
