import { z } from 'zod';
import { completeConfiguration, configurationSchema, type SettingKey } from '../configuration.ts';
import { findingsOfBreaks, findingsOfCentre, findingsOfNumbers } from './centre.ts';
import { complaintRulesPart } from './complaints.ts';
import { customerFormPart } from './customerForm.ts';
import { customerValuePart } from './customerValue.ts';
import { type Finding, newFindings } from './findings.ts';
import { findingsOfQueues, withFormerQueues } from './queues.ts';
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

/**
 * What is wrong with a value for this key: the place (`fields.3.label.en`) and why; null: nothing. What was so
 * `before` is not held against it.
 */
export function settingProblem(
  key: SettingKey,
  value: unknown,
  before: unknown = null,
): { path: string; message: string } | null {
  const schema = key === 'configuration' ? configurationSchema : settingParts[key].schema;
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue) return { path: issue.path.join('.'), message: issue.message };
  const [first] = key === 'configuration' ? configurationFindings(value, before) : [];
  return first ? { path: first.path, message: first.flaw } : null;
}

/** All that is wrong with a configuration that was not so before. */
export function configurationFindings(value: unknown, before: unknown): Finding[] {
  return newFindings(findingsIn(value), findingsIn(before));
}

function findingsIn(value: unknown): Finding[] {
  const read = completeConfiguration(value);
  if (!read) return [];
  return [
    ...findingsOfCentre(read),
    ...findingsOfQueues(read.queues),
    ...findingsOfBreaks(read),
    ...findingsOfNumbers(read),
  ];
}

/** A value of any version as this one edits it; null where it cannot be read. */
export function wholeValue(key: SettingKey, stored: unknown): Record<string, unknown> | null {
  const whole = key === 'configuration' ? completeConfiguration(stored) : partOf(key, stored);
  return whole && { ...whole };
}

/** A value as it is kept when it follows `before`: what the past needs to know stays in it. */
export function settledValue(
  key: SettingKey,
  value: Record<string, unknown>,
  before: unknown,
): Record<string, unknown> {
  const next = key === 'configuration' ? completeConfiguration(value) : null;
  const former = next && completeConfiguration(before);
  if (!next || !former) return value;
  const queues = withFormerQueues(next.queues, former.queues);
  return queues.length === next.queues.length ? value : { ...value, queues };
}
