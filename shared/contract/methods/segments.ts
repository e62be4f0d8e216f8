import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
import { segmentSchema } from '../../domain/segments/segment.ts';
import { segmentRuleSchema } from '../../domain/segments/segmentRule.ts';
import { bilingualSchema } from '../../domain/text/text.ts';
import {
  customerValuesAnswerSchema,
  segmentCountRequestSchema,
  segmentCountSchema,
  segmentListRequestSchema,
  segmentListSchema,
} from '../../sync/segments.ts';
import { method } from '../method.ts';

const access = 'segments.manage';
const nothing = z.object({});

export const savedSegmentSchema = segmentSchema.extend({ id: idSchema, rule: segmentRuleSchema });
export type SavedSegment = z.infer<typeof savedSegmentSchema>;

/** Segments: the saved ones are at every desk of who may manage them; whom they hold is asked of the centre. */
export const segmentMethods = {
  'segments.saved': method(access, nothing, z.array(savedSegmentSchema)),
  /** `id` null: a new one. */
  'segments.save': method(
    access,
    z.object({ id: idSchema.nullable(), name: bilingualSchema, rule: segmentRuleSchema }),
    savedSegmentSchema,
  ),
  'segments.retire': method(access, z.object({ id: idSchema }), nothing),
  'segments.count': method(access, segmentCountRequestSchema, segmentCountSchema),
  'segments.list': method(access, segmentListRequestSchema, segmentListSchema),
  'segments.values': method(access, nothing, customerValuesAnswerSchema),
  'segments.recompute': method(access, nothing, nothing),
} as const;
