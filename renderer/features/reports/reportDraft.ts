import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { catalogue, type ReportId, reportFilters } from '#shared/domain/reports/catalogue.ts';
import {
  noFilters,
  type ReportFilters,
  type ReportRange,
  type ReportRequest,
} from '#shared/domain/reports/request.ts';
import type { Language } from '#shared/domain/text/text.ts';

/** What is asked for, but for zone and language: those are the window's. */
export type ReportDraft = Omit<ReportRequest, 'zone' | 'language'>;

/** A report as it is asked for first. */
export function draftOf(report: ReportId): ReportDraft {
  const { groups, intervals } = catalogue[report];
  const [groupBy = 'none'] = groups;
  const isOfDay = report === 'timeTable' || report === 'daily';
  return {
    report,
    range: { kind: 'span', span: isOfDay ? 'today' : 'last7Days' },
    interval: usualInterval(report) ?? intervals[0] ?? 'whole',
    groupBy,
    filters: noFilters,
  };
}

function usualInterval(report: ReportId): ReportDraft['interval'] | null {
  return report === 'queues' || report === 'agents' ? 'whole' : null;
}

/** Another report with what of the draft makes sense there. */
export function changeReport(draft: ReportDraft, report: ReportId): ReportDraft {
  const usual = draftOf(report);
  const { groups, intervals, filters } = catalogue[report];
  const before = catalogue[draft.report];
  // What a report begins with, and what is alone there, nobody chose.
  const wasChosen = {
    groups: draft.groupBy !== draftOf(draft.report).groupBy,
    intervals: before.intervals.length > 1,
  };
  return {
    report,
    range: draft.range,
    interval:
      wasChosen.intervals && intervals.includes(draft.interval) ? draft.interval : usual.interval,
    groupBy: wasChosen.groups && groups.includes(draft.groupBy) ? draft.groupBy : usual.groupBy,
    filters: keptFilters(draft.filters, filters),
  };
}

function keptFilters(given: ReportFilters, known: readonly (keyof ReportFilters)[]): ReportFilters {
  const kept = { ...noFilters };
  for (const filter of reportFilters) {
    if (known.includes(filter)) kept[filter] = given[filter];
  }
  return kept;
}

/** Own days begin with those that were looked at. */
export function ownDays(range: ReportRange, today: string): ReportRange {
  return range.kind === 'days' ? range : { kind: 'days', from: today, to: today };
}

export function requestOf(draft: ReportDraft, zone: string, language: Language): ReportRequest {
  return { ...draft, zone, language };
}

interface ReportsState {
  draft: ReportDraft;
}

const reportsStore = createStore<ReportsState>(() => ({ draft: draftOf('queues') }));

export function useReportDraft(): [ReportDraft, (draft: ReportDraft) => void] {
  const draft = useStore(reportsStore, (state) => state.draft);
  return [draft, (next) => reportsStore.setState({ draft: next })];
}

/** As it was before anybody asked for a report. */
export function forgetReport(report: ReportId = 'queues'): void {
  reportsStore.setState({ draft: draftOf(report) });
}
