import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from './primitives.ts';

export const taskKinds = ['callBack', 'returnVisit', 'promise', 'care', 'reminder'] as const;
export const attemptOutcomes = ['reached', 'noAnswer', 'busy', 'wrongNumber', 'later'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Task 待办: something one person has to do by a time. A wrap-up's follow-up date makes one. */
export const taskSchema = z.object({
  kind: z.enum(taskKinds),
  title: shortTextSchema,
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  numberRaw: shortTextSchema.nullable(),
  callId: idSchema.nullable(),
  ticketId: idSchema.nullable(),
  ownerId: idSchema,
  ownerName: shortTextSchema,
  dueAt: timeSchema,
  state: z.enum(['open', 'done', 'cancelled']),
  createdAt: timeSchema,
  notes: textSchema.default(''),
  /** Tries to reach the customer, in their order. */
  attempts: z
    .array(
      z.object({
        at: timeSchema,
        outcome: z.enum(attemptOutcomes),
        byId: idSchema,
        byName: shortTextSchema,
        callId: idSchema.nullable(),
      }),
    )
    .max(100)
    .default([]),
  /** When its owner is reminded; null: at the due time. */
  remindAt: timeSchema.nullable().default(null),
  queueId: shortTextSchema.nullable().default(null),
  doneAt: timeSchema.nullable().default(null),
  doneBy: shortTextSchema.nullable().default(null),
});
export type Task = z.infer<typeof taskSchema>;

/**
 * Calls of one caller that nobody answered, until somebody has called back or decided otherwise. Made by the
 * server from what desks and PBX tell: one record for each number with open calls.
 */
export const missedCallSchema = z.object({
  numberKey: shortTextSchema.nullable(),
  numberRaw: shortTextSchema,
  customerId: idSchema.nullable(),
  queueId: shortTextSchema.nullable(),
  firstAt: timeSchema,
  lastAt: timeSchema,
  /** The PBX's references of the calls. */
  callRefs: z.array(shortTextSchema).max(200),
  state: z.enum(['open', 'taken', 'handled']),
  ownerId: idSchema.nullable(),
  ownerName: shortTextSchema.nullable(),
  handledAt: timeSchema.nullable(),
  /** `calledBack`, `calledAgain` (the caller got through), `notNeeded`. */
  outcome: shortTextSchema.nullable(),
  /** Why nobody needs to call back. */
  note: textSchema.default(''),
});
export type MissedCall = z.infer<typeof missedCallSchema>;
