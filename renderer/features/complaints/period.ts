import type { Days } from '#shared/contract/days.ts';
import { localDate } from '#shared/domain/localDate.ts';

export const periods = ['week', 'month', 'quarter', 'year', 'all'] as const;
export type Period = (typeof periods)[number];

const days: Record<Exclude<Period, 'all'>, number> = { week: 7, month: 30, quarter: 90, year: 365 };

/** The last days of a period, today with them; `now` is ms UTC. */
export function daysOfPeriod(period: Period, now: number): Days {
  if (period === 'all') return { from: null, to: null };
  const from = new Date(now);
  from.setDate(from.getDate() - days[period] + 1);
  return { from: localDate(from.getTime()), to: localDate(now) };
}
