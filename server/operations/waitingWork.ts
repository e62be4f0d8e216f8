import { countJobs } from '../store/jobs.ts';
import { countRuns } from '../store/reports/reportSaved.ts';
import type { Db } from '../store/store.ts';
import { countDeliveries } from '../store/webhooks/webhookDeliveries.ts';
import type { Metrics } from './metrics.ts';

/** What `/metrics` tells of the work that waits in the database, whichever node does it. */
export function watchWaitingWork(metrics: Metrics, db: Db): void {
  metrics.gauge('switchboard_jobs', 'Durable jobs of all nodes', ['kind', 'state'], async () =>
    (await countJobs(db)).map(({ kind, state, count }) => ({
      labels: { kind, state },
      value: Number(count),
    })),
  );
  metrics.gauge(
    'switchboard_report_deliveries',
    'Reports that wait to be delivered, and those that could not be',
    ['state'],
    async () =>
      (await countRuns(db)).map(({ state, count }) => ({ labels: { state }, value: count })),
  );
  metrics.gauge(
    'switchboard_webhook_deliveries',
    'Deliveries that wait, and dead letters',
    ['state'],
    async () =>
      (await countDeliveries(db)).map(({ state, count }) => ({ labels: { state }, value: count })),
  );
}
