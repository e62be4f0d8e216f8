import { type DailyMeasure, dailyMeasures } from '#shared/domain/reports/dailyTargets.ts';

const minuteMs = 60_000;

/** In what a target is typed: rates in percent, times in minutes. */
export function targetUnit(measure: DailyMeasure): 'percent' | 'minutes' | 'number' {
  const { type } = dailyMeasures[measure];
  if (type === 'rate') return 'percent';
  return type === 'duration' ? 'minutes' : 'number';
}

/** A typed target as it is kept; null where nothing is typed, which takes the target away; `wrong` otherwise. */
export function readTarget(text: string, measure: DailyMeasure): number | null | 'wrong' {
  const typed = text.trim().replace(',', '.');
  if (typed === '') return null;
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(typed)) return 'wrong';
  const value = Number(typed);
  const unit = targetUnit(measure);
  if (unit === 'percent') return value > 100 ? 'wrong' : value / 100;
  if (unit === 'minutes') return Math.round(value * minuteMs);
  if (dailyMeasures[measure].type === 'score' && value > 5) return 'wrong';
  return value;
}
