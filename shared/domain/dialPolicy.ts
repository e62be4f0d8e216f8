import { z } from 'zod';

const prefixesSchema = z.array(z.string().regex(/^\+?[0-9*#]{1,20}$/)).max(200);

/** Which numbers agents may dial. Patterns are beginnings of the number as dialled at home or in E.164. */
export const dialPolicySchema = z.object({
  /** Dialled after the agent has confirmed: 110, 119, 120, 122, 112 … */
  emergency: prefixesSchema,
  /** Numbers that cost extra. */
  premium: prefixesSchema,
  premiumIs: z.enum(['refused', 'asked', 'allowed']),
  international: z.enum(['refused', 'asked', 'allowed']),
  /** Never dialled, whatever else says. */
  barred: prefixesSchema,
});
export type DialPolicy = z.infer<typeof dialPolicySchema>;

export const usualDialPolicy: DialPolicy = {
  emergency: ['110', '112', '119', '120', '122'],
  premium: ['16', '168', '160'],
  premiumIs: 'refused',
  international: 'asked',
  barred: [],
};
