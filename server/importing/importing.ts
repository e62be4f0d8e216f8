import { newId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Clock } from '#shared/sync/clock.ts';
import {
  type ImportPreview,
  type ImportSettings,
  type ImportView,
  type ImportWishes,
  importKindSchema,
  maxImportsListed,
  type NewImport,
} from '#shared/sync/importing.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { appendAudit } from '../store/audit.ts';
import {
  changeImport,
  clearTask,
  deleteChunks,
  deleteImport,
  forsakenImports,
  holdImport,
  type ImportRow,
  insertChunk,
  insertImport,
  listImports,
  placeInLine,
  readImport,
} from '../store/imports.ts';
import { makeOnce, type Repeatable } from '../store/programs/madeRequests.ts';
import type { Db, Tx } from '../store/store.ts';
import { fieldsOf } from './fields/catalog.ts';
import { createIdMaker } from './ids.ts';
import { mappedTwice, missingFields, previewOf } from './preview.ts';
import { configurationOf } from './readContext.ts';
import { runImport } from './runImport.ts';
import { viewOf } from './views.ts';

export interface ImportingOptions {
  db: Db;
  clock: Clock;
  now: () => number;
  jobs: Jobs;
  /** Largest file, bytes. */
  maxBytes: number;
  /** See `RunOptions`. */
  lanes: number;
  batchRows: number;
}

/** Who asks. */
export interface Asker {
  /** Of a user, or of the key of a program. */
  id: string;
  isProgram: boolean;
  name: string;
  device: string;
}

/**
 * Files that bring records in. Codes: `not-found`, `file-too-large`, `state-not-allowed` (not in this state of the
 * import), `conflict` (a piece that does not follow the last one), `invalid-input` (`field` says which),
 * `idempotency-mismatch`.
 */
export interface Importing {
  create(
    asker: Asker,
    request: NewImport & { language: Language },
    repeatable: Repeatable | null,
  ): Promise<Result<ImportView>>;
  /** The next piece of the file; a piece that is here already is taken as done. */
  upload(id: string, offset: number, bytes: Uint8Array): Promise<Result<ImportView>>;
  /** Of this user or program; null: of everybody. */
  list(userId: string | null): Promise<ImportView[]>;
  find(id: string): Promise<Result<ImportView>>;
  preview(
    asker: Asker,
    id: string,
    wishes: ImportWishes,
    language: Language,
  ): Promise<Result<ImportPreview>>;
  /** A dry run, or the run itself; a failed run goes on with the settings it had. */
  start(
    asker: Asker,
    id: string,
    task: 'check' | 'run',
    settings: ImportSettings,
  ): Promise<Result<ImportView>>;
  cancel(id: string): Promise<Result<ImportView>>;
  /** Forget an import that is not under way, with its file and its list of wrong rows. */
  remove(id: string): Promise<Result<null>>;
}

const jobKind = 'import';
const sweepKind = 'import.sweep';
const dayMs = 86_400_000;
const keepForsakenMs = 7 * dayMs;

export function createImporting(options: ImportingOptions): Importing {
  const { db, clock, now, jobs, maxBytes } = options;
  const tools = { clock, now, newId: createIdMaker() };
  jobs.handle(jobKind, (run) => runImport(run, options));
  jobs.handle(sweepKind, sweep, { everyMs: dayMs });

  async function sweep(): Promise<void> {
    for (const id of await forsakenImports(db, now() - keepForsakenMs)) await deleteImport(db, id);
  }

  async function told(id: string): Promise<Result<ImportView>> {
    const row = await readImport(db, id);
    return row ? ok(await viewOf(db, row)) : unknown();
  }

  /** Decide on an import by its state, alone. */
  async function deciding(
    id: string,
    work: (tx: Tx, row: ImportRow) => Promise<Result<null>>,
  ): Promise<Result<ImportView>> {
    const result = await db.transaction().execute(async (tx) => {
      const row = await holdImport(tx, id);
      return row ? work(tx, row) : unknown();
    });
    return result.ok ? told(id) : result;
  }

  async function settingsFault(
    tx: Tx,
    row: ImportRow,
    settings: ImportSettings,
  ): Promise<Result<null>> {
    const kind = importKindSchema.parse(row.kind);
    const fields = fieldsOf(kind, await configurationOf(tx));
    const strange = settings.columns.find(
      (field) => field !== null && !fields.some((known) => known.field === field),
    );
    if (strange) return invalid(strange, 'columns: no such field');
    const twice = mappedTwice(settings, fields);
    if (twice) return invalid(twice, 'columns: two columns fill the same field');
    const [missing] = missingFields(settings, kind, fields);
    return missing ? invalid(missing, 'columns: a field that is needed has no column') : ok(null);
  }

  return {
    async create(asker, { kind, fileName, size, language }, repeatable) {
      if (size > maxBytes) return fail('file-too-large', 'larger than a file may be', { maxBytes });
      const user = { userId: asker.id, userName: asker.name };
      const made = await db.transaction().execute((tx) =>
        makeOnce(tx, repeatable, now(), async () => {
          const id = newId();
          await insertImport(tx, { id, kind, fileName, size, language, ...user }, now());
          return ok(id);
        }),
      );
      return made.ok ? told(made.value) : made;
    },

    upload: (id, offset, bytes) =>
      deciding(id, async (tx, row) => {
        if (offset + bytes.length <= row.received && bytes.length > 0) return ok(null);
        if (row.state !== 'uploading') return notNow(row);
        if (offset !== row.received) {
          return fail('conflict', 'the piece does not follow the last one', {
            received: row.received,
          });
        }
        const received = offset + bytes.length;
        if (bytes.length === 0 || received > row.size) {
          return invalid('size', 'the file has other than the announced size');
        }
        await insertChunk(tx, id, offset, bytes);
        const state = received === row.size ? 'ready' : 'uploading';
        await changeImport(tx, id, { received, state }, now());
        return ok(null);
      }),

    async list(userId) {
      const rows = await listImports(db, { userId, limit: maxImportsListed });
      return Promise.all(rows.map((row) => viewOf(db, row)));
    },

    find: told,

    async preview(asker, id, wishes, language) {
      const row = await readImport(db, id);
      if (!row) return unknown();
      if (!['ready', 'checked', 'failed'].includes(row.state)) return notNow(row);
      const kind = importKindSchema.parse(row.kind);
      return ok(await previewOf(db, tools, { file: row, kind, wishes, language, importer: asker }));
    },

    start: (asker, id, task, settings) =>
      deciding(id, async (tx, row) => {
        const goesOn = row.state === 'failed' && row.task === 'run';
        if (!['ready', 'checked'].includes(row.state) && !(goesOn && task === 'run'))
          return notNow(row);
        if (!goesOn) {
          const fault = await settingsFault(tx, row, settings);
          if (!fault.ok) return fault;
          await clearTask(tx, id);
        }
        const jobId = await jobs.add(tx, {
          kind: jobKind,
          payload: { importId: id },
          maxAttempts: null,
        });
        const state = task === 'run' ? 'running' : 'checking';
        const { batchRows } = options;
        const kept = goesOn ? {} : { settings: { ...settings, batchRows }, counts: null };
        const at = task === 'run' ? await placeInLine(tx, now()) : now();
        await changeImport(tx, id, { state, task, jobId, failure: null, ...kept }, at);
        if (task === 'run') await note(tx, asker, row);
        return ok(null);
      }),

    cancel: (id) =>
      deciding(id, async (tx, row) => {
        if (row.state !== 'running' && row.state !== 'checking') return notNow(row);
        if (row.jobId) await jobs.cancel(tx, row.jobId);
        if (row.state === 'checking') {
          await clearTask(tx, id);
          await changeImport(tx, id, { state: 'ready' }, now());
          return ok(null);
        }
        const counts = await countsSoFar(tx, row);
        await changeImport(tx, id, { state: 'cancelled', counts, endedAt: now() }, now());
        await deleteChunks(tx, id);
        return ok(null);
      }),

    async remove(id) {
      return db.transaction().execute(async (tx) => {
        const row = await holdImport(tx, id);
        if (!row) return unknown();
        if (row.state === 'running' || row.state === 'checking') return notNow(row);
        await deleteImport(tx, id);
        return ok(null);
      });
    },
  };

  async function countsSoFar(tx: Tx, row: ImportRow) {
    return (await viewOf(tx, row)).counts;
  }

  /** What brings in records is written down before the first of them. */
  async function note(tx: Tx, asker: Asker, row: ImportRow): Promise<void> {
    await appendAudit(tx, {
      id: newId(),
      at: now(),
      action: 'data.imported',
      userId: asker.isProgram ? null : asker.id,
      userName: asker.name,
      device: asker.device,
      agentId: null,
      agentName: '',
      callRef: null,
      mode: null,
      reason: null,
      detail: `${row.kind} ${row.no} ${row.fileName}`.slice(0, 500),
    });
  }
}

function unknown(): ReturnType<typeof fail> {
  return fail('not-found', 'no such import');
}

function notNow({ state }: ImportRow): ReturnType<typeof fail> {
  return fail('state-not-allowed', `not while the import is ${state}`, { state });
}

function invalid(field: string, message: string): ReturnType<typeof fail> {
  return fail('invalid-input', message, { field });
}
