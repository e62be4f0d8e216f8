import { z } from 'zod';
import { maxTags } from '#shared/domain/primitives.ts';
import { scriptAnswersSchema } from '../knowledge/knowledge.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';
import { callReportSchema } from './callQuality.ts';

/**
 * `customer`: a contact of a customer, with card and wrap-up. `colleague`: between extensions, or to a
 * queue for advice; kept for the journal of dials, but no contact and without wrap-up. `test`: the
 * agent tries the headset; nothing of it is kept.
 */
export const callKinds = ['customer', 'colleague', 'test'] as const;
export type CallKind = (typeof callKinds)[number];

export const callEnders = ['agent', 'customer', 'system'] as const;
export type CallEnder = (typeof callEnders)[number];
export const callResults = [
  'answered',
  'missed',
  'rejected',
  'abandoned',
  'elsewhere',
  'failed',
] as const;
export type CallResult = (typeof callResults)[number];

/**
 * Call 通话: one agent's part of a caller's journey. `callRef` names the journey at the PBX and links
 * the parts; the id follows from both (`callIdOf`), so that two reports of one call are one record.
 */
export const callSchema = z.object({
  callRef: shortTextSchema,
  direction: z.enum(['in', 'out']),
  queueId: shortTextSchema.nullable(),
  /** Caller or called number as it arrived, capped at 500 characters. */
  numberRaw: shortTextSchema,
  numberKey: shortTextSchema.nullable(),
  callerName: shortTextSchema.nullable(),
  customerId: idSchema.nullable(),
  agentId: idSchema,
  offeredAt: timeSchema,
  answeredAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  endedBy: z.enum(callEnders).nullable(),
  result: z.enum(callResults).nullable(),
  waitedMs: z.int().nonnegative().nullable(),
  heldMs: z.int().nonnegative(),
  /** Calls recorded by desks of before have none. */
  report: callReportSchema.nullable().default(null),
  /** Where the agent passed it on to. */
  transferredTo: shortTextSchema.nullable().default(null),
  transferredBy: shortTextSchema.nullable().default(null),
  /** Times for which the recording was paused, ms UTC; `to` null while it is. */
  recordingGaps: z
    .array(z.object({ from: timeSchema, to: timeSchema.nullable() }))
    .max(100)
    .default([]),
  kind: z.enum(callKinds).default('customer'),
});
export type Call = z.infer<typeof callSchema>;

export const wrapUpResults = ['resolved', 'followUp', 'escalated', 'notReached'] as const;
export type WrapUpResult = (typeof wrapUpResults)[number];

/** WrapUp 小结: what one agent concluded of one call. One author, edited with history. */
export const wrapUpSchema = z.object({
  callId: idSchema,
  customerId: idSchema.nullable(),
  agentId: idSchema,
  agentName: shortTextSchema,
  dispositionId: shortTextSchema,
  result: z.enum(wrapUpResults),
  notes: textSchema,
  followUpAt: timeSchema.nullable(),
  ticketIds: z.array(idSchema).max(50),
  /** After-call work: from the end of the call to the saved wrap-up. */
  afterCallMs: z.int().nonnegative(),
  savedAt: timeSchema,
  tags: z.array(shortTextSchema).max(maxTags).default([]),
  script: scriptAnswersSchema.nullable().default(null),
  /** What it was before each later change, oldest first. */
  edits: z
    .array(
      z.object({
        at: timeSchema,
        byId: idSchema,
        before: z.object({
          dispositionId: shortTextSchema,
          result: z.enum(wrapUpResults),
          notes: textSchema,
          followUpAt: timeSchema.nullable(),
        }),
      }),
    )
    .max(50)
    .default([]),
});
export type WrapUp = z.infer<typeof wrapUpSchema>;

/**
 * Fields still missing before a wrap-up can be finished, in the order of the form.
 * A follow-up result needs its date; everything else may stay empty.
 */
export function missingInWrapUp(draft: {
  dispositionId: string | null;
  result: WrapUpResult | null;
  followUpAt: number | null;
}): ('dispositionId' | 'result' | 'followUpAt')[] {
  const missing: ('dispositionId' | 'result' | 'followUpAt')[] = [];
  if (!draft.dispositionId) missing.push('dispositionId');
  if (!draft.result) missing.push('result');
  if (draft.result === 'followUp' && draft.followUpAt === null) missing.push('followUpAt');
  return missing;
}
