import { z } from 'zod';
import { agentStateNames } from '../domain/agents/agentState.ts';
import { eventSources } from '../domain/metrics/callEvents.ts';
import { roleSchema } from '../domain/permissions.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { connectorStatusSchema } from './messages.ts';

const count = z.int().nonnegative();
const ms = z.number().nonnegative();

/** Counts of a queue since midnight (shared/domain/metrics/queueFigures.ts). */
const queueCountsSchema = z.object({
  offered: count,
  answered: count,
  abandoned: count,
  shortAbandoned: count,
  callBacks: count,
  overflowed: count,
  unseen: count,
  waiting: count,
  answeredInTime: count,
  levelBase: count,
  answerWaitMs: ms,
  longestWaitMs: ms,
  transferred: count,
});

/** One queue on the board. What it says of callers who wait is in the calls. */
const boardQueueSchema = z.object({
  queueId: shortTextSchema,
  today: queueCountsSchema,
  /** Average handle time of the last 30 minutes, ms; null without any. */
  handleMs: ms.nullable(),
});
export type BoardQueue = z.infer<typeof boardQueueSchema>;

const boardAgentSchema = z.object({
  agentId: idSchema,
  name: shortTextSchema,
  /** Administrators are moved by administrators alone. Servers of before do not say it. */
  role: roleSchema.default('agent'),
  teamId: shortTextSchema.nullable(),
  extension: z.string().max(16).nullable(),
  /** Queues that offer calls to this agent. */
  queueIds: z.array(shortTextSchema).max(200),
  state: z.enum(agentStateNames),
  reason: shortTextSchema.nullable(),
  since: timeSchema,
  /** The call it has longest. */
  callRef: shortTextSchema.nullable(),
  today: z.object({
    handled: count,
    /** Talk, hold, after-call work and dialling of handled calls, ms. */
    handleMs: ms,
    missed: count,
    /** Times in states since midnight up to `since`, ms: the running state is added by who shows it. */
    time: z.object({ break: ms, ready: ms, ringing: ms, onCall: ms, wrapUp: ms }),
  }),
});
export type BoardAgent = z.infer<typeof boardAgentSchema>;

/** Whose number it is: one customer's, or so many customers share it. */
const callerIdentitySchema = z.union([
  z.object({ customerId: idSchema, name: shortTextSchema }),
  z.object({ customers: z.int().min(2) }),
]);
export type CallerIdentity = z.infer<typeof callerIdentitySchema>;

/** A call that waits in a queue, rings at an agent or is talked. */
const boardCallSchema = z.object({
  callRef: shortTextSchema,
  queueId: shortTextSchema.nullable(),
  caller: shortTextSchema.nullable(),
  /** Added by the desk, from the customers that its user may see; the server does not say it. */
  who: callerIdentitySchema.optional(),
  direction: z.enum(['in', 'out']),
  state: z.enum(['waiting', 'ringing', 'talking', 'held']),
  /** When it entered the queue, or was dialled. */
  enteredAt: timeSchema,
  answeredAt: timeSchema.nullable(),
  agentId: idSchema.nullable(),
});
export type BoardCall = z.infer<typeof boardCallSchema>;

/** One point of the curve of the day: a quarter of an hour. */
const curvePointSchema = z.object({ at: timeSchema, offered: count, answered: count });

/**
 * From a desk whose user may watch: from now on it is told the board, or no more. Said again while it watches, it is
 * told everything again.
 */
export const boardWatchSchema = z.object({ type: z.literal('watch'), board: z.boolean() });
export type BoardWatch = z.infer<typeof boardWatchSchema>;

export const boardSnapshotSchema = z.object({
  type: z.literal('board'),
  number: count,
  /** The server's time, ms UTC. */
  at: timeSchema,
  /** The midnight since which is counted. */
  dayFrom: timeSchema,
  connector: connectorStatusSchema,
  /** Whether the events come from the PBX, or from desks alone. */
  source: z.enum(eventSources),
  queues: z.array(boardQueueSchema),
  agents: z.array(boardAgentSchema),
  calls: z.array(boardCallSchema),
});
export type BoardSnapshot = z.infer<typeof boardSnapshotSchema>;

export const boardChangesSchema = z.object({
  type: z.literal('boardChanges'),
  number: count,
  at: timeSchema,
  connector: connectorStatusSchema.optional(),
  queues: z.array(boardQueueSchema),
  agents: z.array(boardAgentSchema),
  calls: z.array(boardCallSchema),
  goneQueues: z.array(shortTextSchema),
  /** Calls that are over. */
  goneCalls: z.array(shortTextSchema),
  goneAgents: z.array(idSchema),
});
export type BoardChanges = z.infer<typeof boardChangesSchema>;

/**
 * What a desk that watches the board is told on its live socket: everything at first and after every gap, then what
 * has become of what has changed. Numbers grow by one for each desk; one that misses a number asks for everything
 * again. A new day, and a desk that was too slow to hear it all, get everything again by themselves.
 */
export const boardMessageSchema = z.discriminatedUnion('type', [
  boardSnapshotSchema,
  boardChangesSchema,
]);
export type BoardMessage = z.infer<typeof boardMessageSchema>;

/** Of one queue, or (null) of all together. */
export const boardCurveRequestSchema = z.object({ queueId: shortTextSchema.nullable() });

export const boardCurveQuerySchema = z.object({ queueId: shortTextSchema.optional() });

/** `GET /api/board/curve`: today's curve and the same days before, each from its own midnight. */
export const boardCurveSchema = z.object({
  today: z.array(curvePointSchema),
  yesterday: z.array(curvePointSchema),
  lastWeek: z.array(curvePointSchema),
});
export type BoardCurve = z.infer<typeof boardCurveSchema>;
