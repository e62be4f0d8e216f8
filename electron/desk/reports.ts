import { z } from 'zod';
import { problemOf, type ReportRequest } from '#shared/domain/reports/request.ts';
import { DeskError } from '#shared/result.ts';
import {
  type DrillPage,
  dailyListSchema,
  dailyReportSchema,
  dailyTargetsSchema,
  drillPageSchema,
  reportResultSchema,
  savedListSchema,
  savedReportSchema,
} from '#shared/sync/reports.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import { type CallerSources, knownCaller, oneCustomer } from './callers.ts';
import type { Downloads } from './downloads.ts';

type ReportMethod = Extract<keyof Handlers, `reports.${string}`>;

const nothing = z.object({});

/** Reports are the centre's: the desk asks, and keeps nothing. */
export function reportHandlers(
  port: DataFilesPort,
  downloads: Downloads,
  callers: CallerSources,
): Pick<Handlers, ReportMethod> {
  const get = async <S extends z.ZodType>(path: string, schema: S) =>
    unwrap(await port.ask({ method: 'GET', path }, schema));
  const post = async <S extends z.ZodType>(path: string, body: unknown, schema: S) =>
    unwrap(await port.ask({ method: 'POST', path, body }, schema));

  return {
    'reports.run': (input) => {
      assertSensible(input.request);
      return post('/api/reports/run', input, reportResultSchema);
    },
    async 'reports.drillDown'(input) {
      assertSensible(input.request);
      return withCallers(await post('/api/reports/drill', input, drillPageSchema), callers);
    },
    'reports.export': (input) => {
      assertSensible(input.request);
      const { report } = input.request;
      return downloads.open('/api/reports/export', `${report}.${input.format}`, input);
    },
    'reports.saved': () => get('/api/reports/saved', savedListSchema),
    async 'reports.save'(input) {
      assertSensible(input.report.request);
      const request = { method: 'POST' as const, path: '/api/reports/saved', body: input };
      return unwrap(await port.ask({ ...request, once: true }, savedReportSchema));
    },
    'reports.remove': async ({ id }) =>
      unwrap(await port.ask({ method: 'DELETE', path: `/api/reports/saved/${id}` }, nothing)),
    'reports.deliver': ({ id }) => post(`/api/reports/saved/${id}/deliver`, {}, savedReportSchema),
    'reports.daily': (input) => post('/api/reports/daily', input, dailyListSchema),
    'reports.writeDaily': (input) => post('/api/reports/daily/entry', input, dailyReportSchema),
    'reports.setTarget': (input) => post('/api/reports/targets', input, dailyTargetsSchema),
  };
}

const ofNumber: ReadonlySet<string> = new Set(['caller', 'number']);

/** Numbers as people read them, and whose they are where the centre has no name for the call. */
function withCallers(page: DrillPage, sources: CallerSources): DrillPage {
  const at = page.columns.findIndex(({ id }) => ofNumber.has(id));
  const nameAt = page.columns.findIndex(({ id }) => id === 'customer');
  if (at < 0) return page;
  const rows = page.rows.map((row) => {
    const number = row.cells[at];
    if (typeof number !== 'string' || number === '') return row;
    const caller = knownCaller(number, sources);
    const name = (nameAt >= 0 && row.cells[nameAt]) || (oneCustomer(caller)?.name ?? null);
    return {
      ...row,
      cells: row.cells.map((cell, index) =>
        index === at ? caller.display : index === nameAt ? name : cell,
      ),
    };
  });
  return { ...page, rows };
}

function assertSensible(request: ReportRequest): void {
  const reason = problemOf(request);
  if (reason) throw new DeskError('invalid-input', reason, { reason });
}
