import { z } from 'zod';
import { agentStateNames, breakReasons } from '../../domain/agents/agentState.ts';
import { listenModes } from '../../domain/calls/listening.ts';
import { configurationSchema } from '../../domain/configuration.ts';
import { idSchema, shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import { partsSchema } from '../../domain/settings/parts.ts';
import { bilingualSchema, languageSchema } from '../../domain/text/text.ts';
import { presenceSchema } from '../../domain/user.ts';
import { practiceUsersSchema, signedInUserSchema } from '../../sync/messages.ts';
import { failureSchema } from '../failure.ts';
import { deviceChoiceSchema } from '../media.ts';
import { deskCallSchema } from './calls.ts';
import { journalEntrySchema } from './records.ts';

/** The state of the desk as the window is shown it. */

export const agentViewSchema = z.object({
  state: z.enum(agentStateNames),
  reason: z.enum(breakReasons).nullable(),
  since: timeSchema,
  next: z
    .object({ state: z.enum(['ready', 'break']), reason: z.enum(breakReasons).nullable() })
    .nullable(),
  /** When the break is over by the centre's rules, ms UTC; null without a limit. */
  breakEndsAt: timeSchema.nullable(),
  /** What the PBX's queues hold of this agent, where that differs from what this desk told; it counts. */
  pbx: z
    .object({ paused: z.boolean(), reason: shortTextSchema.nullable(), at: timeSchema })
    .nullable(),
});
export type AgentView = z.infer<typeof agentViewSchema>;

export const phoneStatusSchema = z.object({
  state: z.enum(['off', 'connecting', 'registered', 'failed']),
  /** Why it failed or is connecting again; null while all is well. */
  failure: failureSchema.nullable(),
  nextTryAt: timeSchema.nullable(),
  microphone: z.enum(['unknown', 'ok', 'denied', 'absent', 'busy']),
  microphoneLabel: shortTextSchema.nullable(),
});
export type PhoneStatus = z.infer<typeof phoneStatusSchema>;

const refusedOperationSchema = z.object({
  operationId: idSchema,
  entity: shortTextSchema,
  entityId: idSchema,
  reason: shortTextSchema,
  message: shortTextSchema.nullable(),
  at: timeSchema,
});
export type RefusedOperation = z.infer<typeof refusedOperationSchema>;

export const syncStatusSchema = z.object({
  state: z.enum(['off', 'online', 'offline', 'first-sync', 'signed-out']),
  /** Since when the server cannot be reached. */
  offlineSince: timeSchema.nullable(),
  nextTryAt: timeSchema.nullable(),
  /** Changes made here that the server does not have yet. */
  waiting: z.int().nonnegative(),
  waitingSince: timeSchema.nullable(),
  refused: z.array(refusedOperationSchema),
  /** Records received in the first sync so far, over restarts of the desk; and how many there are to come, about. */
  received: z.int().nonnegative(),
  /** Null where the server did not say, and once all are here. */
  total: z.int().nonnegative().nullable(),
  /** This desk's records are being compared with the server's: how many kinds of them, of how many. Null: they are not. */
  comparing: z.object({ done: z.int().nonnegative(), of: z.int().positive() }).nullable(),
  lastSyncAt: timeSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const settingsSchema = z.object({
  language: languageSchema,
  theme: z.enum(['light', 'dark', 'system']),
  rememberedLogin: shortTextSchema.nullable(),
  devices: deviceChoiceSchema,
  /** Number shown when this desk dials, of those the centre allows; absent or null: the usual one. */
  callerId: z.string().max(32).nullable().optional(),
  /** What the centre is called, as this desk last heard it: the sign-in page stands before every configuration. */
  organisation: bilingualSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const sessionViewSchema = z.object({
  state: z.enum(['signedOut', 'signedIn']),
  user: signedInUserSchema.nullable(),
  /** Signed in against the stored verifier because the server was not reachable. */
  offline: z.boolean(),
  server: z.object({ url: z.string(), reachable: z.boolean().nullable() }),
  practice: practiceUsersSchema.nullable(),
  version: shortTextSchema,
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** A thing the desk has to tell that belongs to no form: shown until dismissed or mended. */
export const noticeSchema = z.object({
  id: shortTextSchema,
  level: z.enum(['info', 'warning', 'error']),
  failure: failureSchema,
});
export type Notice = z.infer<typeof noticeSchema>;

/** What this desk does as a listener, and whether it can. */
export const supervisionViewSchema = z.object({
  /** `unknown` until the server has told. */
  connector: z.object({
    state: z.enum(['connected', 'blind', 'absent', 'unknown']),
    since: timeSchema.nullable(),
  }),
  listening: z
    .object({
      userId: idSchema,
      name: shortTextSchema,
      mode: z.enum(listenModes),
      /** `ringing` until the PBX has let this desk in. */
      state: z.enum(['ringing', 'on']),
      since: timeSchema,
    })
    .nullable(),
});
export type SupervisionView = z.infer<typeof supervisionViewSchema>;

export const snapshotSchema = z.object({
  session: sessionViewSchema,
  settings: settingsSchema,
  agent: agentViewSchema,
  calls: z.array(deskCallSchema),
  phone: phoneStatusSchema,
  sync: syncStatusSchema,
  configuration: configurationSchema.nullable(),
  /** The other parts of what is set for everybody. */
  parts: partsSchema.nullable(),
  notices: z.array(noticeSchema),
  /** Only where the user may listen in. */
  supervision: supervisionViewSchema.optional(),
  /** The desk's clock, so that countdowns in the window agree with it. */
  now: timeSchema,
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const teamViewSchema = z.object({
  agents: z.array(
    presenceSchema.extend({ extension: z.string().nullable(), teamId: z.string().nullable() }),
  ),
  calls: z.array(journalEntrySchema),
});
export type TeamView = z.infer<typeof teamViewSchema>;
