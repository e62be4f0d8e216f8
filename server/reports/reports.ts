import type { Jobs, JobTimes } from '../jobs/jobs.ts';
import type { Store } from '../store/store.ts';
import { createDailyDesk, type DailyDesk } from './dailyDesk.ts';
import type { DeliveryOptions } from './deliver.ts';
import { findFont, type ReportFont } from './files/font.ts';
import { createSavedReports, type SavedReports } from './savedReports.ts';
import { createSchedules } from './schedules.ts';

/** Where reports go and what they are printed with; as the environment says. */
export interface ReportOptions {
  delivery: DeliveryOptions;
  /** `path` or `path#name` of a font with Chinese characters; null: the first of the usual places. */
  font: string | null;
}

export const noReportOptions: ReportOptions = {
  delivery: { mail: null, folder: null },
  font: null,
};

export interface Reports {
  saved: SavedReports;
  daily: DailyDesk;
  font: ReportFont | null;
  start(): Promise<void>;
}

export function createReports(
  store: Store,
  {
    jobs,
    now,
    options,
    times,
  }: {
    jobs: Jobs;
    now: () => number;
    options: ReportOptions;
    times: Pick<JobTimes, 'retryMs' | 'maxRetryMs'>;
  },
): Reports {
  const { delivery } = options;
  const font = findFont(options.font);
  const schedules = createSchedules(store, { jobs, now, delivery, font, times });
  return {
    saved: createSavedReports(store.db, { now, delivery, font, schedules }),
    daily: createDailyDesk(store.db, now),
    font,
    start: schedules.start,
  };
}
