import { z } from 'zod';
import { breakReasons } from '../../domain/agents/agentState.ts';
import { ownPasswordSchema } from '../../sync/users.ts';
import { method } from '../method.ts';
import { sessionViewSchema, settingsSchema, snapshotSchema } from '../models/desk.ts';

const nothing = z.object({});

export const restingSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('break'), reason: z.enum(breakReasons) }),
]);

export const sessionMethods = {
  /** Everything a window needs to paint itself, also after a reload in the middle of a call. */
  'desk.snapshot': method('anyone', nothing, snapshotSchema),
  'session.signIn': method(
    'anyone',
    z.object({
      login: z.string().min(1).max(200),
      password: z.string().min(1).max(500),
      /** With a one-time password, which alone opens nothing (`password-change-needed`). */
      newPassword: z.string().min(1).max(500).optional(),
      remember: z.boolean(),
      startAs: restingSchema,
    }),
    sessionViewSchema,
  ),
  'session.signOut': method('signed-in', nothing, nothing),
  /**
   * One's own, asked of the centre; the desk lets in with it from then on, also offline. Codes: `wrong-credentials`
   * (the old one), `account-locked`, `password-refused`, `practice-user`, `server-unreachable`.
   */
  'session.changePassword': method('signed-in', ownPasswordSchema, nothing),
  'settings.change': method(
    'anyone',
    settingsSchema.omit({ organisation: true }).partial(),
    settingsSchema,
  ),
  'notices.dismiss': method('anyone', z.object({ id: z.string().max(200) }), nothing),
} as const;
