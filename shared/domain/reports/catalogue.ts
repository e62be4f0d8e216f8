import { type IntervalLength, intervalLengths } from '../metrics/interval.ts';
import {
  agentColumns,
  complaintColumns,
  dailyColumns,
  firstContactColumns,
  queueColumns,
  type ReportColumn,
  registerColumns,
  satisfactionColumns,
  ticketColumns,
  timeTableColumns,
} from './columns.ts';

export const reportIds = [
  'queues',
  'agents',
  'timeTable',
  'daily',
  'tickets',
  'complaints',
  'complaintRegister',
  'firstContact',
  'satisfaction',
] as const;
export type ReportId = (typeof reportIds)[number];

/** `disposition`: what the wrap-up says the contact was about. */
export const reportGroups = [
  'none',
  'queue',
  'agent',
  'team',
  'category',
  'type',
  'disposition',
] as const;
export type ReportGroup = (typeof reportGroups)[number];

export const reportIntervals = ['whole', ...intervalLengths] as const;
export type ReportInterval = 'whole' | IntervalLength;

export const reportFilters = ['queueIds', 'agentIds', 'teamIds', 'categoryIds'] as const;
export type ReportFilter = (typeof reportFilters)[number];

/**
 * A report that can be asked for. Its name is the text `reportCatalogue:report.<id>`, what it tells
 * `reportCatalogue:about.<id>`.
 */
export interface ReportDefinition {
  id: ReportId;
  /** `figures`: one row for each interval and group, with totals. `list`: one row for each thing. */
  shape: 'figures' | 'list';
  /** The first is the usual one. */
  groups: readonly ReportGroup[];
  intervals: readonly ReportInterval[];
  filters: readonly ReportFilter[];
  columns: readonly ReportColumn[];
  /** What is drawn first: columns of `columns`. */
  chart: readonly string[];
}

const everyInterval = ['day', '15min', '30min', '60min', 'week', 'month', 'whole'] as const;
const longIntervals = ['day', 'week', 'month', 'whole'] as const;

export const catalogue: Record<ReportId, ReportDefinition> = {
  queues: {
    id: 'queues',
    shape: 'figures',
    groups: ['queue', 'none'],
    intervals: everyInterval,
    filters: ['queueIds'],
    columns: queueColumns,
    chart: ['offered', 'answered', 'abandoned', 'serviceLevel'],
  },
  agents: {
    id: 'agents',
    shape: 'figures',
    groups: ['agent', 'team', 'queue', 'none'],
    intervals: everyInterval,
    filters: ['agentIds', 'teamIds', 'queueIds'],
    columns: agentColumns,
    chart: ['answered', 'handleTime', 'occupancy'],
  },
  timeTable: {
    id: 'timeTable',
    shape: 'list',
    groups: ['none'],
    intervals: ['whole'],
    filters: ['agentIds', 'teamIds'],
    columns: timeTableColumns,
    chart: [],
  },
  daily: {
    id: 'daily',
    shape: 'list',
    groups: ['agent', 'team'],
    intervals: ['day'],
    filters: ['agentIds', 'teamIds'],
    columns: dailyColumns,
    chart: [],
  },
  tickets: {
    id: 'tickets',
    shape: 'figures',
    groups: ['category', 'type', 'agent', 'team', 'queue', 'none'],
    intervals: longIntervals,
    filters: ['categoryIds', 'agentIds', 'teamIds', 'queueIds'],
    columns: ticketColumns,
    chart: ['ticketsCreated', 'ticketsResolved'],
  },
  complaints: {
    id: 'complaints',
    shape: 'figures',
    groups: ['category', 'none'],
    intervals: ['whole', 'day', 'week', 'month'],
    filters: ['categoryIds'],
    columns: complaintColumns,
    chart: ['complaints', 'paretoShare'],
  },
  complaintRegister: {
    id: 'complaintRegister',
    shape: 'list',
    groups: ['none'],
    intervals: ['whole'],
    filters: ['categoryIds'],
    columns: registerColumns,
    chart: [],
  },
  firstContact: {
    id: 'firstContact',
    shape: 'figures',
    groups: ['none', 'disposition', 'agent', 'team'],
    intervals: longIntervals,
    filters: ['agentIds', 'teamIds'],
    columns: firstContactColumns,
    chart: ['firstContactRate'],
  },
  satisfaction: {
    id: 'satisfaction',
    shape: 'figures',
    groups: ['agent', 'team', 'queue', 'category', 'none'],
    intervals: ['whole', 'day', 'week', 'month'],
    filters: ['agentIds', 'teamIds', 'queueIds', 'categoryIds'],
    columns: satisfactionColumns,
    chart: ['meanScore', 'topShare'],
  },
};
