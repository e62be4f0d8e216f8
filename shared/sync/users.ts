import { z } from 'zod';
import { roleSchema } from '../domain/permissions.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';
import { userSchema } from '../domain/user.ts';
import { longestName } from '../domain/users/userRules.ts';

/** An account, as administrators see it: nothing of its passwords but whether there are some. */
export const userAccountSchema = userSchema.extend({
  id: idSchema,
  /** Whether the password of the extension at the PBX is held here. */
  hasPhonePassword: z.boolean(),
  /** Null: never, or before this was kept. */
  lastSignInAt: timeSchema.nullable(),
  /** Until when the one-time password opens; null: the user has an own one. */
  oneTimeUntil: timeSchema.nullable(),
  isSignedIn: z.boolean(),
});
export type UserAccount = z.infer<typeof userAccountSchema>;

/** `GET /api/users`: everybody who has or had an account, by name. */
export const userAccountsSchema = z.object({ users: z.array(userAccountSchema) });

const loginSchema = z.string().trim().max(200);
const nameSchema = z.string().trim().max(longestName);
const teamSchema = shortTextSchema.min(1).nullable();
const extensionSchema = z.string().trim().min(1).max(16).nullable();
const queuesSchema = z.array(shortTextSchema.min(1)).max(200);
/** Of the extension at the PBX: desks register with it. */
const phonePasswordSchema = z.string().min(1).max(200).nullable();

/** `POST /api/users`. */
export const newUserSchema = z.object({
  login: loginSchema,
  name: nameSchema,
  role: roleSchema,
  teamId: teamSchema,
  extension: extensionSchema,
  queueIds: queuesSchema,
  phonePassword: phonePasswordSchema,
});
export type NewUser = z.infer<typeof newUserSchema>;

/** `PATCH /api/users/{id}`: what is left out stays. */
export const userChangeSchema = newUserSchema.partial();
export type UserChange = z.infer<typeof userChangeSchema>;

/** The one answer that holds it: it is kept as a hash alone. */
export const oneTimePasswordSchema = z.object({
  password: z.string().max(100),
  /** Until when it opens, once. */
  until: timeSchema,
});
export type OneTimePassword = z.infer<typeof oneTimePasswordSchema>;

export const createdUserSchema = oneTimePasswordSchema.extend({ user: userAccountSchema });
export type CreatedUser = z.infer<typeof createdUserSchema>;

const passwordSchema = z.string().min(1).max(500);

/** `PUT /api/me/password`. */
export const ownPasswordSchema = z.object({
  password: passwordSchema,
  newPassword: passwordSchema,
});
export type OwnPassword = z.infer<typeof ownPasswordSchema>;
