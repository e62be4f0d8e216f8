import { z } from 'zod';

const complaintRulesSchema = z.object({
  /** A complaint of the same customer in the same category within so many days is a repeated one. */
  repeatDays: z.int().min(0).max(3650),
  /** Only a customer who said to be satisfied, or a supervisor, closes a complaint. */
  needsVisit: z.boolean(),
});
export type ComplaintRules = z.infer<typeof complaintRulesSchema>;

export const usualComplaintRules: ComplaintRules = { repeatDays: 30, needsVisit: true };

export const complaintRulesPart = { schema: complaintRulesSchema, usual: usualComplaintRules };
