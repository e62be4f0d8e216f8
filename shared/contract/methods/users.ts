import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import {
  createdUserSchema,
  newUserSchema,
  oneTimePasswordSchema,
  userAccountSchema,
  userChangeSchema,
} from '../../sync/users.ts';
import { method } from '../method.ts';

const access = 'users.manage';
const ofUser = z.object({ userId: idSchema });

/**
 * Accounts, asked of the centre: nothing of it works offline (`server-unreachable`). Codes of changes: `login-taken`,
 * `extension-taken`, `last-administrator`, `own-account`, `practice-user`, `not-found`, `invalid-input`.
 */
export const userMethods = {
  /** Everybody who has or had an account, by name. */
  'users.list': method(access, z.object({}), z.array(userAccountSchema)),
  /** The one-time password is in this answer and nowhere else. */
  'users.create': method(access, newUserSchema, createdUserSchema),
  'users.change': method(access, ofUser.extend({ change: userChangeSchema }), userAccountSchema),
  /** All sessions of the user end at once. */
  'users.deactivate': method(access, ofUser, userAccountSchema),
  'users.reactivate': method(access, ofUser, userAccountSchema),
  /** All sessions of the user end at once; the one-time password is in this answer and nowhere else. */
  'users.resetPassword': method(access, ofUser, oneTimePasswordSchema),
} as const;
