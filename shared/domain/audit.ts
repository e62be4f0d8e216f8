import { z } from 'zod';
import { listenModes } from './calls/listening.ts';
import { idSchema, shortTextSchema, timeSchema } from './primitives.ts';

/** What a supervisor or an agent did to a running call, in the past tense. */
const auditActions = [
  /** Written before the PBX is asked: what could not be written down is not done. */
  'listening.asked',
  'listening.refused',
  /** What the PBX says it did. */
  'listening.started',
  'listening.changed',
  'listening.stopped',
  'takeOver.asked',
  'takeOver.refused',
  'call.takenOver',
  'recording.paused',
  'recording.resumed',
  /** Somebody listened to a recording. */
  'recording.played',
  /** Records brought in from a file; taken out into one: asked before, done behind. */
  'data.imported',
  'data.export.asked',
  'data.exported',
  /** Keys of other programs, and where they are told what happened. */
  'integration.key.made',
  'integration.key.changed',
  'integration.key.revoked',
  'integration.webhook.made',
  'integration.webhook.changed',
  'integration.webhook.secretRenewed',
  'integration.webhook.redelivered',
  'integration.webhook.removed',
  /** What holds for everybody: which part, and its version. */
  'configuration.changed',
  /** The state of an agent, the end of the session, the queues: asked before, done or refused behind. */
  'team.state.asked',
  'team.state.set',
  'team.state.refused',
  'team.signedOut',
  'team.queues.changed',
  /** Accounts, and their passwords. */
  'team.user.created',
  'team.user.changed',
  'team.user.deactivated',
  'team.user.reactivated',
  'team.password.reset',
  'team.password.changed',
] as const;

/** AuditEntry 审计: who did what to whose call. Written by the server alone, never changed, never removed. */
export const auditEntrySchema = z.object({
  id: idSchema,
  at: timeSchema,
  action: z.enum(auditActions),
  /** Who; null where the PBX knows an extension that belongs to nobody here. */
  userId: idSchema.nullable(),
  /** The name at that time, or the extension. */
  userName: shortTextSchema,
  /** The desk that asked; null where it was done at the PBX itself. */
  device: shortTextSchema.nullable(),
  /** Whose call. */
  agentId: idSchema.nullable(),
  agentName: shortTextSchema,
  /** The PBX's reference of the call; null where there was none. */
  callRef: shortTextSchema.nullable(),
  mode: z.enum(listenModes).nullable(),
  /** Why it was refused, an error code. */
  reason: shortTextSchema.nullable(),
  /** What was brought in or taken out, and how much; which key or webhook, and what of it was changed. */
  detail: shortTextSchema.optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditAction = AuditEntry['action'];

/** Running calls, records that went in and out, keys and webhooks, what is set for all, or what was done to agents. */
export const auditSubjects = ['calls', 'data', 'integrations', 'configuration', 'team'] as const;
export type AuditSubject = (typeof auditSubjects)[number];
