import { z } from 'zod';
import {
  dateSchema,
  idSchema,
  isStorable,
  shortTextSchema,
  storableTextSchema,
  textSchema,
  timeSchema,
} from '../domain/primitives.ts';
import { reportFilters } from '../domain/reports/catalogue.ts';
import { columnTypes, drillKinds } from '../domain/reports/columns.ts';
import {
  dailyMeasureNames,
  dailySubjectSchema,
  dailyTargetSchema,
} from '../domain/reports/dailyTargets.ts';
import { reportDateSchema, reportRequestSchema } from '../domain/reports/request.ts';
import { newSavedReportSchema, reportFormats, runStates } from '../domain/reports/savedReport.ts';

const count = z.int().nonnegative();
const intervalSchema = z.object({ from: timeSchema, to: timeSchema });

/** A number as its column's type says; null: nothing to divide by, or not known. */
const cellSchema = z.union([z.number(), z.string(), z.null()]);
export type Cell = z.infer<typeof cellSchema>;

const columnSchema = z.object({
  id: z.string(),
  type: z.enum(columnTypes),
  formula: z.string().nullable(),
  drill: z.enum(drillKinds).nullable(),
});

/** What a row of a list stands for, and where one can go from it. */
const linkSchema = z.discriminatedUnion('kind', [
  /** `agentId` null: nobody answered. */
  z.object({
    kind: z.literal('call'),
    callRef: shortTextSchema,
    agentId: idSchema.nullable(),
    /** The call's record, where a desk has told of it. */
    callId: idSchema.nullable(),
    customerId: idSchema.nullable(),
  }),
  z.object({ kind: z.literal('ticket'), ticketId: idSchema }),
  z.object({ kind: z.literal('agent'), agentId: idSchema }),
]);
export type ReportLink = z.infer<typeof linkSchema>;

const reportRowSchema = z.object({
  /** Null: the whole range. */
  interval: intervalSchema.nullable(),
  /** Null: all of them together. `id` null: nobody, none. */
  group: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  cells: z.array(cellSchema),
  /** Something of it may still change. */
  provisional: z.boolean(),
  link: linkSchema.nullable(),
});
export type ReportRow = z.infer<typeof reportRowSchema>;

/**
 * Why figures may still change: the range is not over, calls wait or are worked on, cases are younger than 7 days,
 * tickets or complaints are still open, desks that were at work have not told all of it.
 */
export const provisionalReasons = [
  'running',
  'unfinished',
  'firstContact',
  'openRecords',
  'desksAway',
] as const;

/**
 * What has to be known beside the figures: there is no schedule to hold agents' times against; time in states is not
 * known by queue; team members are those of today; some calls were told by desks only; a time ended unseen.
 */
export const reportNotes = [
  'noSchedule',
  'timeNotByQueue',
  'teamsOfToday',
  'toldByDesks',
  'unseen',
  'longestIsNoSum',
] as const;
export type ReportNote = (typeof reportNotes)[number];

export const reportResultSchema = z.object({
  request: reportRequestSchema,
  days: z.object({ from: dateSchema, to: dateSchema }),
  range: intervalSchema,
  /** What it was narrowed down to, in names. */
  filters: z.array(z.object({ filter: z.enum(reportFilters), names: z.array(z.string()) })),
  columns: z.array(columnSchema),
  rows: z.array(reportRowSchema),
  /** Over all rows, also those that are not sent; null of a list. */
  totals: z.array(cellSchema).nullable(),
  /** How many rows there are; files hold all of them. */
  rowCount: count,
  generatedAt: timeSchema,
  /** Null: final. `until` null: nobody knows how long. */
  provisional: z
    .object({
      until: timeSchema.nullable(),
      reasons: z.array(z.enum(provisionalReasons)),
      /** Names of the agents whose desks are away. */
      awaited: z.array(z.string()),
    })
    .nullable(),
  notes: z.array(z.enum(reportNotes)),
});
export type ReportResult = z.infer<typeof reportResultSchema>;

export const mostRows = 5_000;
export const reportRunRequestSchema = z.object({
  request: reportRequestSchema,
  /** Rows that are sent. */
  limit: z.int().min(1).max(mostRows),
});

export const drillRequestSchema = z.object({
  request: reportRequestSchema,
  column: z.string().max(64),
  /** The row's interval; null: the whole range. */
  interval: intervalSchema.nullable(),
  /** The row's group; null: all. */
  group: z.object({ id: storableTextSchema.nullable() }).nullable(),
  /** `next` of the page before; null: from the first. */
  after: storableTextSchema.nullable(),
  limit: z.int().min(1).max(200),
});
export type DrillRequest = z.infer<typeof drillRequestSchema>;
export const drillPageSchema = z.object({
  kind: z.enum(drillKinds),
  columns: z.array(columnSchema),
  rows: z.array(z.object({ cells: z.array(cellSchema), link: linkSchema.nullable() })),
  next: z.string().nullable(),
});
export type DrillPage = z.infer<typeof drillPageSchema>;

export const reportExportSchema = z.object({
  request: reportRequestSchema,
  format: z.enum(reportFormats),
});

const runSchema = z.object({
  id: idSchema,
  dueAt: timeSchema,
  state: z.enum(runStates),
  attempts: count,
  deliveredAt: timeSchema.nullable(),
  /** When it is tried again. */
  nextAt: timeSchema.nullable(),
  /** Why it failed last: one of `errors` of the locale file, with the server's words behind it. */
  error: shortTextSchema.nullable(),
});

export const savedReportSchema = newSavedReportSchema.extend({
  id: idSchema,
  version: z.int().positive(),
  byId: idSchema,
  byName: shortTextSchema,
  changedAt: timeSchema,
  nextAt: timeSchema.nullable(),
  /** Newest first, at most five. */
  runs: z.array(runSchema),
});
export type SavedReport = z.infer<typeof savedReportSchema>;
export const savedListSchema = z.object({
  reports: z.array(savedReportSchema),
  /** What the server can do: an address to send from, a folder to write to, a font for Chinese in PDF files. */
  delivers: z.object({ mail: z.boolean(), folder: z.boolean(), pdf: z.boolean() }),
});

export const saveReportSchema = z.object({
  /** Null: a new one. */
  id: idSchema.nullable(),
  /** The version that was changed; null of a new one. */
  version: z.int().positive().nullable(),
  report: newSavedReportSchema,
});

const storableText = textSchema.max(4_000).refine(isStorable, 'contains what is not text');

const dailyEntrySchema = z.object({
  id: idSchema,
  problems: textSchema,
  plan: textSchema,
  byId: idSchema,
  byName: shortTextSchema,
  at: timeSchema,
});
const dailyFigureSchema = z.object({
  measure: z.enum(dailyMeasureNames),
  value: z.number().nullable(),
  target: z.number().nullable(),
  /** Null: no target, or nothing to measure. */
  reached: z.boolean().nullable(),
});
/** 营业日报表 of one agent or one team on one day. */
export const dailyReportSchema = z.object({
  date: dateSchema,
  zone: z.string(),
  subject: dailySubjectSchema,
  name: z.string(),
  figures: z.array(dailyFigureSchema),
  entry: dailyEntrySchema.nullable(),
  /** How often it was written before. */
  earlier: count,
  provisional: z.boolean(),
});
export type DailyReport = z.infer<typeof dailyReportSchema>;

export const dailyReadSchema = z.object({
  date: reportDateSchema,
  zone: reportRequestSchema.shape.zone,
  /** Null: the reader's own, and all teams and agents for those who read reports. */
  subject: dailySubjectSchema.nullable(),
});
export const dailyListSchema = z.object({
  reports: z.array(dailyReportSchema),
  generatedAt: timeSchema,
});
export const dailyWriteSchema = z.object({
  date: reportDateSchema,
  zone: reportRequestSchema.shape.zone,
  subject: dailySubjectSchema,
  problems: storableText,
  plan: storableText,
  /** The entry that was shown when writing began; another one since then is `conflict`. */
  basedOn: idSchema.nullable(),
});
export const dailyTargetsSchema = z.object({
  targets: z.array(dailyTargetSchema.extend({ byName: shortTextSchema, at: timeSchema })),
});
export const setDailyTargetSchema = dailyTargetSchema;
