import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** Why something failed, as the window is told. */
export const failureSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional(),
});
