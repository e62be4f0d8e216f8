import { z } from 'zod';
import {
  settingChangeSchema,
  settingKeySchema,
  settingStateSchema,
  settingVersionSchema,
} from '../../sync/settings.ts';
import { method } from '../method.ts';

const access = 'configuration.write';
const keyInput = z.object({ key: settingKeySchema });

/**
 * What administrators set for everybody, part by part; asked of the centre, so that nobody overwrites what
 * another one has set. What counts at a desk comes by sync and by `parts.changed`.
 */
export const configurationMethods = {
  'configuration.read': method(access, keyInput, settingStateSchema),
  /** Codes: `conflict` where somebody else has set it, `invalid-input` with the place in its message. */
  'configuration.save': method(
    access,
    keyInput.extend(settingChangeSchema.shape),
    settingStateSchema,
  ),
  'configuration.versions': method(access, keyInput, z.array(settingVersionSchema)),
  'configuration.version': method(
    access,
    keyInput.extend({ version: z.int().nonnegative() }),
    settingStateSchema,
  ),
} as const;
