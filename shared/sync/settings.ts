import { z } from 'zod';
import { settingKeys } from '../domain/configuration.ts';
import { idSchema, shortTextSchema, timeSchema } from '../domain/primitives.ts';

export const settingKeySchema = z.enum(settingKeys);

/** One part of the configuration as the centre holds it; `version` 0: nobody has set it, the value is the usual one. */
export const settingStateSchema = z.object({
  key: settingKeySchema,
  value: z.record(z.string(), z.unknown()),
  version: z.int().nonnegative(),
});
export type SettingState = z.infer<typeof settingStateSchema>;

/** `PUT /api/settings/:key`: `version` is the one that was changed; another one there by now is a conflict. */
export const settingChangeSchema = z.object({
  value: z.record(z.string().max(64), z.unknown()),
  version: z.int().nonnegative(),
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

export const settingVersionSchema = z.object({
  version: z.int().nonnegative(),
  at: timeSchema,
  byId: idSchema,
  byName: shortTextSchema,
});
export const settingVersionsSchema = z.object({ versions: z.array(settingVersionSchema) });
export type SettingVersion = z.infer<typeof settingVersionSchema>;

/** The newest ones that are listed. */
export const maxSettingVersions = 200;
