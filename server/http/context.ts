import type { Clock } from '#shared/sync/clock.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { UserAdministration } from '../accounts/userAdministration.ts';
import type { CallEvents } from '../callEvents/callEvents.ts';
import type { Interventions } from '../intervention/interventions.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { LiveHub } from '../live/liveHub.ts';
import type { NewsRunner } from '../live/newsRunner.ts';
import type { Lifecycle } from '../operations/lifecycle.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { ServerOptions } from '../options.ts';
import type { Supervision } from '../pbx/supervision.ts';
import type { Reports } from '../reports/reports.ts';
import type { Segments } from '../segments/segments.ts';
import type { Store } from '../store/store.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { KeyBudget } from './api/requireKey.ts';

/** What the routes work with, put together in one place. */
export interface ServerContext {
  options: ServerOptions;
  store: Store;
  accounts: Accounts;
  users: UserAdministration;
  clock: Clock;
  live: LiveHub;
  news: NewsRunner;
  supervision: Supervision;
  interventions: Interventions;
  lifecycle: Lifecycle;
  metrics: Metrics;
  /** Requests of other programs, counted for each key. */
  keyBudget: KeyBudget;
  /** Handlers are named while the routes are made; it starts when the server listens. */
  jobs: Jobs;
  webhooks: Webhooks;
  callEvents: CallEvents;
  segments: Segments;
  reports: Reports;
  /** See store/feed/feedOrigin.ts. */
  feedOrigin: bigint;
}
