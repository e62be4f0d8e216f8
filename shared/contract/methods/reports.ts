import { z } from 'zod';
import { idSchema } from '../../domain/primitives.ts';
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
} from '../../sync/reports.ts';
import { method } from '../method.ts';

const nothing = z.object({});
const ofOne = z.object({ id: idSchema });

/**
 * Reports are counted at the centre, over everybody's calls: offline they answer `server-unreachable`. What there is to
 * ask for stands in shared/domain/reports/catalogue.ts.
 */
export const reportMethods = {
  /** Codes: `invalid-input` (details: `reason`, one of `RequestProblem`). */
  'reports.run': method('reports.read', reportRunRequestSchema, reportResultSchema),
  /** What is behind a number, page by page. */
  'reports.drillDown': method('reports.read', drillRequestSchema, drillPageSchema),
  /** The whole report as a file, to be fetched by `files.next`. Codes: `font-absent` (PDF in Chinese). */
  'reports.export': method(
    'reports.read',
    reportExportSchema,
    z.object({ downloadId: idSchema, fileName: z.string() }),
  ),
  /** Own ones, and those for everybody. */
  'reports.saved': method('reports.read', nothing, savedListSchema),
  /**
   * Own ones without schedule may be saved by everybody who reads reports; those for everybody and schedules need
   * `reports.manage`. Codes: `conflict`, `not-found`, `forbidden`, `delivery-absent` (no SMTP server, no folder).
   */
  'reports.save': method('reports.read', saveReportSchema, savedReportSchema),
  'reports.remove': method('reports.read', ofOne, nothing),
  /** Make and deliver it now, whatever its schedule says. */
  'reports.deliver': method('reports.manage', ofOne, savedReportSchema),
  /** 营业日报表: everybody their own, those who read reports all. */
  'reports.daily': method('signed-in', dailyReadSchema, dailyListSchema),
  /** Problems met and tomorrow's plan. Codes: `conflict`, `forbidden`. */
  'reports.writeDaily': method('signed-in', dailyWriteSchema, dailyReportSchema),
  'reports.setTarget': method('reports.manage', setDailyTargetSchema, dailyTargetsSchema),
} as const;
