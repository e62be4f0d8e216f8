import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { agentStateNames } from '../../domain/agents/agentState.ts';
import { callEnders, callKinds, callResults, wrapUpResults } from '../../domain/calls/call.ts';
import { callQualitySchema } from '../../domain/calls/callQuality.ts';
import { listenModes } from '../../domain/calls/listening.ts';
import { wrapUpGaps } from '../../domain/calls/wrapUpRules.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { bilingualSchema } from '../../domain/text/text.ts';
import { failureSchema } from '../failure.ts';
import { candidateSchema, cardSchema } from './records.ts';

/** Calls of this desk as the window is shown them, and what is made of them. */

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

export const wrapUpDraftSchema = z.object({
  dispositionId: shortTextSchema.nullable(),
  result: z.enum(wrapUpResults).nullable(),
  notes: textSchema,
  followUpAt: timeSchema.nullable(),
  tags: z.array(shortTextSchema.min(1)).max(maxTags).default([]),
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
