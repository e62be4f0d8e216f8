import type { z } from 'zod';
import type { SettingKey } from '../configuration.ts';
import { complaintRulesPart } from './complaints.ts';
import { customerFormPart } from './customerForm.ts';
import { customerValuePart } from './customerValue.ts';
import { returnVisitRulesPart } from './returnVisits.ts';
import { serviceLevelsPart } from './serviceLevels.ts';
import { wrapUpRulesPart } from './wrapUps.ts';

/** Parts of the configuration with what holds where nobody has set them; the first part is in configuration.ts. */
export const settingParts = {
  customerForm: customerFormPart,
  serviceLevels: serviceLevelsPart,
  customerValue: customerValuePart,
  complaints: complaintRulesPart,
  returnVisits: returnVisitRulesPart,
  wrapUps: wrapUpRulesPart,
} as const satisfies Record<
  Exclude<SettingKey, 'configuration'>,
  { schema: z.ZodObject; usual: object }
>;

export type PartKey = keyof typeof settingParts;
export type PartOf<K extends PartKey> = z.infer<(typeof settingParts)[K]['schema']>;

/** A stored part, whichever version wrote it: what it does not have is as usual, and what does not fit is not there. */
export function partOf<K extends PartKey>(key: K, stored: unknown): PartOf<K> {
  const { schema, usual } = settingParts[key];
  const given = typeof stored === 'object' && stored !== null ? stored : {};
  const read = schema.safeParse({ ...usual, ...given });
  return (read.success ? read.data : usual) as PartOf<K>;
}
