import { z } from 'zod';
import { visitOutcomes } from '../../domain/feedback/feedback.ts';
import { dateSchema, idSchema, shortTextSchema, timeSchema } from '../../domain/primitives.ts';
import { complaintSchema, complaintStages } from '../../domain/tickets/complaint.ts';
import { levels, ticketStates } from '../../domain/tickets/ticket.ts';
import { daysSchema } from '../days.ts';
import { method } from '../method.ts';

const count = z.int().nonnegative();
const rate = z.number().min(0).max(1).nullable();
const limit = z.int().min(1).max(500);

const complaintViewSchema = complaintSchema.extend({
  id: idSchema,
  no: shortTextSchema.nullable(),
  subject: shortTextSchema,
  state: z.enum(ticketStates),
  closedAt: timeSchema.nullable(),
  reopened: count,
  customerName: shortTextSchema.nullable(),
  ownerName: shortTextSchema.nullable(),
  /** What the customer said at the first return visit; null before one. */
  firstVisit: z.enum(visitOutcomes).nullable(),
  waiting: z.boolean(),
});
export type ComplaintView = z.infer<typeof complaintViewSchema>;

const complaintFilterSchema = daysSchema.extend({
  open: z.boolean(),
  stage: z.enum(complaintStages).nullable(),
  severity: z.enum(levels).nullable(),
  categoryId: shortTextSchema.nullable(),
});
export type ComplaintFilter = z.infer<typeof complaintFilterSchema>;

const complaintFiguresSchema = z.object({
  total: count,
  closed: count,
  oneTouch: count,
  oneTouchRate: rate,
  perDay: z.array(z.object({ day: dateSchema, count })),
  byCategory: z.array(
    z.object({ categoryId: shortTextSchema.nullable(), count, upTo: z.number().min(0).max(1) }),
  ),
});

const complaintChangeSchema = complaintSchema
  .pick({
    severity: true,
    impact: true,
    remedySought: true,
    rootCause: true,
    correctiveAction: true,
  })
  .partial();
export type ComplaintChange = z.infer<typeof complaintChangeSchema>;

const repeatSchema = z.object({
  days: count,
  /** Goes on: another one is not needed. */
  open: complaintViewSchema.nullable(),
  /** Is closed: the new one repeats it. */
  closed: complaintViewSchema.nullable(),
});

export const complaintMethods = {
  'complaints.get': method(
    'tickets.read',
    z.object({ ticketId: idSchema }),
    complaintViewSchema.nullable(),
  ),
  /** Codes: `not-found`, `invalid-input`. */
  'complaints.change': method(
    'tickets.write',
    z.object({ ticketId: idSchema, change: complaintChangeSchema }),
    complaintViewSchema,
  ),
  /** Codes: `not-found`, `state-not-allowed`, `missing-field` (details: `field`). */
  'complaints.reach': method(
    'tickets.write',
    z.object({ ticketId: idSchema, stage: z.enum(complaintStages) }),
    complaintViewSchema,
  ),
  /** Complaints that one about to be made would repeat. */
  'complaints.repeats': method(
    'tickets.read',
    z.object({
      customerId: idSchema.nullable(),
      categoryId: shortTextSchema.nullable(),
      exceptTicketId: idSchema.nullable(),
    }),
    repeatSchema,
  ),
  'complaints.list': method(
    'tickets.read',
    z.object({ filter: complaintFilterSchema, limit }),
    z.object({ rows: z.array(complaintViewSchema), total: count }),
  ),
  'complaints.figures': method('tickets.read', daysSchema, complaintFiguresSchema),
} as const;
