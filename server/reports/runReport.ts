import { catalogue, reportFilters } from '#shared/domain/reports/catalogue.ts';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import type { Viewer } from '#shared/domain/visibility.ts';
import { sightOf } from '#shared/domain/visibility.ts';
import type { ReportResult } from '#shared/sync/reports.ts';
import type { Db } from '../store/store.ts';
import { agentReport, queueReport } from './callReports.ts';
import { firstContactReport, satisfactionReport } from './contactReports.ts';
import { dailyTable } from './daily.ts';
import { type Frame, openFrame, ReportScopeError } from './frame.ts';
import type { Table } from './tables.ts';
import { complaintRegister, complaintReport, ticketReport } from './ticketReports.ts';
import { timeTable } from './timeTable.ts';

const tables: Record<ReportRequest['report'], (frame: Frame) => Promise<Table>> = {
  queues: queueReport,
  agents: agentReport,
  timeTable,
  daily: dailyTable,
  tickets: ticketReport,
  complaints: complaintReport,
  complaintRegister,
  firstContact: firstContactReport,
  satisfaction: satisfactionReport,
};

/**
 * A report with all its rows. Throws `ReportRequestError` where the request makes no sense and `ReportScopeError`
 * where the reader may not see what it is about.
 */
export async function runReport(
  db: Db,
  request: ReportRequest,
  reader: { viewer: Viewer; now: number },
): Promise<ReportResult> {
  assertInSight(request, reader.viewer);
  const frame = await openFrame(db, request, reader);
  const table = await tables[request.report](frame);
  return {
    request,
    days: frame.days,
    range: frame.range,
    filters: filterNames(frame),
    columns: [...catalogue[request.report].columns],
    ...table,
    rowCount: table.rows.length,
    generatedAt: reader.now,
  };
}

function filterNames({ request, names }: Frame): ReportResult['filters'] {
  const nameOf = {
    queueIds: names.queue,
    agentIds: names.agent,
    teamIds: names.team,
    categoryIds: names.category,
  };
  return reportFilters.flatMap((filter) => {
    const ids = request.filters[filter];
    return ids.length === 0 ? [] : [{ filter, names: ids.map(nameOf[filter]) }];
  });
}

/** Queues have the calls of everybody in them; who sees some agents only sees those. */
export function assertInSight({ report }: ReportRequest, viewer: Viewer): void {
  const ofAgents = report === 'agents' || report === 'timeTable' || report === 'daily';
  const entity = report === 'queues' || ofAgents || report === 'firstContact' ? 'call' : 'ticket';
  const sight = sightOf(viewer, entity);
  if (sight === 'none' || (sight !== 'all' && !ofAgents)) {
    throw new ReportScopeError('this report is about more than the reader may see');
  }
}
