import { newId } from '#shared/domain/ids.ts';
import { mayDo } from '#shared/domain/permissions.ts';
import { daysOf } from '#shared/domain/reports/range.ts';
import { reportRequestSchema } from '#shared/domain/reports/request.ts';
import { nextDue, type Schedule } from '#shared/domain/reports/schedule.ts';
import { filledWord, wordOf } from '#shared/domain/reports/texts.ts';
import { zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { ReportResult } from '#shared/sync/reports.ts';
import { retryPauseMs } from '../jobs/backoff.ts';
import {
  FinalJobError,
  type JobOutcome,
  type JobRun,
  type Jobs,
  type JobTimes,
} from '../jobs/jobs.ts';
import { appendAudit } from '../store/audit.ts';
import { readViewer } from '../store/feed/scope.ts';
import {
  addRun,
  findRun,
  findSaved,
  readNextDue,
  removeOldRuns,
  type SavedRow,
  setNextAt,
  setRun,
  takeDue,
} from '../store/reports/reportSaved.ts';
import type { Db, Store, Tx } from '../store/store.ts';
import { findUser } from '../store/users.ts';
import { DeliveryError, type DeliveryOptions, deliverParcel } from './deliver.ts';
import { FontAbsentError, type ReportFont } from './files/font.ts';
import { mediaTypes, reportFile } from './files/reportFile.ts';
import { ReportRequestError } from './frame.ts';
import { runReport } from './runReport.ts';

const planKind = 'reports.plan';
const deliverKind = 'reports.deliver';
/** With pauses that double up to an hour: for some ten hours. */
const mostAttempts = 20;
const plannedAtOnce = 100;
const keepRunsMs = 90 * 86_400_000;
const leastWaitMs = 1_000;

export interface ScheduleOptions {
  jobs: Jobs;
  now: () => number;
  delivery: DeliveryOptions;
  font: ReportFont | null;
  times: Pick<JobTimes, 'retryMs' | 'maxRetryMs'>;
}

/** Reports that are made at their times and delivered, each once over all nodes. */
export interface Schedules {
  start(): Promise<void>;
  /** A schedule has changed: in the transaction of the change. */
  changed(tx: Tx): Promise<void>;
  /** Deliver one now, whatever its schedule says: in the transaction of the wish. */
  wish(tx: Tx, savedId: string): Promise<void>;
}

export function createSchedules(
  store: Store,
  { jobs, now, delivery, font, times }: ScheduleOptions,
): Schedules {
  const { db } = store;

  /** Those that are due get a run and their next time; a time that passed while no node ran is made up for once. */
  async function plan({ fence }: JobRun): Promise<JobOutcome> {
    let taken = plannedAtOnce;
    while (taken === plannedAtOnce) {
      taken = await db.transaction().execute(async (tx) => {
        await fence(tx);
        const due = await takeDue(tx, now(), plannedAtOnce);
        for (const saved of due) await planOne(tx, saved);
        return due.length;
      });
    }
    await db.transaction().execute((tx) => removeOldRuns(tx, now() - keepRunsMs));
    const next = await readNextDue(db);
    // A span and no time of day: jobs run by the clock of the database, schedules by that of the node.
    if (next !== null) return { againInMs: Math.max(next - now(), leastWaitMs) };
  }

  async function planOne(tx: Tx, { id, schedule, nextAt }: SavedRow): Promise<void> {
    if (!schedule || nextAt === null) return setNextAt(tx, id, null);
    const { dueAt, next } = caughtUp(schedule, nextAt, now());
    await setNextAt(tx, id, next);
    await addDelivery(tx, id, dueAt);
  }

  async function addDelivery(tx: Tx, savedId: string, dueAt: number): Promise<void> {
    const runId = newId();
    if (!(await addRun(tx, { id: runId, savedId, dueAt }))) return;
    await jobs.add(tx, {
      kind: deliverKind,
      key: runId,
      payload: { runId },
      maxAttempts: mostAttempts,
    });
  }

  async function changed(tx: Tx): Promise<void> {
    await jobs.add(tx, { kind: planKind, key: 'plan', maxAttempts: null });
  }

  async function deliver({ payload, attempt }: JobRun): Promise<void> {
    const run = await findRun(db, String(payload.runId));
    const saved = run && (await findSaved(db, run.savedId));
    // Removed meanwhile, or done by a node that could not say so any more.
    if (!run || !saved || run.state === 'delivered') return;
    try {
      await send(saved, run.id, run.dueAt);
      const deliveredAt = now();
      await setRun(db, run.id, {
        ...{ state: 'delivered', attempts: attempt, deliveredAt, nextAt: null, error: null },
      });
    } catch (error) {
      const told = toldOf(error);
      const isLast = told.isFinal || attempt >= mostAttempts;
      await setRun(db, run.id, {
        state: isLast ? 'failed' : 'retrying',
        attempts: attempt,
        nextAt: isLast ? null : now() + retryPauseMs(attempt, times, 0.5),
        error: `${told.code}: ${told.message}`.replaceAll('\0', '').toWellFormed().slice(0, 400),
      });
      throw isLast ? new FinalJobError(told.message) : told;
    }
  }

  async function send(saved: SavedRow, runId: string, dueAt: number): Promise<void> {
    if (!saved.delivery) throw new DeliveryError('failed', 'it is delivered nowhere', true);
    const result = await resultFor(db, saved, { dueAt, now: now() });
    const content = await reportFile(result, saved.format, font);
    await deliverParcel(
      {
        ...{ runId, content },
        mediaType: mediaTypes[saved.format],
        fileName: fileNameOf(saved, result, saved.delivery.to === 'folder'),
        ...lettersOf(saved, result),
      },
      saved.delivery,
      delivery,
    );
    await note(saved, runId, result.rowCount);
  }

  /** What left the house, as an export that somebody asked for is written down. */
  async function note(
    { request, format, delivery: to, byId, byName }: SavedRow,
    id: string,
    rows: number,
  ) {
    const where = to?.to === 'mail' ? to.addresses.join(' ') : 'folder';
    await appendAudit(db, {
      ...{ id, at: now(), action: 'data.exported', userId: byId, userName: byName, device: null },
      ...{ agentId: null, agentName: '', callRef: null, mode: null, reason: null },
      detail: `${request.report} ${format} ${rows} > ${where}`.slice(0, 500),
    });
  }

  jobs.handle(planKind, plan);
  jobs.handle(deliverKind, deliver, { concurrency: 1 });
  return {
    start: () => db.transaction().execute(changed),
    changed,
    wish: (tx, savedId) => addDelivery(tx, savedId, now()),
  };
}

/** The last of the times that have passed, and the first that has not. */
export function caughtUp(
  schedule: Schedule,
  since: number,
  now: number,
): { dueAt: number; next: number | null } {
  let dueAt = since;
  let next = nextDue(schedule, dueAt);
  while (next !== null && next <= now) {
    dueAt = next;
    next = nextDue(schedule, dueAt);
  }
  return { dueAt, next };
}

/** Made for the time it was due and with the eyes of who saved it, as they are now. */
async function resultFor(
  db: Db,
  saved: SavedRow,
  { dueAt, now }: { dueAt: number; now: number },
): Promise<ReportResult> {
  const gone = new DeliveryError('owner-gone', 'who saved it may not read reports any more', true);
  const owner = await findUser(db, saved.byId);
  if (!owner || !mayDo(owner.role, 'reports.read') || !mayDo(owner.role, 'reports.manage')) {
    throw gone;
  }
  const viewer = await readViewer(db, owner);
  const request = reportRequestSchema.parse(saved.request);
  const zone = zoneOf(request.zone);
  if (!zone) throw new DeliveryError('failed', 'the time zone is not known here', true);
  const days = { kind: 'days' as const, ...daysOf(request.range, zone, dueAt) };
  return runReport(db, { ...request, range: days }, { viewer, now });
}

function toldOf(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof FontAbsentError) return new DeliveryError('font-absent', message, true);
  return new DeliveryError('failed', message, error instanceof ReportRequestError);
}

/**
 * Such as `Queues-2026-11-21.xlsx`: no sign in it that any file system minds. `unique`: with the end of the report's id,
 * so that two of one name do not take each other's place.
 */
export function fileNameOf(
  { id, name, format }: Pick<SavedRow, 'id' | 'name' | 'format'>,
  { days }: Pick<ReportResult, 'days'>,
  unique: boolean,
): string {
  const range = days.from === days.to ? days.from : `${days.from}_${days.to}`;
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .slice(0, 60);
  return `${plain || 'report'}-${range}${unique ? `-${id.slice(-8)}` : ''}.${format}`;
}

function lettersOf(
  { name, request }: SavedRow,
  { days, provisional }: ReportResult,
): { subject: string; text: string } {
  const { language, zone } = request;
  const range = days.from === days.to ? days.from : `${days.from} – ${days.to}`;
  const words = { name: oneLine(name), days: range, zone };
  const text = filledWord(language, 'mail', 'text', words);
  return {
    subject: filledWord(language, 'mail', 'subject', words),
    text: provisional ? `${text}\n${wordOf(language, 'mail', 'provisional')}\n` : `${text}\n`,
  };
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
