import { z } from 'zod';
import { storableTextSchema } from '../primitives.ts';
import { reportDateSchema } from './request.ts';

/** What a day of an agent or a team is measured by, and whether more is better or less. */
export const dailyMeasures = {
  answered: { type: 'count', better: 'more' },
  handled: { type: 'count', better: 'more' },
  handleTime: { type: 'duration', better: 'less' },
  afterCallTime: { type: 'duration', better: 'less' },
  ringNoAnswers: { type: 'count', better: 'less' },
  signedInTime: { type: 'duration', better: 'more' },
  occupancy: { type: 'rate', better: 'more' },
  ticketsCreated: { type: 'count', better: 'more' },
  ticketsResolved: { type: 'count', better: 'more' },
  complaints: { type: 'count', better: 'less' },
  meanScore: { type: 'score', better: 'more' },
} as const;
export type DailyMeasure = keyof typeof dailyMeasures;
export const dailyMeasureNames = Object.keys(dailyMeasures) as [DailyMeasure, ...DailyMeasure[]];

export const dailySubjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('agent'), id: z.uuid() }),
  z.object({ kind: z.literal('team'), id: storableTextSchema.min(1) }),
]);
export type DailySubject = z.infer<typeof dailySubjectSchema>;

/**
 * A target from a day on, until another one of the same follows; `value` null: none from then on. `agents` holds for every
 * agent and `teams` for every team that has none of its own.
 */
export const dailyTargetSchema = z.object({
  for: z.union([z.enum(['agents', 'teams']), dailySubjectSchema]),
  measure: z.enum(dailyMeasureNames),
  value: z.number().min(0).max(1e12).nullable(),
  from: reportDateSchema,
});
export type DailyTarget = z.infer<typeof dailyTargetSchema>;

/** What this subject was to reach on that day. A later change does not touch days that are over. */
export function targetsOn(
  targets: readonly DailyTarget[],
  subject: DailySubject,
  date: string,
): Map<DailyMeasure, number> {
  const found = new Map<DailyMeasure, number>();
  for (const measure of dailyMeasureNames) {
    const of = targets.filter((target) => target.measure === measure && target.from <= date);
    const own = newest(of.filter((target) => isOf(target.for, subject)));
    const usual = newest(of.filter((target) => target.for === `${subject.kind}s`));
    const value = (own ?? usual)?.value ?? null;
    if (value !== null) found.set(measure, value);
  }
  return found;
}

function isOf(of: DailyTarget['for'], { kind, id }: DailySubject): boolean {
  return typeof of === 'object' && of.kind === kind && of.id === id;
}

function newest(targets: readonly DailyTarget[]): DailyTarget | null {
  return targets.toSorted((a, b) => (a.from < b.from ? 1 : -1))[0] ?? null;
}

/** Null where there is nothing to measure. */
export function isReached(
  measure: DailyMeasure,
  value: number | null,
  target: number,
): boolean | null {
  if (value === null) return null;
  return dailyMeasures[measure].better === 'more' ? value >= target : value <= target;
}
