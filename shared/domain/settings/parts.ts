import { z } from 'zod';
import { configurationSchema, type SettingKey } from '../configuration.ts';
import { complaintRulesPart } from './complaints.ts';
import { customerFormPart } from './customerForm.ts';
import { customerValuePart } from './customerValue.ts';
import { returnVisitRulesPart } from './returnVisits.ts';
import { serviceLevelsPart } from './serviceLevels.ts';
import { supervisionPart } from './supervision.ts';
import { teamsPart } from './teams.ts';
import { wrapUpRulesPart } from './wrapUps.ts';

/** Parts of the configuration with what holds where nobody has set them; the first part is in configuration.ts. */
const settingParts = {
  customerForm: customerFormPart,
  serviceLevels: serviceLevelsPart,
  customerValue: customerValuePart,
  complaints: complaintRulesPart,
  returnVisits: returnVisitRulesPart,
  wrapUps: wrapUpRulesPart,
  supervision: supervisionPart,
  teams: teamsPart,
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

/** All parts, as a desk hands them to its window. */
export const partsSchema = z.object({
  customerForm: customerFormPart.schema,
  serviceLevels: serviceLevelsPart.schema,
  customerValue: customerValuePart.schema,
  complaints: complaintRulesPart.schema,
  returnVisits: returnVisitRulesPart.schema,
  wrapUps: wrapUpRulesPart.schema,
  supervision: supervisionPart.schema,
  teams: teamsPart.schema,
});
export type Parts = z.infer<typeof partsSchema>;

/** All parts from what is stored under each key. */
export function partsFrom(stored: (key: PartKey) => unknown): Parts {
  return {
    customerForm: partOf('customerForm', stored('customerForm')),
    serviceLevels: partOf('serviceLevels', stored('serviceLevels')),
    customerValue: partOf('customerValue', stored('customerValue')),
    complaints: partOf('complaints', stored('complaints')),
    returnVisits: partOf('returnVisits', stored('returnVisits')),
    wrapUps: partOf('wrapUps', stored('wrapUps')),
    supervision: partOf('supervision', stored('supervision')),
    teams: partOf('teams', stored('teams')),
  };
}

/** What is wrong with a value for this key: the place (`fields.3.label.en`) and why; null: nothing. */
export function settingProblem(
  key: SettingKey,
  value: unknown,
): { path: string; message: string } | null {
  const schema = key === 'configuration' ? configurationSchema : settingParts[key].schema;
  const issue = schema.safeParse(value).error?.issues[0];
  return issue ? { path: issue.path.join('.'), message: issue.message } : null;
}
