import { setImmediate } from 'node:timers/promises';
import { languageSchema } from '#shared/domain/text/text.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { importKindSchema, importSettingsSchema } from '#shared/sync/importing.ts';
import type { JobOutcome, JobRun } from '../jobs/jobs.ts';
import { refreshStatistics } from '../store/importRows.ts';
import {
  changeImport,
  clearSeen,
  deleteChunks,
  earlierRuns,
  holdImport,
  type ImportRow,
  insertBatch,
  insertProblems,
  noteProgress,
  readBatches,
  readImport,
  shareImport,
} from '../store/imports.ts';
import type { Db } from '../store/store.ts';
import { type BatchContext, workBatch } from './batch/workBatch.ts';
import { createIdMaker } from './ids.ts';
import { isDiskFull, withRows } from './importFile.ts';
import { readContextOf } from './readContext.ts';
import type { Draft } from './rows/draft.ts';
import { createRowReader, type RowReader } from './rows/readRow.ts';
import { FileError, type SourceRow } from './source/rows.ts';
import { batchSizeOf, deviceOf, sumCounts } from './views.ts';

export interface RunOptions {
  db: Db;
  clock: Clock;
  now: () => number;
  /** How many batches are written at the same time, each in a transaction of its own. */
  lanes: number;
  /** Rows of a batch. */
  batchRows: number;
}

/** Between two notes of how far it is. */
const noteEveryMs = 300;
/** After so many attempts of the job the import is given up until somebody runs it again. */
const maxAttempts = 5;
const waitMs = 1_000;
/** Batches between two looks whether the table has outgrown its statistics. */
const statisticsEvery = 4;

type Task = 'check' | 'run';
const busyStates = { check: 'checking', run: 'running' } as const;

/** The import was cancelled, or somebody else goes on with it. */
class Stopped extends Error {}

/**
 * Work an import off from where it stands: every batch of rows is written together with the note that it is done, so
 * that a job that died is gone on with and nothing is written twice.
 */
export async function runImport(run: JobRun, options: RunOptions): Promise<JobOutcome> {
  const { db } = options;
  const importId = String(run.payload.importId);
  const row = await readImport(db, importId);
  const task: Task = row?.task === 'check' ? 'check' : 'run';
  if (!row || row.state !== busyStates[task]) return;
  if (task === 'run' && (await earlierRuns(db, row.id))) return { againInMs: waitMs };
  try {
    const roughly = await workOff(run, options, row, task);
    await finish(options, run, importId, task);
    if (task === 'run') await refreshStatistics(db, 'grown', roughly);
  } catch (error) {
    if (error instanceof Stopped) return;
    const failure = failureOf(error);
    if (!failure && run.attempt < maxAttempts) throw error;
    run.signal.throwIfAborted();
    await giveUp(options, run, importId, task, failure ?? new FileError('internal'));
  }
}

function failureOf(error: unknown): FileError | null {
  if (error instanceof FileError) return error;
  return isDiskFull(error) ? new FileError('disk-full') : null;
}

/** Answers whether the statistics of the records were gathered roughly on the way. */
async function workOff(
  run: JobRun,
  options: RunOptions,
  row: ImportRow,
  task: Task,
): Promise<boolean> {
  const { db, clock, now } = options;
  const settings = importSettingsSchema.parse(row.settings);
  const kind = importKindSchema.parse(row.kind);
  const language = languageSchema.parse(row.language);
  const importer = { id: row.userId, name: row.userName };
  const read = await readContextOf(db, { kind, settings, language, importer, nowMs: now() });
  const context: BatchContext = {
    importId: row.id,
    read,
    device: deviceOf(row.no),
    clock,
    newId: createIdMaker(),
    now,
  };
  // What is done is counted in batches: an import goes on with the size that it began with.
  const size = batchSizeOf(row.settings) ?? options.batchRows;
  const done = new Set((await readBatches(db, row.id)).map(({ n }) => n));
  const lanes = createLanes(task === 'check' ? 1 : options.lanes);
  const readRow = createRowReader(read);
  let roughly = false;
  await withRows(db, row, settings, async (rows, progress) => {
    let notedAt = 0;
    try {
      for await (const { n, batch } of batchesOf(rows, settings.header, size)) {
        run.signal.throwIfAborted();
        if (done.has(n)) continue;
        if (n % statisticsEvery === 0 && (await refreshStatistics(db, 'growing'))) roughly = true;
        const drafts = await readAll(batch, readRow);
        await lanes.take(keysOf(drafts), () => writeBatch(run, options, context, task, n, drafts));
        if (performance.now() - notedAt < noteEveryMs) continue;
        notedAt = performance.now();
        await noteProgress(db, row.id, progress());
      }
      await lanes.empty();
    } catch (error) {
      await lanes.settle();
      throw error;
    }
    await noteProgress(db, row.id, progress());
  });
  return roughly;
}

/** Rows by the batch, without the header and without empty ones; a batch is the same whenever the file is read. */
async function* batchesOf(
  rows: AsyncIterable<SourceRow[]>,
  header: boolean,
  size: number,
): AsyncGenerator<{ n: number; batch: SourceRow[] }> {
  let batch: SourceRow[] = [];
  let n = 0;
  let skip = header;
  for await (const group of rows) {
    for (const row of group) {
      if (!row.cells.some((cell) => cell !== '')) continue;
      if (skip) {
        skip = false;
        continue;
      }
      batch.push(row);
      if (batch.length < size) continue;
      yield { n, batch };
      n += 1;
      batch = [];
    }
  }
  if (batch.length > 0) yield { n, batch };
}

const rowsAtOnce = 500;

/** Whatever else this node has to do comes in between. */
async function readAll(rows: SourceRow[], readRow: RowReader): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    for (const row of rows.slice(from, from + rowsAtOnce)) drafts.push(readRow(row));
    await setImmediate();
  }
  return drafts;
}

function keysOf(drafts: Draft[]): Set<string> {
  const keys = new Set<string>();
  for (const draft of drafts) {
    const { names, customer, points } = draft;
    for (const key of names) keys.add(key);
    // Two numbers of one customer may be the same number.
    if (customer.length > 0 && points.length > 0) for (const key of customer) keys.add(key);
  }
  return keys;
}

async function writeBatch(
  run: JobRun,
  { db }: RunOptions,
  context: BatchContext,
  task: Task,
  n: number,
  drafts: Draft[],
): Promise<void> {
  const { importId } = context;
  await db.transaction().execute(async (tx) => {
    await run.fence(tx);
    if ((await shareImport(tx, importId)) !== busyStates[task]) throw new Stopped();
    const plan = await workBatch(tx, drafts, context, task);
    await insertProblems(tx, importId, plan.problems);
    await insertBatch(tx, importId, n, plan.counts);
  });
}

interface Lanes {
  /** Begin work when there is a free lane and nothing under way has one of its keys; throws what earlier work threw. */
  take(keys: Set<string>, work: () => Promise<void>): Promise<void>;
  /** All work is done; throws what any of it threw. */
  empty(): Promise<void>;
  /** Nothing is under way any more, however it ended. */
  settle(): Promise<void>;
}

/**
 * A few batches at the same time. One that speaks of a record which another is just making waits for it: it would not
 * find that record yet.
 */
function createLanes(most: number): Lanes {
  const under = new Map<Set<string>, Promise<void>>();
  let failed: { error: unknown } | null = null;

  function inTheWay(keys: Set<string>): Promise<void>[] {
    const found: Promise<void>[] = [];
    for (const [held, ended] of under) if (!keys.isDisjointFrom(held)) found.push(ended);
    return found;
  }

  const check = () => {
    if (failed) throw failed.error;
  };

  return {
    async take(keys, work) {
      check();
      await Promise.all(inTheWay(keys));
      while (under.size >= most) await Promise.race(under.values());
      check();
      const ended = work()
        .catch((error: unknown) => {
          failed ??= { error };
        })
        .finally(() => under.delete(keys));
      under.set(keys, ended);
    },
    async empty() {
      await Promise.all(under.values());
      check();
    },
    async settle() {
      await Promise.all(under.values());
    },
  };
}

async function finish(
  { db, now }: RunOptions,
  run: JobRun,
  importId: string,
  task: Task,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await run.fence(tx);
    const row = await holdImport(tx, importId);
    if (row?.state !== busyStates[task]) return;
    const counts = sumCounts((await readBatches(tx, importId)).map((batch) => batch.counts));
    const end = task === 'run' ? { state: 'done', endedAt: now() } : { state: 'checked' };
    await changeImport(tx, importId, { ...end, counts, failure: null }, now());
    if (task === 'run') await deleteChunks(tx, importId);
    await clearSeen(tx, importId);
  });
}

async function giveUp(
  { db, now }: RunOptions,
  run: JobRun,
  importId: string,
  task: Task,
  { failure, row }: FileError,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await run.fence(tx);
    const held = await holdImport(tx, importId);
    if (held?.state !== busyStates[task]) return;
    const counts = sumCounts((await readBatches(tx, importId)).map((batch) => batch.counts));
    const state = task === 'run' ? 'failed' : 'ready';
    await changeImport(tx, importId, { state, counts, failure: { failure, row } }, now());
  });
}
