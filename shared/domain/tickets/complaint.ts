import { z } from 'zod';
import { idSchema, shortTextSchema, textSchema, timeSchema } from '../primitives.ts';
import { levels } from './ticket.ts';

/** Stages of a complaint (ISO 10002:2018, 8.2 to 8.9). */
export const complaintStages = [
  'received',
  'acknowledged',
  'assessed',
  'investigated',
  'responded',
  'communicated',
  'closed',
] as const;
export type ComplaintStage = (typeof complaintStages)[number];

/** Complaint 投诉: what a ticket of that type has beside; its id is the ticket's. */
export const complaintSchema = z.object({
  ticketId: idSchema,
  customerId: idSchema.nullable(),
  categoryId: shortTextSchema.nullable(),
  severity: z.enum(levels),
  impact: z.enum(levels),
  /** What the customer wants. */
  remedySought: textSchema,
  rootCause: textSchema,
  correctiveAction: textSchema,
  stage: z.enum(complaintStages),
  /** When each stage was reached, ms UTC. */
  stagesAt: z.partialRecord(z.enum(complaintStages), timeSchema),
  /** The complaint of before that this one repeats. */
  repeatOf: idSchema.nullable(),
  createdAt: timeSchema,
});
export type Complaint = z.infer<typeof complaintSchema>;
