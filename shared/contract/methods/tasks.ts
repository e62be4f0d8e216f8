import { z } from 'zod';
import { callHoursSchema } from '../../domain/customers/customer.ts';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../../domain/primitives.ts';
import { attemptOutcomes, missedCallSchema, taskKinds } from '../../domain/task.ts';
import { method } from '../method.ts';
import { numberViewSchema } from '../models/calls.ts';
import { taskViewSchema } from '../models/records.ts';

const nothing = z.object({});
const count = z.int().nonnegative();
const limit = z.int().min(1).max(500);

/** How and when a customer may be called. */
export const callingSchema = z.object({
  callHours: callHoursSchema.nullable(),
  doNotCall: z.boolean(),
  /** What the agent is asked about before dialling now; null: nothing. */
  asks: z.enum(['outsideHours', 'doNotCall']).nullable(),
  /** The next time at which the customer likes to be called, ms UTC. */
  nextAt: timeSchema,
  number: numberViewSchema.nullable(),
});
export type Calling = z.infer<typeof callingSchema>;

/** A task in the list: whose number it is where the task does not say, and the number as people read it. */
const listedTaskSchema = taskViewSchema.extend({ numberDisplay: shortTextSchema.nullable() });
export type ListedTask = z.infer<typeof listedTaskSchema>;

const taskFilterSchema = z.object({
  whose: z.enum(['mine', 'team']),
  state: z.enum(['open', 'closed']),
  kinds: z.array(z.enum(taskKinds)),
  ownerId: idSchema.nullable(),
});
export type TaskFilter = z.infer<typeof taskFilterSchema>;

const newTaskSchema = z.object({
  kind: z.enum(['callBack', 'promise', 'care', 'reminder']),
  title: shortTextSchema.min(1),
  customerId: idSchema.nullable(),
  numberRaw: shortTextSchema.nullable(),
  ticketId: idSchema.nullable(),
  callId: idSchema.nullable(),
  dueAt: timeSchema,
  remindAt: timeSchema.nullable(),
  notes: textSchema,
  /** Null: the author's own. */
  ownerId: idSchema.nullable(),
});
export type NewTask = z.infer<typeof newTaskSchema>;

const missedCallViewSchema = missedCallSchema.extend({
  id: idSchema,
  number: numberViewSchema,
  customerName: shortTextSchema.nullable(),
  waiting: z.boolean(),
});
export type MissedCallView = z.infer<typeof missedCallViewSchema>;

/** Somebody tasks can be given to. */
export const takerSchema = z.object({
  id: idSchema,
  name: shortTextSchema,
  teamId: shortTextSchema.nullable(),
  active: z.boolean(),
});
export type Taker = z.infer<typeof takerSchema>;

export const taskMethods = {
  'tasks.view': method(
    'customers.read',
    z.object({ filter: taskFilterSchema, limit }),
    z.object({ tasks: z.array(listedTaskSchema), total: count }),
  ),
  'tasks.get': method(
    'customers.read',
    z.object({ taskId: idSchema }),
    z.object({ task: taskViewSchema, calling: callingSchema }),
  ),
  'tasks.create': method('tasks.write', newTaskSchema, taskViewSchema),
  /** Codes: `not-found`, `state-not-allowed` (done already). */
  'tasks.change': method(
    'tasks.write',
    z.object({
      taskId: idSchema,
      dueAt: timeSchema.optional(),
      remindAt: timeSchema.nullable().optional(),
      notes: textSchema.optional(),
    }),
    taskViewSchema,
  ),
  /** `cancelled`: it is not needed any more. Codes as above. */
  'tasks.close': method(
    'tasks.write',
    z.object({ taskId: idSchema, as: z.enum(['done', 'cancelled']), notes: textSchema }),
    taskViewSchema,
  ),
  /** Codes as above, `not-found` for the user too. */
  'tasks.assign': method(
    'tasks.write',
    z.object({ taskId: idSchema, ownerId: idSchema }),
    taskViewSchema,
  ),
  /** A try to reach the customer of a call-back. */
  'tasks.tried': method(
    'tasks.write',
    z.object({ taskId: idSchema, outcome: z.enum(attemptOutcomes), callId: idSchema.nullable() }),
    taskViewSchema,
  ),
  'tasks.takers': method('tasks.write', nothing, z.array(takerSchema)),
  'handOver.preview': method(
    'tickets.manage',
    z.object({ fromId: idSchema }),
    z.object({ tasks: count, tickets: count, skipped: count }),
  ),
  /**
   * Open tasks and tickets of somebody who leaves, to others in turn. Codes: `not-found`, `invalid-input`.
   */
  'handOver.run': method(
    'tickets.manage',
    z.object({ fromId: idSchema, toIds: z.array(idSchema).min(1).max(100) }),
    z.object({ tasks: count, tickets: count }),
  ),
  'missedCalls.list': method(
    'customers.read',
    z.object({ state: z.enum(['open', 'handled']), limit }),
    z.object({ calls: z.array(missedCallViewSchema), open: count }),
  ),
  /** `null`: nobody any more. Codes: `not-found`, `state-not-allowed`. */
  'missedCalls.take': method(
    'tasks.write',
    z.object({ id: idSchema, mine: z.boolean() }),
    missedCallViewSchema,
  ),
  'missedCalls.dismiss': method(
    'tasks.write',
    z.object({ id: idSchema, reason: textSchema.min(1) }),
    missedCallViewSchema,
  ),
} as const;
