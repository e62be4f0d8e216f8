import { z } from 'zod';
import { shortTextSchema } from '../primitives.ts';

export const wrapUpDemands = ['notes', 'tags', 'customer', 'ticket'] as const;

const wrapUpRulesSchema = z.object({
  /** What a wrap-up needs beside disposition and result, by queue; `*` is for all others. */
  demands: z.record(shortTextSchema, z.array(z.enum(wrapUpDemands))),
  /** A saved wrap-up may be changed by its author for so many minutes. */
  editMinutes: z.int().min(0).max(100_000),
});
export type WrapUpRules = z.infer<typeof wrapUpRulesSchema>;

export const usualWrapUpRules: WrapUpRules = { demands: {}, editMinutes: 1440 };

export const wrapUpRulesPart = { schema: wrapUpRulesSchema, usual: usualWrapUpRules };
