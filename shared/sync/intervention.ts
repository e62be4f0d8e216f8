import { z } from 'zod';
import { breakReasons } from '../domain/agents/agentState.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';

/** Where an agent is to rest. */
export const wantedRestSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('break'), reason: z.enum(breakReasons) }),
]);
export type WantedRest = z.infer<typeof wantedRestSchema>;

/** When a wish takes effect: at once, or when what the agent works on is over. */
export const effects = ['now', 'afterWork'] as const;
export type Effect = (typeof effects)[number];

/** `POST /api/team/{userId}/state`. */
export const setStateRequestSchema = z.object({ rest: wantedRestSchema });
/** `now`, `afterWork`: what the agent's desk said. */
export const setStateAnswerSchema = z.object({ effect: z.enum(effects) });

/** `POST /api/team/{userId}/signOut`. */
export const signOutAnswerSchema = z.object({
  /** Sessions that were ended. */
  sessions: z.int().nonnegative(),
  /** Whether the PBX offers no more calls: `done`, `later` (the line to it is down), `none` (there is none). */
  pbx: z.enum(['done', 'later', 'none']),
});
export type SignOutAnswer = z.infer<typeof signOutAnswerSchema>;

export const maxPenalty = 9;
const membershipSchema = z.object({
  queueId: shortTextSchema.min(1),
  /** 0 to 9: members of a lower one are asked first. */
  penalty: z.int().min(0).max(maxPenalty),
});
export type Membership = z.infer<typeof membershipSchema>;

/** `PUT /api/team/{userId}/queues`: all queues that this agent is to take. */
export const setQueuesRequestSchema = z.object({ queues: z.array(membershipSchema).max(200) });

/** `GET` and `PUT /api/team/{userId}/queues`. */
export const agentQueuesSchema = z.object({
  queues: z.array(membershipSchema),
  /** `same`: the PBX has it so; `later`: it gets it when the line is back; `differs`: see `refused`; `none`: no line. */
  pbx: z.enum(['same', 'later', 'differs', 'none']),
  /** Queues that the PBX did not change, with its error code. */
  refused: z.array(z.object({ queueId: shortTextSchema, code: shortTextSchema })),
});
export type AgentQueues = z.infer<typeof agentQueuesSchema>;

/** `POST /api/interventions/{id}/taken`: the agent's desk says that it does it, before it does. */
export const takenRequestSchema = z.object({ effect: z.enum(effects) });

/** To the agent's desks on the live socket: a supervisor wants something of this agent. */
export const interventionMessageSchema = z.object({
  type: z.literal('intervention'),
  id: idSchema,
  byName: shortTextSchema,
  at: timeSchema,
  wish: z.discriminatedUnion('kind', [
    /** It is done only where the server takes `taken`: one that came too late is refused with 409. */
    z.object({ kind: z.literal('rest'), rest: wantedRestSchema }),
    /** The session has been ended. */
    z.object({ kind: z.literal('signOut') }),
  ]),
});
export type InterventionMessage = z.infer<typeof interventionMessageSchema>;
