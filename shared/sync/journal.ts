import { z } from 'zod';
import { callEnders, callResults, wrapUpSchema } from '../domain/calls/call.ts';
import { callEventSchema } from '../domain/metrics/callEvents.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { taskSchema } from '../domain/task.ts';

/**
 * How a call came out. Beside what desks tell, what only the PBX saw: the caller asked to be called back, was led
 * elsewhere, or left while nobody looked.
 */
export const journalResults = [...callResults, 'callBack', 'overflowed', 'unseen'] as const;
export type JournalResult = (typeof journalResults)[number];

const durationSchema = z.int().min(0).max(86_400_000);

/** Which calls; what is null does not matter. Times in ms UTC, by when the call came or was dialled. */
export const journalFilterSchema = z.object({
  from: timeSchema,
  /** Exclusive. */
  to: timeSchema,
  queueId: shortTextSchema.nullable().default(null),
  agentId: idSchema.nullable().default(null),
  direction: z.enum(['in', 'out']).nullable().default(null),
  result: z.enum(journalResults).nullable().default(null),
  /** Any part of the number; what is no digit is left out. */
  number: shortTextSchema.default(''),
  customerId: idSchema.nullable().default(null),
  /** One of these; empty: any, or none at all. */
  dispositionIds: z.array(shortTextSchema).max(500).default([]),
  talkAtLeastMs: durationSchema.nullable().default(null),
  talkAtMostMs: durationSchema.nullable().default(null),
  recorded: z.boolean().default(false),
  /** Only these calls; empty: any. */
  callRefs: z.array(shortTextSchema).max(1_000).default([]),
});
export type JournalFilter = z.infer<typeof journalFilterSchema>;

/** The place behind a row: the rows of one time are ordered by their ids. */
export const journalCursorSchema = z.object({ at: timeSchema, id: shortTextSchema });
export type JournalCursor = z.infer<typeof journalCursorSchema>;

export const maxJournalPage = 200;
export const journalRequestSchema = z.object({
  filter: journalFilterSchema,
  after: journalCursorSchema.nullable(),
  limit: z.int().min(1).max(maxJournalPage),
});
export type JournalRequest = z.infer<typeof journalRequestSchema>;

/** One agent's part of a call, or a stay in a queue of which no desk has told. */
export const journalRowSchema = z.object({
  id: shortTextSchema,
  /** Null where no desk has a record of it. */
  callId: idSchema.nullable(),
  callRef: shortTextSchema,
  at: timeSchema,
  direction: z.enum(['in', 'out']),
  queueId: shortTextSchema.nullable(),
  numberRaw: shortTextSchema,
  numberKey: shortTextSchema.nullable(),
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  agentId: idSchema.nullable(),
  agentName: shortTextSchema.nullable(),
  /** Null while it goes on. */
  result: z.enum(journalResults).nullable(),
  talkMs: z.int().nonnegative().nullable(),
  waitedMs: z.int().nonnegative().nullable(),
  heldMs: z.int().nonnegative(),
  endedBy: z.enum(callEnders).nullable(),
  transferredTo: shortTextSchema.nullable(),
  wrapUp: wrapUpSchema.extend({ id: idSchema }).nullable(),
  tickets: z.array(
    z.object({ id: idSchema, no: shortTextSchema.nullable(), subject: shortTextSchema }),
  ),
  followUp: taskSchema.extend({ id: idSchema }).nullable(),
  recorded: z.boolean(),
});
export type JournalRow = z.infer<typeof journalRowSchema>;

export const journalPageSchema = z.object({
  rows: z.array(journalRowSchema),
  /** Behind the last call that was looked at; null: there are no more. */
  next: journalCursorSchema.nullable(),
});
export type JournalPage = z.infer<typeof journalPageSchema>;

export const journeyRequestSchema = z.object({ callRef: shortTextSchema.min(1) });

/** Times of a recording are ms from its beginning. */
const recordingMarkSchema = z.object({
  kind: z.enum(['held', 'paused', 'transferred']),
  fromMs: z.int().nonnegative(),
  /** Null: to the end; of a transfer the same as `fromMs`. */
  toMs: z.int().nonnegative().nullable(),
});
export type RecordingMark = z.infer<typeof recordingMarkSchema>;

/** A caller's journey through the centre: every agent's part, and what happened when. */
export const journeySchema = z.object({
  parts: z.array(journalRowSchema),
  events: z.array(z.object({ event: callEventSchema, agentName: shortTextSchema.nullable() })),
  recorded: z.boolean(),
});
export type Journey = z.infer<typeof journeySchema>;

export const recordingSchema = z.object({
  durationMs: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Loudest sample of each part of equal length, 0 to 255. */
  peaks: z.array(z.int().min(0).max(255)),
  marks: z.array(recordingMarkSchema),
});
export type RecordingInfo = z.infer<typeof recordingSchema>;
