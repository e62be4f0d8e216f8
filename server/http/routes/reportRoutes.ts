import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { idSchema } from '#shared/domain/primitives.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import {
  dailyListSchema,
  dailyReadSchema,
  dailyReportSchema,
  dailyTargetsSchema,
  dailyWriteSchema,
  drillPageSchema,
  drillRequestSchema,
  reportExportSchema,
  reportResultSchema,
  reportRunRequestSchema,
  savedListSchema,
  savedReportSchema,
  saveReportSchema,
  setDailyTargetSchema,
} from '#shared/sync/reports.ts';
import { drillDown } from '../../reports/drill.ts';
import { FontAbsentError } from '../../reports/files/font.ts';
import { mediaTypes, reportFile } from '../../reports/files/reportFile.ts';
import { ReportRequestError, ReportScopeError } from '../../reports/frame.ts';
import { ReportRefusal } from '../../reports/refusal.ts';
import { runReport } from '../../reports/runReport.ts';
import { appendAudit } from '../../store/audit.ts';
import { readViewer } from '../../store/feed/scope.ts';
import { createGate } from '../../traffic/gate.ts';
import { inTurn } from '../../traffic/traffic.ts';
import { postHeadersSchema } from '../api/idempotency.ts';
import { callerOf, requireCaller } from '../authenticate.ts';
import type { ServerContext } from '../context.ts';
import { assertMay, requirePermission } from '../permitted.ts';
import { ProblemError } from '../problems.ts';
import { repeatableOf } from '../repeatable.ts';
import { statusOf } from '../unwrapped.ts';

/** Each goes through many rows: a few at a time leave the database to those who take calls. */
const atATime = { running: 2, waiting: 32, maxWaitMs: 20_000 };
/** Two thousand agents can be named. */
const bodyLimit = 262_144;

const answers = <S extends z.ZodType>(schema: S) => ({ 200: schema, '4xx': problemSchema });
const refused = 'this role may not do that with reports';
const readsReports = requirePermission('reports.read', refused);
const managesReports = requirePermission('reports.manage', refused);

const ofOne = z.object({ id: idSchema });
const nothing = z.object({});

/** Reports over everybody's calls, saved ones with their schedules, and the daily report. */
export function reportRoutes(context: ServerContext): FastifyPluginAsyncZod {
  const { accounts, options, store, reports } = context;
  const { db } = store;
  const looks = createGate(atATime);
  const common = (summary: string) => ({ summary, tags: ['reports'], security: [{ bearer: [] }] });
  const readerOf = async (request: FastifyRequest) => ({
    viewer: await readViewer(db, callerOf(request).user),
    now: options.now(),
  });
  const look = <T>(reply: FastifyReply, work: () => Promise<T>) =>
    inTurn(looks, reply, () => answered(work));

  return async (app) => {
    app.addHook('onRequest', requireCaller(accounts));

    app.route({
      method: 'POST',
      url: '/api/reports/run',
      bodyLimit,
      preValidation: readsReports,
      schema: {
        ...common('A report'),
        body: reportRunRequestSchema,
        response: answers(reportResultSchema),
      },
      async handler(request, reply) {
        const { limit } = request.body;
        const reader = await readerOf(request);
        const result = await look(reply, () => runReport(db, request.body.request, reader));
        return { ...result, rows: result.rows.slice(0, limit) };
      },
    });

    app.route({
      method: 'POST',
      url: '/api/reports/drill',
      bodyLimit,
      preValidation: readsReports,
      schema: {
        ...common('What is behind a number of a report, page by page'),
        body: drillRequestSchema,
        response: answers(drillPageSchema),
      },
      async handler(request, reply) {
        const reader = await readerOf(request);
        return look(reply, () => drillDown(db, request.body, reader));
      },
    });

    app.route({
      method: 'POST',
      url: '/api/reports/export',
      bodyLimit,
      preValidation: readsReports,
      schema: {
        ...common('A report as CSV, XLSX or PDF'),
        body: reportExportSchema,
        response: { 200: z.any(), '4xx': problemSchema },
      },
      async handler(request, reply) {
        const { format, request: asked } = request.body;
        // It lists customers by name, as an export of records does.
        if (asked.report === 'complaintRegister') {
          assertMay(request, 'data.export', 'this role does not export records');
        }
        const reader = await readerOf(request);
        const file = await look(reply, async () => {
          const result = await runReport(db, asked, reader);
          await note(request, `${asked.report} ${format} ${result.rowCount}`);
          return reportFile(result, format, reports.font);
        });
        return reply
          .type(mediaTypes[format])
          .header('content-disposition', `attachment; filename="${asked.report}.${format}"`)
          .send(file);
      },
    });

    app.route({
      method: 'GET',
      url: '/api/reports/saved',
      preValidation: readsReports,
      schema: {
        ...common('Saved reports: own ones, and those for everybody'),
        response: answers(savedListSchema),
      },
      handler: (request) => reports.saved.list(callerOf(request).user),
    });

    app.route({
      method: 'POST',
      url: '/api/reports/saved',
      bodyLimit,
      preValidation: readsReports,
      schema: {
        ...common('Save a report'),
        headers: postHeadersSchema,
        body: saveReportSchema,
        response: answers(savedReportSchema),
      },
      handler: (request) =>
        answered(() =>
          reports.saved.save(callerOf(request).user, request.body, repeatableOf(request)),
        ),
    });

    app.route({
      method: 'DELETE',
      url: '/api/reports/saved/:id',
      preValidation: readsReports,
      schema: { ...common('Remove a saved report'), params: ofOne, response: answers(nothing) },
      async handler(request) {
        await answered(() => reports.saved.remove(callerOf(request).user, request.params.id));
        return {};
      },
    });

    app.route({
      method: 'POST',
      url: '/api/reports/saved/:id/deliver',
      preValidation: managesReports,
      schema: {
        ...common('Make a saved report and deliver it now'),
        params: ofOne,
        response: answers(savedReportSchema),
      },
      handler: (request) =>
        answered(() => reports.saved.deliver(callerOf(request).user, request.params.id)),
    });

    app.route({
      method: 'POST',
      url: '/api/reports/daily',
      schema: {
        ...common('Daily reports: the own one, or those of all agents and teams'),
        body: dailyReadSchema,
        response: answers(dailyListSchema),
      },
      handler: (request, reply) =>
        look(reply, () => reports.daily.read(callerOf(request).user, request.body)),
    });

    app.route({
      method: 'POST',
      url: '/api/reports/daily/entry',
      schema: {
        ...common('Problems met and the plan for tomorrow'),
        body: dailyWriteSchema,
        response: answers(dailyReportSchema),
      },
      handler: (request, reply) =>
        look(reply, () => reports.daily.write(callerOf(request).user, request.body)),
    });

    app.route({
      method: 'POST',
      url: '/api/reports/targets',
      preValidation: managesReports,
      schema: {
        ...common('Set a target of the daily report from a day on'),
        body: setDailyTargetSchema,
        response: answers(dailyTargetsSchema),
      },
      handler: (request) =>
        answered(() => reports.daily.setTarget(callerOf(request).user, request.body)),
    });
  };

  async function note(request: FastifyRequest, detail: string): Promise<void> {
    const { user, device } = callerOf(request);
    await appendAudit(db, {
      ...{ id: newId(), at: options.now(), action: 'data.exported' },
      ...{ userId: user.id, userName: user.name, device },
      ...{ agentId: null, agentName: '', callRef: null, mode: null, reason: null, detail },
    });
  }
}

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReportRequestError) {
      throw new ProblemError(400, 'invalid-input', error.message);
    }
    if (error instanceof ReportScopeError) throw new ProblemError(403, 'forbidden', error.message);
    if (error instanceof FontAbsentError) {
      throw new ProblemError(409, 'font-absent', error.message);
    }
    if (error instanceof ReportRefusal) {
      throw new ProblemError(statusOf(error.code), error.code, error.message);
    }
    throw error;
  }
}
