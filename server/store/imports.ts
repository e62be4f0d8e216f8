import { sql } from 'kysely';
import type { ImportCounts } from '#shared/sync/importing.ts';
import type { Db, Tx } from './store.ts';

export interface ImportRow {
  id: string;
  no: number;
  kind: string;
  fileName: string;
  state: string;
  task: string | null;
  size: number;
  received: number;
  settings: unknown;
  jobId: string | null;
  counts: unknown;
  totalBytes: number | null;
  readBytes: number;
  failure: unknown;
  userId: string;
  userName: string;
  language: string;
  createdAt: number;
  endedAt: number | null;
}

const columns = [
  'id',
  'no',
  'kind',
  'file_name as fileName',
  'state',
  'task',
  'size',
  'received',
  'settings',
  'job_id as jobId',
  'counts',
  'total_bytes as totalBytes',
  'read_bytes as readBytes',
  'failure',
  'user_id as userId',
  'user_name as userName',
  'language',
  'created_at as createdAt',
  'ended_at as endedAt',
] as const;

export interface NewImportRow {
  id: string;
  kind: string;
  fileName: string;
  size: number;
  userId: string;
  userName: string;
  language: string;
}

export async function insertImport(db: Db | Tx, row: NewImportRow, atMs: number): Promise<void> {
  await db
    .insertInto('data_import')
    .values({
      id: row.id,
      kind: row.kind,
      file_name: row.fileName,
      state: 'uploading',
      size: row.size,
      settings: null,
      counts: null,
      failure: null,
      user_id: row.userId,
      user_name: row.userName,
      language: row.language,
      created_at: atMs,
      changed_at: atMs,
    })
    .execute();
}

export async function readImport(db: Db | Tx, id: string): Promise<ImportRow | null> {
  const row = await db
    .selectFrom('data_import')
    .select(columns)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Held until the transaction ends, so that its state is decided by one. */
export async function holdImport(tx: Tx, id: string): Promise<ImportRow | null> {
  const row = await tx
    .selectFrom('data_import')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Its state, which nobody changes by `holdImport` until the transaction ends; other batches may go on. */
export async function shareImport(tx: Tx, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom('data_import')
    .select('state')
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row?.state ?? null;
}

/** Newest first; `userId` null: of everybody. */
export async function listImports(
  db: Db,
  { userId, limit }: { userId: string | null; limit: number },
): Promise<ImportRow[]> {
  return db
    .selectFrom('data_import')
    .select(columns)
    .$if(userId !== null, (all) => all.where('user_id', '=', userId))
    .orderBy('created_at', 'desc')
    .orderBy('no', 'desc')
    .limit(limit)
    .execute();
}

export interface ImportChange {
  state?: string;
  task?: string | null;
  received?: number;
  settings?: unknown;
  jobId?: string | null;
  counts?: ImportCounts | null;
  failure?: unknown;
  endedAt?: number | null;
}

export async function changeImport(
  db: Db | Tx,
  id: string,
  change: ImportChange,
  atMs: number,
): Promise<void> {
  const { state, task, received, settings, jobId, counts, failure, endedAt } = change;
  await db
    .updateTable('data_import')
    .set({
      changed_at: atMs,
      ...(state === undefined ? {} : { state }),
      ...(task === undefined ? {} : { task }),
      ...(received === undefined ? {} : { received }),
      ...(settings === undefined ? {} : { settings: json(settings) }),
      ...(jobId === undefined ? {} : { job_id: jobId }),
      ...(counts === undefined ? {} : { counts: json(counts) }),
      ...(failure === undefined ? {} : { failure: json(failure) }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
    })
    .where('id', '=', id)
    .execute();
}

function json(value: unknown) {
  return value === null ? null : sql`${JSON.stringify(value)}::jsonb`;
}

/** How far its file is read, bytes. */
export async function noteProgress(
  db: Db,
  id: string,
  { read, total }: { read: number; total: number },
): Promise<void> {
  await db
    .updateTable('data_import')
    .set({ read_bytes: read, total_bytes: total })
    .where('id', '=', id)
    .execute();
}

const lineLock = 1_936_221_542;

/**
 * When an import begins to run, ms UTC: behind all that run now, whatever the clocks of the nodes say. Only one import
 * is placed at a time, until its transaction ends.
 */
export async function placeInLine(tx: Tx, nowMs: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(${lineLock}::int, 0)`.execute(tx);
  const { last } = await tx
    .selectFrom('data_import')
    .select(({ fn }) => fn.max('changed_at').as('last'))
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow();
  return last === null ? nowMs : Math.max(nowMs, Number(last) + 1);
}

/** Is an import still under way that began to run before this one? Two at once would not see each other's records. */
export async function earlierRuns(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from data_import as own
      join data_import as other on (other.changed_at, other.no) < (own.changed_at, own.no)
     where own.id = ${id}::uuid and other.state = 'running'
     limit 1`.execute(db);
  return rows.length > 0;
}

/** Imports nobody went on with since `before`, ms UTC. */
export async function forsakenImports(db: Db, before: number): Promise<string[]> {
  const rows = await db
    .selectFrom('data_import')
    .select('id')
    .where('state', 'in', ['uploading', 'ready', 'checked', 'failed'])
    .where('changed_at', '<', before)
    .execute();
  return rows.map(({ id }) => id);
}

export async function deleteImport(db: Db | Tx, id: string): Promise<void> {
  await db.deleteFrom('data_import').where('id', '=', id).execute();
}

export async function insertChunk(
  tx: Tx,
  id: string,
  start: number,
  bytes: Uint8Array,
): Promise<void> {
  await tx.insertInto('import_chunk').values({ import_id: id, start, bytes }).execute();
}

/** The piece of the file that begins at `start`; null behind the end. */
export async function readChunk(db: Db, id: string, start: number): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('import_chunk')
    .select('bytes')
    .where('import_id', '=', id)
    .where('start', '=', start)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

export async function deleteChunks(db: Db | Tx, id: string): Promise<void> {
  await db.deleteFrom('import_chunk').where('import_id', '=', id).execute();
}

/** A batch is worked off: fails where it is already. */
export async function insertBatch(
  tx: Tx,
  id: string,
  n: number,
  counts: ImportCounts,
): Promise<void> {
  await sql`
    insert into import_batch (import_id, n, counts)
    values (${id}, ${n}, ${JSON.stringify(counts)}::jsonb)`.execute(tx);
}

export async function readBatches(
  db: Db | Tx,
  id: string,
): Promise<{ n: number; counts: ImportCounts }[]> {
  const { rows } = await sql<{ n: number; counts: ImportCounts }>`
    select n, counts from import_batch where import_id = ${id} order by n`.execute(db);
  return rows;
}

export interface StoredProblem {
  row: number;
  fate: string;
  cells: string[];
  problems: unknown;
}

export async function insertProblems(tx: Tx, id: string, problems: StoredProblem[]): Promise<void> {
  if (problems.length === 0) return;
  await sql`
    insert into import_problem (import_id, row_no, fate, cells, problems)
    select ${id}::uuid, "row", fate, cells, problems
      from jsonb_to_recordset(${JSON.stringify(problems)}::jsonb)
        as given ("row" bigint, fate text, cells jsonb, problems jsonb)`.execute(tx);
}

/** Rows to look at behind the row `after`, in the order of the file. */
export async function readProblems(
  db: Db,
  id: string,
  after: number,
  limit: number,
): Promise<StoredProblem[]> {
  return db
    .selectFrom('import_problem')
    .select(['row_no as row', 'fate', 'cells', 'problems'])
    .where('import_id', '=', id)
    .where('row_no', '>', after)
    .orderBy('row_no')
    .limit(limit)
    .execute();
}

/** Forget what a task noted, before another begins. */
export async function clearTask(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('import_batch').where('import_id', '=', id).execute();
  await tx.deleteFrom('import_problem').where('import_id', '=', id).execute();
  await tx.deleteFrom('import_seen').where('import_id', '=', id).execute();
}

export async function clearSeen(db: Db | Tx, id: string): Promise<void> {
  await db.deleteFrom('import_seen').where('import_id', '=', id).execute();
}
