import { z } from 'zod';
import { valueClasses } from '../../domain/customers/customer.ts';
import { notificationSchema } from '../../domain/notification.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import {
  savedViewSchema,
  ticketPriorities,
  ticketSchema,
  ticketStates,
  ticketTypes,
} from '../../domain/tickets/ticket.ts';
import { method } from '../method.ts';

/** Stands for whoever looks, so that a view may be shared. */
export const me = 'me';
/** Stands for nobody, or for nothing chosen. */
export const none = 'none';

const ids = z.array(z.string().min(1).max(500)).max(200);

/** Which tickets; what is left out does not matter. Lists hold what is wanted, any of them. */
export const ticketFilterSchema = z.strictObject({
  /** Words in number, subject or customer's name; all of them. */
  text: z.string().max(200).optional(),
  states: z.array(z.enum(ticketStates)).optional(),
  types: z.array(z.enum(ticketTypes)).optional(),
  priorities: z.array(z.enum(ticketPriorities)).optional(),
  /** Ids of categories, or `none`. */
  categoryIds: ids.optional(),
  /** Ids of users, `me` or `none`. */
  ownerIds: ids.optional(),
  firstContactIds: ids.optional(),
  /** Teams of the owners. */
  teamIds: ids.optional(),
  queueIds: ids.optional(),
  classes: z.array(z.enum(valueClasses)).optional(),
  tags: ids.optional(),
  /** `soon`: due within four hours. */
  due: z.enum(['overdue', 'soon']).optional(),
  /** Those that I work on or am the first contact of. */
  mine: z.boolean().optional(),
  watching: z.boolean().optional(),
  /** From and to, ms UTC, without the end. */
  createdFrom: timeSchema.optional(),
  createdTo: timeSchema.optional(),
  dueFrom: timeSchema.optional(),
  dueTo: timeSchema.optional(),
});
export type TicketFilter = z.infer<typeof ticketFilterSchema>;

/** Less than this before it ends a limit counts as close, ms. */
export const dueSoonMs = 4 * 3_600_000;

export const ticketColumns = [
  'priority',
  'no',
  'subject',
  'customer',
  'state',
  'dueAt',
  'type',
  'category',
  'owner',
  'team',
  'queue',
  'firstContact',
  'class',
  'tags',
  'createdAt',
  'closedAt',
] as const;
export type TicketColumn = (typeof ticketColumns)[number];

export const ticketSortSchema = z.object({
  by: z.enum(ticketColumns).exclude(['tags']),
  descending: z.boolean(),
});
export type TicketSort = z.infer<typeof ticketSortSchema>;

export const ticketQuerySchema = z.object({ filter: ticketFilterSchema, sort: ticketSortSchema });
export type TicketQuery = z.infer<typeof ticketQuerySchema>;

/** A ticket as a list shows it. */
const ticketRowSchema = ticketSchema
  .pick({
    no: true,
    type: true,
    categoryId: true,
    priority: true,
    state: true,
    subject: true,
    customerId: true,
    queueId: true,
    ownerId: true,
    firstContactName: true,
    createdAt: true,
    dueAt: true,
    closedAt: true,
    tags: true,
    escalation: true,
    reopened: true,
  })
  .extend({
    id: idSchema,
    customerName: shortTextSchema.nullable(),
    customerClass: z.enum(valueClasses).nullable(),
    ownerName: shortTextSchema.nullable(),
    teamId: shortTextSchema.nullable(),
    /** True while the server has not confirmed it. */
    waiting: z.boolean(),
  });
export type TicketRow = z.infer<typeof ticketRowSchema>;

const bulkCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('assign'), ownerId: idSchema, note: textSchema.nullable() }),
  z.object({ kind: z.literal('priority'), priority: z.enum(ticketPriorities) }),
  z.object({
    kind: z.literal('tag'),
    add: z.array(shortTextSchema.min(1)).max(20),
    remove: z.array(shortTextSchema.min(1)).max(20),
  }),
  z.object({ kind: z.literal('close'), note: textSchema.min(1) }),
]);
export type BulkCommand = z.infer<typeof bulkCommandSchema>;

/** The most tickets in one go. */
export const maxBulk = 1_000;

const bulkRefusalSchema = z.object({
  ticketId: idSchema,
  no: ticketSchema.shape.no,
  subject: z.string(),
  /** A code of errors.ts. */
  code: z.string(),
});

const bulkResultSchema = z.object({
  /** Of which something changes. */
  done: z.array(idSchema),
  /** Those that are so already. */
  unchanged: z.int().nonnegative(),
  refused: z.array(bulkRefusalSchema),
  /** Commands that bring back what was; null where that cannot be. */
  undo: z.array(z.object({ ticketIds: z.array(idSchema), command: bulkCommandSchema })).nullable(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

const viewListSchema = z.object({
  id: idSchema,
  ownerId: idSchema,
  ownerName: shortTextSchema.nullable(),
  name: savedViewSchema.shape.name,
  filter: ticketFilterSchema,
  sort: ticketSortSchema,
  shared: z.boolean(),
});
export type TicketViewOfList = z.infer<typeof viewListSchema>;

export const notificationViewSchema = notificationSchema.extend({ id: idSchema });
export type NotificationView = z.infer<typeof notificationViewSchema>;

const nothing = z.object({});

export const ticketListMethods = {
  /** Rows `from` … of the tickets that fit, and how many fit. Parts of other tickets are left out. */
  'ticketList.query': method(
    'tickets.read',
    ticketQuerySchema.extend({
      from: z.int().nonnegative(),
      count: z.int().min(1).max(200),
    }),
    z.object({ total: z.int().nonnegative(), rows: z.array(ticketRowSchema) }),
  ),
  /** Ids of the tickets that fit, in their order; at most `maxBulk`. */
  'ticketList.ids': method(
    'tickets.read',
    ticketQuerySchema,
    z.object({ total: z.int().nonnegative(), ids: z.array(idSchema) }),
  ),
  /** Many tickets at once; with `preview` nothing is done, and the answer says what would be. */
  'ticketList.bulk': method(
    'tickets.manage',
    z.object({
      ticketIds: z.array(idSchema).min(1).max(maxBulk),
      command: bulkCommandSchema,
      preview: z.boolean(),
    }),
    bulkResultSchema,
  ),
  /** Tags in use, most used first. */
  'ticketList.tags': method('tickets.read', nothing, z.array(z.string())),
  /** Own views and those that others share, by name. */
  'ticketViews.list': method('tickets.read', nothing, z.array(viewListSchema)),
  'ticketViews.save': method(
    'tickets.read',
    ticketQuerySchema.extend({
      id: idSchema.nullable(),
      name: savedViewSchema.shape.name,
      shared: z.boolean(),
    }),
    viewListSchema,
  ),
  /** Throws `forbidden` for a view of somebody else. */
  'ticketViews.remove': method('tickets.read', z.object({ id: idSchema }), nothing),
  /** Newest first, and how many are not read. */
  'notifications.list': method(
    'signed-in',
    z.object({ limit: z.int().min(1).max(200) }),
    z.object({ unread: z.int().nonnegative(), entries: z.array(notificationViewSchema) }),
  ),
  /** Ids, or null for all. */
  'notifications.read': method(
    'signed-in',
    z.object({ ids: z.array(idSchema).max(200).nullable() }),
    nothing,
  ),
} as const;
