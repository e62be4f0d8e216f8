import { z } from 'zod';
import { dateSchema, storableTextSchema } from '../primitives.ts';
import { dayOfDate, isTimeZone } from '../serviceLevels/zonedTime.ts';
import { languageSchema } from '../text/text.ts';
import { catalogue, reportFilters, reportGroups, reportIds, reportIntervals } from './catalogue.ts';

/** Spans that move with the day on which a report is made; a week begins on Monday. */
export const reportSpans = [
  'today',
  'yesterday',
  'last7Days',
  'last30Days',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
] as const;
export type ReportSpan = (typeof reportSpans)[number];

/** No centre has figures of before, and everything in a report is a time that a spreadsheet knows. */
export const reportDateSchema = dateSchema.refine(
  (date) => date >= '2000-01-01' && date < '2200-01-01',
  'date-unlikely',
);

/** Days of the zone, both included. */
const reportRangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days'), from: reportDateSchema, to: reportDateSchema }),
  z.object({ kind: z.literal('span'), span: z.enum(reportSpans) }),
]);
export type ReportRange = z.infer<typeof reportRangeSchema>;

const idsSchema = z.array(storableTextSchema).max(500);

/** Empty: all of them. */
const reportFiltersSchema = z.object({
  queueIds: idsSchema,
  agentIds: z.array(z.uuid()).max(2000),
  teamIds: idsSchema,
  categoryIds: idsSchema,
});
export type ReportFilters = z.infer<typeof reportFiltersSchema>;
export const noFilters: ReportFilters = {
  queueIds: [],
  agentIds: [],
  teamIds: [],
  categoryIds: [],
};

export const reportRequestSchema = z.object({
  report: z.enum(reportIds),
  range: reportRangeSchema,
  /** Whose midnights and weeks count; an IANA name. */
  zone: z.string().min(1).max(64).refine(isTimeZone, 'zone-unknown'),
  interval: z.enum(reportIntervals),
  groupBy: z.enum(reportGroups),
  filters: reportFiltersSchema,
  /** In which names and words are written. */
  language: languageSchema,
});
export type ReportRequest = z.infer<typeof reportRequestSchema>;

export const mostDays = 400;
/** Intervals of less than a day over a longer range are more than anybody reads. */
const mostDaysByMinutes = 100;

export type RequestProblem =
  | 'group-unknown'
  | 'interval-unknown'
  | 'filter-unknown'
  | 'range-backwards'
  | 'range-too-long';

/** What about a request makes no sense; null: it can be answered. */
export function problemOf(request: ReportRequest): RequestProblem | null {
  const report = catalogue[request.report];
  if (!report.groups.includes(request.groupBy)) return 'group-unknown';
  if (!report.intervals.includes(request.interval)) return 'interval-unknown';
  for (const filter of reportFilters) {
    if (request.filters[filter].length > 0 && !report.filters.includes(filter)) {
      return 'filter-unknown';
    }
  }
  if (request.range.kind === 'span') return null;
  const days = dayOfDate(request.range.to) - dayOfDate(request.range.from) + 1;
  if (days < 1) return 'range-backwards';
  const most = request.interval.endsWith('min') ? mostDaysByMinutes : mostDays;
  return days > most ? 'range-too-long' : null;
}
