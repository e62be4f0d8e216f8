import { z } from 'zod';
import { wrapUpSchema } from '../../domain/calls/call.ts';
import { idSchema, shortTextSchema } from '../../domain/primitives.ts';
import { method } from '../method.ts';
import { wrapUpDraftSchema } from '../models/calls.ts';

const ofCall = z.object({ callId: idSchema });

/** What can be chosen in the wrap-up of one call. */
const wrapUpChoicesSchema = z.object({
  queueId: shortTextSchema.nullable(),
  customerId: idSchema.nullable(),
  customerName: shortTextSchema.nullable(),
  /** Opened on this call: linked in any case. */
  ticketIds: z.array(idSchema),
  /** Open ones of the customer, which can be linked. */
  tickets: z.array(
    z.object({ id: idSchema, no: shortTextSchema.nullable(), subject: shortTextSchema }),
  ),
  /** Tags of the last wrap-ups here, the most used first. */
  tags: z.array(shortTextSchema),
});
export type WrapUpChoices = z.infer<typeof wrapUpChoicesSchema>;

export const wrapUpMethods = {
  'wrapUps.choices': method('wrapUps.write', ofCall, wrapUpChoicesSchema),
  /**
   * Changes a saved wrap-up of one's own within the time that the centre allows; what it was before is kept
   * in `edits`. Codes: `not-found`, `forbidden` (somebody else's), `state-not-allowed` (too late), `missing-field`.
   */
  'wrapUps.amend': method(
    'wrapUps.write',
    ofCall.extend({ draft: wrapUpDraftSchema }),
    wrapUpSchema.extend({ id: idSchema }),
  ),
} as const;
