import { z } from 'zod';
import { agentStateNames } from './agents/agentState.ts';
import { mayDo, roleSchema } from './permissions.ts';
import { idSchema, shortTextSchema, timeSchema } from './primitives.ts';

/** User as every desk may know one: no password, no secret. */
export const userSchema = z.object({
  login: shortTextSchema,
  name: shortTextSchema,
  role: roleSchema,
  teamId: shortTextSchema.nullable(),
  extension: z.string().max(16).nullable(),
  queueIds: z.array(shortTextSchema).max(200),
  active: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

/**
 * What somebody lacks to take and make calls: the role's permission, or an extension at which a phone
 * can ring. Null: nothing.
 */
export function lackForCalls({
  role,
  extension,
}: Pick<User, 'role' | 'extension'>): 'permission' | 'extension' | null {
  if (!mayDo(role, 'calls.take')) return 'permission';
  return extension ? null : 'extension';
}

/**
 * Presence: the newest state of one user, keyed by the user's id. The intervals behind it are
 * `agentInterval` records, which only append.
 */
export const presenceSchema = z.object({
  userId: idSchema,
  name: shortTextSchema,
  state: z.enum(agentStateNames),
  reason: shortTextSchema.nullable(),
  since: timeSchema,
  callId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  queueId: shortTextSchema.nullable(),
});
export type Presence = z.infer<typeof presenceSchema>;

export const agentIntervalSchema = z.object({
  userId: idSchema,
  state: z.enum(agentStateNames),
  reason: shortTextSchema.nullable(),
  from: timeSchema,
  to: timeSchema,
});
export type AgentInterval = z.infer<typeof agentIntervalSchema>;
