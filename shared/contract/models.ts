import { z } from 'zod';
import { agentStateNames, breakReasons } from '../domain/agents/agentState.ts';
import { auditEntrySchema } from '../domain/audit.ts';
import {
  callEnders,
  callKinds,
  callResults,
  wrapUpResults,
  wrapUpSchema,
} from '../domain/calls/call.ts';
import { callQualitySchema } from '../domain/calls/callQuality.ts';
import { listenModes } from '../domain/calls/listening.ts';
import { wrapUpGaps } from '../domain/calls/wrapUpRules.ts';
import { configurationSchema } from '../domain/configuration.ts';
import { contactSchema, orderSchema } from '../domain/customers/contact.ts';
import {
  contactPointSchema,
  customerKinds,
  customerSchema,
  valueClasses,
} from '../domain/customers/customer.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../domain/primitives.ts';
import { partsSchema } from '../domain/settings/parts.ts';
import { taskSchema } from '../domain/task.ts';
import { bilingualSchema, languageSchema } from '../domain/text/text.ts';
import { ticketEventSchema, ticketSchema } from '../domain/tickets/ticket.ts';
import { presenceSchema } from '../domain/user.ts';
import { practiceUsersSchema, signedInUserSchema } from '../sync/messages.ts';
import { errorCodes } from './errors.ts';
import { deviceChoiceSchema } from './media.ts';

/** What the window is shown. Built by the desk's services, never stored in this form. */

const failureSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional(),
});

export const numberViewSchema = z.object({
  /** As it arrived, capped at 500 characters; empty for a withheld number. */
  raw: shortTextSchema,
  /** Grouped for reading; equals `raw` where it cannot be read as a number. */
  display: shortTextSchema,
  /** Match key (E.164, `short:…`, `int:…`), null for anonymous or unreadable ids. */
  key: shortTextSchema.nullable(),
  withheld: z.boolean(),
  /** 归属地 */
  region: bilingualSchema.nullable(),
});
export type NumberView = z.infer<typeof numberViewSchema>;

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

/** Result of number matching (C4). `one` carries the card; on `several` the agent chooses. */
const popSchema = z.object({
  callId: idSchema,
  match: z.enum(['one', 'several', 'none']),
  candidates: z.array(candidateSchema),
  card: cardSchema.nullable(),
});
export type Pop = z.infer<typeof popSchema>;

export const deskCallSchema = z.object({
  id: idSchema,
  callRef: shortTextSchema,
  /** Only a call of kind `customer` has a card to look for, and a wrap-up. */
  kind: z.enum(callKinds),
  direction: z.enum(['in', 'out']),
  state: z.enum(['ringing', 'dialling', 'connecting', 'talking', 'held', 'ended']),
  number: numberViewSchema,
  callerName: shortTextSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  waitedMs: z.int().nonnegative().nullable(),
  offeredAt: timeSchema,
  /** When the offer goes back to the queue; null where the PBX does not tell. */
  ringEndsAt: timeSchema.nullable(),
  answeredAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  endedBy: z.enum(callEnders).nullable(),
  result: z.enum(callResults).nullable(),
  muted: z.boolean(),
  /** On hold since then, ms UTC; null while it is not. */
  heldSince: timeSchema.nullable(),
  /** The call on hold for whose sake this one was dialled. */
  consultFor: idSchema.nullable(),
  /** Talks in the conference of this desk. */
  conference: z.boolean(),
  /** A transfer is under way and not yet answered for. */
  transferring: z.boolean(),
  /** Name or number of the colleague who passed the call on. */
  transferredBy: shortTextSchema.nullable(),
  /** Taken by itself at this time, ms UTC; null where the agent answers. */
  autoAnswerAt: timeSchema.nullable(),
  quality: callQualitySchema.nullable(),
  /** Null where nobody tells this desk. */
  recording: z.enum(['on', 'paused']).nullable(),
  /** Who listens in, where the rules of the centre tell the agent. */
  listener: z.object({ name: shortTextSchema, mode: z.enum(listenModes) }).nullable(),
  /** Audio path: `lost` while a reload or a network change is being repaired. */
  media: z.enum(['none', 'connecting', 'connected', 'lost']),
  /** Chosen by the agent or by a single exact match; null until then. */
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  ticketIds: z.array(idSchema),
  pop: popSchema,
  /** `due`: its form is open now. `parked`: another call goes on; it becomes due after that, or waits in the backlog. */
  wrapUp: z.enum(['none', 'due', 'parked', 'done']),
  /** After-call work ends here, ms UTC; null outside of it. */
  wrapUpEndsAt: timeSchema.nullable(),
  /** Why it failed, where it did. */
  failure: failureSchema.nullable(),
});
export type DeskCall = z.infer<typeof deskCallSchema>;

export const agentViewSchema = z.object({
  state: z.enum(agentStateNames),
  reason: z.enum(breakReasons).nullable(),
  since: timeSchema,
  next: z
    .object({ state: z.enum(['ready', 'break']), reason: z.enum(breakReasons).nullable() })
    .nullable(),
  /** When the break is over by the centre's rules, ms UTC; null without a limit. */
  breakEndsAt: timeSchema.nullable(),
  /** What the PBX's queues hold of this agent, where that differs from what this desk told; it counts. */
  pbx: z
    .object({ paused: z.boolean(), reason: shortTextSchema.nullable(), at: timeSchema })
    .nullable(),
});
export type AgentView = z.infer<typeof agentViewSchema>;

export const phoneStatusSchema = z.object({
  state: z.enum(['off', 'connecting', 'registered', 'failed']),
  /** Why it failed or is connecting again; null while all is well. */
  failure: failureSchema.nullable(),
  nextTryAt: timeSchema.nullable(),
  microphone: z.enum(['unknown', 'ok', 'denied', 'absent', 'busy']),
  microphoneLabel: shortTextSchema.nullable(),
});
export type PhoneStatus = z.infer<typeof phoneStatusSchema>;

const refusedOperationSchema = z.object({
  operationId: idSchema,
  entity: shortTextSchema,
  entityId: idSchema,
  reason: shortTextSchema,
  message: shortTextSchema.nullable(),
  at: timeSchema,
});
export type RefusedOperation = z.infer<typeof refusedOperationSchema>;

export const syncStatusSchema = z.object({
  state: z.enum(['off', 'online', 'offline', 'first-sync', 'signed-out']),
  /** Since when the server cannot be reached. */
  offlineSince: timeSchema.nullable(),
  nextTryAt: timeSchema.nullable(),
  /** Changes made here that the server does not have yet. */
  waiting: z.int().nonnegative(),
  waitingSince: timeSchema.nullable(),
  refused: z.array(refusedOperationSchema),
  /** Records received in the first sync so far, over restarts of the desk; and how many there are to come, about. */
  received: z.int().nonnegative(),
  /** Null where the server did not say, and once all are here. */
  total: z.int().nonnegative().nullable(),
  /** This desk's records are being compared with the server's: how many kinds of them, of how many. Null: they are not. */
  comparing: z.object({ done: z.int().nonnegative(), of: z.int().positive() }).nullable(),
  lastSyncAt: timeSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const settingsSchema = z.object({
  language: languageSchema,
  theme: z.enum(['light', 'dark', 'system']),
  rememberedLogin: shortTextSchema.nullable(),
  devices: deviceChoiceSchema,
  /** Number shown when this desk dials, of those the centre allows; absent or null: the usual one. */
  callerId: z.string().max(32).nullable().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const sessionViewSchema = z.object({
  state: z.enum(['signedOut', 'signedIn']),
  user: signedInUserSchema.nullable(),
  /** Signed in against the stored verifier because the server was not reachable. */
  offline: z.boolean(),
  server: z.object({ url: z.string(), reachable: z.boolean().nullable() }),
  practice: practiceUsersSchema.nullable(),
  version: shortTextSchema,
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** A thing the desk has to tell that belongs to no form: shown until dismissed or mended. */
export const noticeSchema = z.object({
  id: shortTextSchema,
  level: z.enum(['info', 'warning', 'error']),
  failure: failureSchema,
});
export type Notice = z.infer<typeof noticeSchema>;

/** What this desk does as a listener, and whether it can. */
export const supervisionViewSchema = z.object({
  /** `unknown` until the server has told. */
  connector: z.object({
    state: z.enum(['connected', 'blind', 'absent', 'unknown']),
    since: timeSchema.nullable(),
  }),
  listening: z
    .object({
      userId: idSchema,
      name: shortTextSchema,
      mode: z.enum(listenModes),
      /** `ringing` until the PBX has let this desk in. */
      state: z.enum(['ringing', 'on']),
      since: timeSchema,
    })
    .nullable(),
});
export type SupervisionView = z.infer<typeof supervisionViewSchema>;

export const snapshotSchema = z.object({
  session: sessionViewSchema,
  settings: settingsSchema,
  agent: agentViewSchema,
  calls: z.array(deskCallSchema),
  phone: phoneStatusSchema,
  sync: syncStatusSchema,
  configuration: configurationSchema.nullable(),
  /** The other parts of what is set for everybody. */
  parts: partsSchema.nullable(),
  notices: z.array(noticeSchema),
  /** Only where the user may listen in. */
  supervision: supervisionViewSchema.optional(),
  /** The desk's clock, so that countdowns in the window agree with it. */
  now: timeSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

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

export const teamViewSchema = z.object({
  agents: z.array(
    presenceSchema.extend({ extension: z.string().nullable(), teamId: z.string().nullable() }),
  ),
  calls: z.array(journalEntrySchema),
});
export type TeamView = z.infer<typeof teamViewSchema>;

export const auditViewSchema = z.array(auditEntrySchema);

export const ticketDetailSchema = z.object({
  ticket: ticketViewSchema,
  events: z.array(ticketEventSchema.extend({ id: idSchema, waiting: z.boolean() })),
});
export type TicketDetail = z.infer<typeof ticketDetailSchema>;

export const wrapUpDraftSchema = z.object({
  dispositionId: shortTextSchema.nullable(),
  result: z.enum(wrapUpResults).nullable(),
  notes: textSchema,
  followUpAt: timeSchema.nullable(),
  tags: z.array(shortTextSchema.min(1)).max(50).default([]),
  /** Tickets linked by hand, beside those opened on the call. */
  ticketIds: z.array(idSchema).max(50).default([]),
  /** Chosen in the form, where the call has no customer. */
  customerId: idSchema.nullable().default(null),
});
export type WrapUpDraft = z.infer<typeof wrapUpDraftSchema>;

export const backlogEntrySchema = z.object({
  callId: idSchema,
  customerName: shortTextSchema.nullable(),
  numberDisplay: shortTextSchema,
  endedAt: timeSchema,
  talkMs: z.int().nonnegative(),
  draft: wrapUpDraftSchema.nullable(),
  /** What the draft still needs; empty where there is none. */
  missing: z.array(z.enum(wrapUpGaps)),
});
export type BacklogEntry = z.infer<typeof backlogEntrySchema>;

export const searchHitSchema = z.object({
  customerId: idSchema,
  name: shortTextSchema,
  valueClass: z.enum(valueClasses),
  kind: z.enum(customerKinds),
  /** What matched, such as a number or a place. */
  hint: shortTextSchema.nullable(),
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** A call of the last days as the dial field offers it; merged per number, newest first. */
export const recentCallSchema = z.object({
  number: numberViewSchema,
  name: shortTextSchema.nullable(),
  customerId: idSchema.nullable(),
  direction: z.enum(['in', 'out']),
  result: z.enum(callResults).nullable(),
  at: timeSchema,
});
export type RecentCall = z.infer<typeof recentCallSchema>;

/** Whom a call can be passed on to, or who can be asked. `target` is what the phone dials. */
export const directoryEntrySchema = z.object({
  kind: z.enum(['agent', 'queue', 'external']),
  id: shortTextSchema,
  name: shortTextSchema,
  target: z.string().max(100),
  /** Agents: what they do now, and since when. */
  state: z.enum(agentStateNames).nullable(),
  reason: shortTextSchema.nullable(),
  since: timeSchema.nullable(),
});
export type DirectoryEntry = z.infer<typeof directoryEntrySchema>;
