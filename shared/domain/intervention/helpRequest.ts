import { z } from 'zod';
import { idSchema, shortTextSchema, timeSchema } from '../primitives.ts';

export const helpStates = ['open', 'answered', 'withdrawn', 'over'] as const;
export const helpAnswers = ['onMyWay', 'message', 'listen', 'whisper', 'takeOver'] as const;

/** HelpRequest 求助: an agent asks the supervisors for help, in a call or beside one. Kept as history. */
export const helpRequestSchema = z.object({
  agentId: idSchema,
  agentName: shortTextSchema,
  teamId: shortTextSchema.nullable(),
  askedAt: timeSchema,
  note: shortTextSchema,
  /** The call it is about. */
  callId: idSchema.nullable(),
  callRef: shortTextSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  state: z.enum(helpStates),
  answer: z.enum(helpAnswers).nullable(),
  answeredById: idSchema.nullable(),
  answeredByName: shortTextSchema.nullable(),
  answeredAt: timeSchema.nullable(),
  closedAt: timeSchema.nullable(),
});
export type HelpRequest = z.infer<typeof helpRequestSchema>;
export type HelpAnswer = NonNullable<HelpRequest['answer']>;

/** Nobody has to do anything about it any more. */
export function isClosed({ state }: Pick<HelpRequest, 'state'>): boolean {
  return state === 'withdrawn' || state === 'over';
}
