import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createClock } from '#shared/sync/clock.ts';
import { createAccounts } from './accounts/accounts.ts';
import { passwordCostOf } from './accounts/password.ts';
import { createUserAdministration } from './accounts/userAdministration.ts';
import { createBoard } from './board/board.ts';
import { createCallEvents } from './callEvents/callEvents.ts';
import { createCallFollower } from './callEvents/callFollower.ts';
import { watchDesks } from './callEvents/desksSeen.ts';
import { watchCallEvents } from './callEvents/figures.ts';
import { hearPbx } from './callEvents/pbxEvents.ts';
import { handleTargets } from './callEvents/targetsJob.ts';
import { createAbandonedFollower } from './followUp/abandonedCalls.ts';
import { createFollowUp } from './followUp/followUp.ts';
import { createKeyBudget } from './http/api/requireKey.ts';
import { buildApp } from './http/app.ts';
import { createInterventions } from './intervention/interventions.ts';
import { createJobs } from './jobs/createJobs.ts';
import { defaultJobTimes } from './jobs/jobs.ts';
import { createLiveHub } from './live/liveHub.ts';
import { createNewsRunner } from './live/newsRunner.ts';
import { createTicketFollower } from './notify/ticketFollower.ts';
import { type BackupDoor, openBackupDoor } from './operations/backupDoor.ts';
import { createLateLog } from './operations/lateLog.ts';
import { createLifecycle } from './operations/lifecycle.ts';
import { drain, listen, reloadTls } from './operations/listening.ts';
import { createMetrics } from './operations/metrics.ts';
import { readTls } from './operations/tls.ts';
import { watchWaitingWork } from './operations/waitingWork.ts';
import type { ServerOptions } from './options.ts';
import { openConnector } from './pbx/openConnector.ts';
import { createSupervision } from './pbx/supervision.ts';
import { createReports, noReportOptions } from './reports/reports.ts';
import { defaultRetention } from './retention/kept.ts';
import { handleRetention } from './retention/retention.ts';
import { handlePracticeHistory } from './seed/practiceHistory.ts';
import { seed } from './seed/seed.ts';
import { createSegments } from './segments/segments.ts';
import { handleClocks } from './serviceLevels/clocksJob.ts';
import { hasHeldBack } from './store/feed/feed.ts';
import { openFeedOrigin } from './store/feed/feedOrigin.ts';
import { beginLineage } from './store/feed/lineage.ts';
import { newsChannel, notify, signedOutChannel } from './store/notices.ts';
import { openStore, type Store } from './store/store.ts';
import { defaultWebhookPolicy, type WebhookPolicy } from './webhooks/policy.ts';
import { createWebhooks } from './webhooks/webhooks.ts';

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:7080`. */
  url: string;
  /**
   * Take nothing new, end the live sockets (close code 1001), answer what has been asked as long as
   * `stopTimeoutMs` allows, close the database.
   */
  stop(): Promise<void>;
  /** Read certificate and key again. Throws `StartError` and keeps the old ones where they cannot be used. */
  reloadTls(): void;
}

/** Open the database, fill it where it is empty, listen. Throws `StartError` with a reason for people. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  // Before anything is opened that would have to be closed again.
  if (options.tls) readTls(options.tls);
  const store = await openStore(options.database);
  try {
    return await serve(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(options: ServerOptions, store: Store): Promise<RunningServer> {
  const { db } = store;
  const { now } = options;
  // A device of its own per process, so that no two nodes ever give the same stamp.
  const clock = createClock(`server${randomBytes(6).toString('hex')}`, now);
  await store.maintenance((patient) => seed(patient, clock, options));
  const feedOrigin = await store.maintenance(openFeedOrigin);
  await beginLineage(db);
  const accounts = createAccounts(db, {
    now,
    mode: options.mode,
    pbx: options.pbx,
    passwordCost: passwordCostOf(options),
  });
  const live = createLiveHub(accounts, { times: options.live, now });
  const log = createLateLog('pbx');
  const jobLog = createLateLog('job');
  const jobs = createJobs(store, {
    log: jobLog.write,
    times: options.jobs ?? {},
    alone: options.database.kind !== 'postgres',
  });
  const webhooks = createWebhooks(store, {
    jobs,
    now,
    policy: webhookPolicyOf(options),
    log: jobLog.write,
  });
  const followUp = createFollowUp({ db, jobs, clock, now, log: jobLog.write });
  const tickets = createTicketFollower(store, { jobs, clock, now, log: jobLog.write });
  handleClocks(jobs, { db, clock, now });
  const callEvents = createCallEvents(store, { now, log: jobLog.write });
  const callFollower = createCallFollower({ db, jobs, now, log: jobLog.write });
  const abandoned = createAbandonedFollower({ db, clock, now, callEvents, log: jobLog.write });
  const retention = { ...defaultRetention, ...options.retention };
  handleRetention(jobs, { db, retention, now, log: jobLog.write });
  handleTargets(jobs, db);
  const pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal });
  handlePracticeHistory(jobs, { db, clock, now, take: callEvents.take, pause });
  const news = () => {
    live.news();
    callFollower.heard();
    board.heard();
    webhooks.heard();
    tickets.heard();
    followUp.heard();
  };
  const runner = createNewsRunner({
    tell: news,
    hasHeldBack: () => hasHeldBack(db),
    announce: () => notify(db, newsChannel),
    desks: live.size,
  });
  const connector = openConnector(options.connector, { now, log: log.write });
  const supervision = createSupervision({ db, live, connector, now, log: log.write });
  const interventions = createInterventions({
    store,
    live,
    connector,
    clock,
    now,
    log: log.write,
    ...(options.deskPatienceMs === undefined ? {} : { patienceMs: options.deskPatienceMs }),
  });
  const users = createUserAdministration({
    ...{ db, clock, now, mode: options.mode, interventions },
    passwordCost: passwordCostOf(options),
  });
  const pbxHeard = connector && hearPbx(connector, { db, callEvents, log: jobLog.write });
  const { status } = supervision;
  const board = createBoard({ db, live, callEvents, connector, status, now, log: jobLog.write });
  const reports = createReports(store, {
    ...{ jobs, now, options: options.reports ?? noReportOptions },
    times: { ...defaultJobTimes, ...options.jobs },
  });
  const lifecycle = createLifecycle();
  const metrics = createMetrics({
    pool: store.pool,
    isFull: store.isFull,
    liveSockets: live.size,
    connector: supervision.status,
  });
  watchWaitingWork(metrics, db);
  watchCallEvents(metrics, callEvents);
  const desks = watchDesks({ db, live, now, log: jobLog.write });
  try {
    await callEvents.start();
    await store.listen(newsChannel, runner.heard);
    await store.listen(signedOutChannel, live.signedOut);
    await interventions.start();
    const app = await buildApp({
      options,
      store,
      accounts,
      users,
      clock,
      live,
      news: runner,
      supervision,
      interventions,
      feedOrigin,
      keyBudget: createKeyBudget(now),
      lifecycle,
      metrics,
      jobs,
      webhooks,
      callEvents,
      segments: createSegments(store, { jobs, clock, now }),
      reports,
    });
    log.to(app.log);
    jobLog.to(app.log);
    const url = await listen(app, options);
    await callFollower.start();
    connector?.start();
    await webhooks.start();
    await tickets.start();
    await followUp.start();
    await abandoned.start();
    await reports.start();
    await jobs.start();
    const door = await openDoor(options, store);
    const stop = async () => {
      lifecycle.beginStop();
      board.stop();
      live.close();
      // What is given back is taken by other nodes while this one still answers.
      const giveBack = async () => {
        await webhooks.stop();
        await tickets.stop();
        await followUp.stop();
        await abandoned.stop();
        await callFollower.stop();
        await jobs.stop();
      };
      await Promise.all([drain(app, options.stopTimeoutMs), giveBack()]);
      await connector?.stop();
      await supervision.stop();
      await interventions.stop();
      await pbxHeard?.();
      await callEvents.stop();
      await desks.stop();
      runner.close();
      await door?.close();
      await store.close();
    };
    return {
      url,
      stop: once(stop),
      reloadTls: () => reloadTls(app, options),
    };
  } catch (error) {
    runner.close();
    board.stop();
    await desks.stop();
    live.close();
    throw error;
  }
}

function webhookPolicyOf({ mode, webhooks }: ServerOptions): WebhookPolicy {
  const targets = mode === 'practice' ? 'loopback' : defaultWebhookPolicy.targets;
  return { ...defaultWebhookPolicy, targets, ...webhooks };
}

function openDoor({ database }: ServerOptions, { backUp }: Store): Promise<BackupDoor> | null {
  if (database.kind !== 'directory' || !backUp) return null;
  return openBackupDoor(database.path, backUp);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
