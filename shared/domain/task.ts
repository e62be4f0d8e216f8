import { z } from 'zod';
import { idSchema, shortTextSchema, timeSchema } from './primitives.ts';

export const taskKinds = ['callBack', 'returnVisit', 'promise', 'care', 'reminder'] as const;

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
});
export type Task = z.infer<typeof taskSchema>;
