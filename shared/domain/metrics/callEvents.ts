import { z } from 'zod';
import { agentStateNames } from '../agents/agentState.ts';
import { callEnders } from '../calls/call.ts';
import { idSchema, shortTextSchema, timeSchema } from '../primitives.ts';

/**
 * Who told it: the PBX through its connector, or a desk of a centre whose PBX has none. What desks tell is
 * marked, since a desk knows nothing of callers who gave up before it rang.
 */
export const eventSources = ['pbx', 'desk'] as const;
export type EventSource = (typeof eventSources)[number];

const common = {
  /** The same event told twice has the same id. */
  id: idSchema,
  at: timeSchema,
  source: z.enum(eventSources),
};
const ofCall = { ...common, callRef: shortTextSchema };
const ofAgent = { ...ofCall, agentId: idSchema };

/** What happened to calls and agents, in the past tense; only appended. */
export const callEventSchema = z.discriminatedUnion('name', [
  z.object({
    name: z.literal('queue.entered'),
    ...ofCall,
    queueId: shortTextSchema,
    /** The caller's number as it arrived; absent where it was withheld or is not known. */
    caller: shortTextSchema.optional(),
  }),
  z.object({
    name: z.literal('queue.left'),
    ...ofCall,
    queueId: shortTextSchema,
    /** `unseen`: while nobody could see it, as when the line to the PBX was down. */
    how: z.enum(['abandoned', 'callBack', 'overflowed', 'unseen']),
  }),
  z.object({ name: z.literal('agent.offered'), ...ofAgent, queueId: shortTextSchema.nullable() }),
  z.object({
    name: z.literal('agent.notAnswered'),
    ...ofAgent,
    queueId: shortTextSchema.nullable(),
    how: z.enum(['noAnswer', 'rejected', 'withdrawn']),
  }),
  z.object({
    name: z.literal('agent.dialled'),
    ...ofAgent,
    /** The number that was dialled. */
    called: shortTextSchema.optional(),
  }),
  /** With `queueId` the caller leaves that queue. */
  z.object({ name: z.literal('agent.answered'), ...ofAgent, queueId: shortTextSchema.nullable() }),
  z.object({ name: z.literal('agent.held'), ...ofAgent }),
  z.object({ name: z.literal('agent.resumed'), ...ofAgent }),
  z.object({
    name: z.literal('agent.transferred'),
    ...ofAgent,
    /** Number, extension or queue it was passed on to. */
    to: shortTextSchema.optional(),
  }),
  z.object({ name: z.literal('agent.left'), ...ofAgent, by: z.enum(callEnders).nullable() }),
  z.object({ name: z.literal('agent.wrappedUp'), ...ofAgent }),
  /** The desk knows: this was a call with a colleague, and no customer's. No PBX tells the two apart. */
  z.object({ name: z.literal('agent.internal'), ...ofAgent }),
  z.object({
    name: z.literal('agent.state'),
    ...common,
    agentId: idSchema,
    state: z.enum(agentStateNames),
    reason: shortTextSchema.nullable(),
  }),
]);
export type CallEvent = z.infer<typeof callEventSchema>;
