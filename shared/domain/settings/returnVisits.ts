import { z } from 'zod';
import { idSchema } from '../primitives.ts';
import { ticketTypes } from '../tickets/ticket.ts';

const returnVisitRulesSchema = z.object({
  /** Tickets of these types get a return visit when they are resolved. */
  types: z.array(z.enum(ticketTypes)),
  /** When it is due, hours after the resolution. */
  afterHours: z.int().min(0).max(1000),
  /** Whose task it is. */
  by: z.enum(['firstContact', 'owner']),
  questionnaireId: idSchema.nullable(),
  /** Tries before the customer counts as not reachable, and hours between them. */
  attempts: z.int().min(1).max(20),
  hoursBetween: z.int().min(0).max(1000),
  /** What becomes of a ticket whose customer cannot be reached. */
  unreachable: z.enum(['close', 'supervisor']),
});
export type ReturnVisitRules = z.infer<typeof returnVisitRulesSchema>;

/** The questionnaire that every new centre has (shared/sample/questionnaire.ts). */
export const usualQuestionnaireId = '019b76da-a800-7000-8000-000000000002';

export const usualReturnVisitRules: ReturnVisitRules = {
  types: ['complaint', 'repair', 'serviceRequest'],
  afterHours: 24,
  by: 'firstContact',
  questionnaireId: usualQuestionnaireId,
  attempts: 3,
  hoursBetween: 4,
  unreachable: 'close',
};

export const returnVisitRulesPart = {
  schema: returnVisitRulesSchema,
  usual: usualReturnVisitRules,
};
