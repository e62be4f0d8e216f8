import { z } from 'zod';
import { storableTextSchema } from '../primitives.ts';
import { reportRequestSchema } from './request.ts';
import { scheduleSchema } from './schedule.ts';

export const reportFormats = ['csv', 'xlsx', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** RFC 5321 leaves more open; what is refused here no mail server of a centre has. */
const addressSchema = z.email().max(254);

/** Where a report goes: to people by e-mail, or into the folder of the server. */
export const deliverySchema = z.discriminatedUnion('to', [
  z.object({ to: z.literal('mail'), addresses: z.array(addressSchema).min(1).max(50) }),
  z.object({ to: z.literal('folder') }),
]);
export type Delivery = z.infer<typeof deliverySchema>;

export const newSavedReportSchema = z.object({
  name: storableTextSchema.refine((name) => name.trim() !== '', 'empty').max(100),
  request: reportRequestSchema,
  /** Everybody who reads reports sees it; otherwise only who saved it. */
  shared: z.boolean(),
  /** Null: only when somebody opens it. */
  schedule: scheduleSchema.nullable(),
  format: z.enum(reportFormats),
  /** Needed where there is a schedule. */
  delivery: deliverySchema.nullable(),
});
export type NewSavedReport = z.infer<typeof newSavedReportSchema>;

/** `waiting`: not tried yet; `retrying`: failed, and will be tried again; `failed`: given up. */
export const runStates = ['waiting', 'retrying', 'delivered', 'failed'] as const;
export type RunState = (typeof runStates)[number];
