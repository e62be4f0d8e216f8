import { z } from 'zod';
import { auditSubjects } from '../../domain/audit.ts';
import { listenModes } from '../../domain/calls/listening.ts';
import { idSchema, timeSchema } from '../../domain/primitives.ts';
import { maxAuditEntries } from '../../sync/messages.ts';
import { method } from '../method.ts';
import { auditViewSchema } from '../models/records.ts';

const nothing = z.object({});

/** What a supervisor does to a running call; each is done by the centre, which writes it down. */
export const teamMethods = {
  /** The PBX rings this desk and lets it into the call of that agent; once in, the mode is changed by the same method. */
  'team.listen': method(
    'calls.listen',
    z.object({ userId: idSchema, mode: z.enum(listenModes) }),
    nothing,
  ),
  'team.stopListening': method('calls.listen', nothing, nothing),
  /** The caller is led to this desk; the agent's part of the call ends. */
  'team.takeOver': method('calls.listen', z.object({ userId: idSchema }), nothing),
  /** Who listened to whom, moved records in and out, managed keys and webhooks; newest first, asked of the server. */
  'team.audit': method(
    'calls.listen',
    z.object({
      about: z.enum(auditSubjects),
      before: timeSchema.nullable(),
      limit: z.int().min(1).max(maxAuditEntries),
    }),
    auditViewSchema,
  ),
} as const;
