import { z } from 'zod';

/** How customers are put into classes A, B and C by what they ordered. */
const customerValueSchema = z.object({
  /** Months of orders that count, back from today. */
  months: z.int().min(1).max(120),
  /** Per cent of customers who are A, from the top, and C, from the bottom. */
  topPercent: z.number().min(0).max(50),
  bottomPercent: z.number().min(0).max(50),
});
export type CustomerValue = z.infer<typeof customerValueSchema>;

const usualCustomerValue: CustomerValue = { months: 12, topPercent: 5, bottomPercent: 20 };

export const customerValuePart = { schema: customerValueSchema, usual: usualCustomerValue };
