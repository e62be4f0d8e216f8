import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';

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

export const levels = ['low', 'medium', 'high'] as const;
export type Level = (typeof levels)[number];

/** Commands on a ticket; what each may do in which state for whom: ticketFlow.ts. */
export const ticketActions = [
  'acknowledge',
  'assign',
  'return',
  'start',
  'wait',
  'resume',
  'resolve',
  'visit',
  'close',
  'reopen',
  'escalate',
] as const;
export type TicketAction = (typeof ticketActions)[number];

/** What a return visit came to. */
export const visitResults = ['satisfied', 'unsatisfied', 'unreachable'] as const;
export type VisitResult = (typeof visitResults)[number];

/**
 * The last command that was carried out. A change of state, owner or escalation without one whose `from`
 * is the state at the server is refused. `id` is the id of its event in the history.
 */
export const ticketStepSchema = z.object({
  id: idSchema,
  action: z.enum(ticketActions),
  from: z.enum(ticketStates),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  note: textSchema.nullable(),
  /** Of the return visit that led to this step. */
  visit: z.enum(visitResults).nullable().default(null),
});
export type TicketStep = z.infer<typeof ticketStepSchema>;

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
  /** The next time limit that runs, ms UTC; null where none does. See serviceLevel.ts. */
  dueAt: timeSchema.nullable(),
  closedAt: timeSchema.nullable(),
  impact: z.enum(levels).nullable().default(null),
  urgency: z.enum(levels).nullable().default(null),
  tags: z.array(shortTextSchema).max(maxTags).default([]),
  watcherIds: z.array(idSchema).max(100).default([]),
  /** The ticket that stands for this one. */
  mergedInto: idSchema.nullable().default(null),
  /** The ticket that this one was split off. */
  splitFrom: idSchema.nullable().default(null),
  relatedIds: z.array(idSchema).max(100).default([]),
  acknowledgedAt: timeSchema.nullable().default(null),
  /** When the customer first heard from us: a reply, a call, or the resolution. */
  respondedAt: timeSchema.nullable().default(null),
  resolvedAt: timeSchema.nullable().default(null),
  /** What was done for the customer; needed to resolve. */
  resolution: textSchema.default(''),
  reopened: z.int().nonnegative().default(0),
  /** When it was re-opened last: from then on its time to resolve counts anew. */
  reopenedAt: timeSchema.nullable().default(null),
  /** By when the agent promised a result; counts where the policy's time to resolve ends later, or there is none. */
  promisedAt: timeSchema.nullable().default(null),
  escalation: z.int().nonnegative().default(0),
  /** Times in which it waited for the customer: there its clocks stand. `to` null while it does. */
  pauses: z
    .array(z.object({ from: timeSchema, to: timeSchema.nullable() }))
    .max(200)
    .default([]),
  /** Limits that have passed already, told once: `resolve.warned`, `resolve.breached` … */
  limitsTold: z.array(shortTextSchema).max(50).default([]),
  lastStep: ticketStepSchema.nullable().default(null),
});
export type Ticket = z.infer<typeof ticketSchema>;

export const ticketEventNames = [
  'ticket.created',
  'ticket.noted',
  'ticket.assigned',
  'ticket.resolved',
  'ticket.closed',
  'ticket.acknowledged',
  'ticket.returned',
  'ticket.started',
  'ticket.waiting',
  'ticket.resumed',
  'ticket.visited',
  'ticket.reopened',
  'ticket.escalated',
  /** Told to the customer, where `noted` is for ourselves. */
  'ticket.replied',
  /** Subject, category, priority …: `data` names the fields with before and after. */
  'ticket.changed',
  'ticket.merged',
  'ticket.split',
  'ticket.related',
  'ticket.watched',
  'ticket.attached',
  'ticket.warned',
  'ticket.breached',
] as const;

/** One step in a ticket's append-only history. */
export const ticketEventSchema = z.object({
  ticketId: idSchema,
  name: z.enum(ticketEventNames),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  note: textSchema.nullable(),
  /** What the name alone does not say: `{from, to, ownerId, formerOwnerId, ticketId, fields …}`. */
  data: z.record(z.string().max(64), z.unknown()).nullable().default(null),
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

/** Attachment 附件: what it is. Its bytes lie under their hash, on the server and at desks that made or fetched them. */
export const attachmentSchema = z.object({
  ticketId: idSchema,
  name: shortTextSchema.min(1),
  /** By its content, not by its name. */
  mime: shortTextSchema,
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
  retired: z.boolean(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** Text blocks and values that a new ticket or a reply starts from. `{customer.name}` and the like are filled in. */
export const ticketTemplateSchema = z.object({
  name: shortTextSchema.min(1),
  kind: z.enum(['ticket', 'reply']),
  type: z.enum(ticketTypes).nullable(),
  categoryId: shortTextSchema.nullable(),
  priority: z.enum(ticketPriorities).nullable(),
  subject: shortTextSchema,
  body: textSchema,
  retired: z.boolean(),
});

/** A list as somebody wants to see it again; of everybody where `shared`. */
export const savedViewSchema = z.object({
  ownerId: idSchema,
  list: z.enum(['tickets', 'customers', 'tasks']),
  name: shortTextSchema.min(1),
  filter: z.record(z.string().max(64), z.unknown()),
  sort: shortTextSchema,
  shared: z.boolean(),
  retired: z.boolean(),
});
export type SavedView = z.infer<typeof savedViewSchema>;
