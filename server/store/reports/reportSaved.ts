import { sql } from 'kysely';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import type { Delivery, ReportFormat, RunState } from '#shared/domain/reports/savedReport.ts';
import type { Schedule } from '#shared/domain/reports/schedule.ts';
import type { Db, Tx } from '../store.ts';

export interface SavedRow {
  id: string;
  version: number;
  name: string;
  request: ReportRequest;
  shared: boolean;
  schedule: Schedule | null;
  format: ReportFormat;
  delivery: Delivery | null;
  byId: string;
  byName: string;
  changedAt: number;
  /** When it is due next, ms UTC; null without a schedule. */
  nextAt: number | null;
}

export interface RunRow {
  id: string;
  savedId: string;
  dueAt: number;
  state: RunState;
  attempts: number;
  deliveredAt: number | null;
  nextAt: number | null;
  error: string | null;
}

const savedColumns = sql`
  id, version, name, request, shared, schedule, format, delivery, by_id as "byId", by_name as "byName",
  changed_at as "changedAt", next_at as "nextAt"`;
const runColumns = sql`
  id, saved_id as "savedId", due_at as "dueAt", state, attempts, delivered_at as "deliveredAt",
  next_at as "nextAt", error`;

/** Those of the user, and those for everybody; by name. */
export async function readSaved(db: Db, userId: string): Promise<SavedRow[]> {
  const { rows } = await sql<SavedRow>`
    select ${savedColumns} from report_saved where shared or by_id = ${userId}
     order by name, id`.execute(db);
  return rows;
}

/** `lock`: until the transaction ends nobody else changes it. */
export async function findSaved(
  db: Db | Tx,
  id: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<SavedRow | null> {
  const { rows } = await sql<SavedRow>`
    select ${savedColumns} from report_saved where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** Inserted, or put in the place of the former version. */
export async function putSaved(tx: Tx, saved: SavedRow): Promise<void> {
  const row = {
    id: saved.id,
    version: saved.version,
    name: saved.name,
    request: JSON.stringify(saved.request),
    shared: saved.shared,
    schedule: saved.schedule && JSON.stringify(saved.schedule),
    format: saved.format,
    delivery: saved.delivery && JSON.stringify(saved.delivery),
    by_id: saved.byId,
    by_name: saved.byName,
    changed_at: saved.changedAt,
    next_at: saved.nextAt,
  };
  await tx
    .insertInto('report_saved')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function removeSaved(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('report_saved').where('id', '=', id).execute();
}

/** Those that are due; another node that looks at the same time passes them over. */
export async function takeDue(tx: Tx, now: number, limit: number): Promise<SavedRow[]> {
  const { rows } = await sql<SavedRow>`
    select ${savedColumns} from report_saved where next_at <= ${now}
     order by next_at limit ${limit} for update skip locked`.execute(tx);
  return rows;
}

export async function setNextAt(tx: Tx, id: string, nextAt: number | null): Promise<void> {
  await tx.updateTable('report_saved').set({ next_at: nextAt }).where('id', '=', id).execute();
}

/** When the next one is due, ms UTC; null where none is. */
export async function readNextDue(db: Db | Tx): Promise<number | null> {
  const { rows } = await sql<{ at: number | null }>`
    select min(next_at) as at from report_saved where next_at is not null`.execute(db);
  return rows[0]?.at ?? null;
}

/** False where this time has its run already. */
export async function addRun(
  tx: Tx,
  { id, savedId, dueAt }: Pick<RunRow, 'id' | 'savedId' | 'dueAt'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into report_run (id, saved_id, due_at, state) values (${id}, ${savedId}, ${dueAt}, 'waiting')
    on conflict (saved_id, due_at) do nothing returning id`.execute(tx);
  return rows.length > 0;
}

export async function findRun(db: Db, id: string): Promise<RunRow | null> {
  const { rows } = await sql<RunRow>`
    select ${runColumns} from report_run where id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** The newest five of each, newest first. */
export async function readRuns(db: Db, savedIds: readonly string[]): Promise<RunRow[]> {
  if (savedIds.length === 0) return [];
  const { rows } = await sql<RunRow>`
    select ${runColumns} from (
      select *, row_number() over (partition by saved_id order by due_at desc) as place
        from report_run where saved_id = any(${[...savedIds]}::uuid[])) as runs
     where place <= 5 order by due_at desc`.execute(db);
  return rows;
}

export async function setRun(
  db: Db,
  id: string,
  change: Partial<Pick<RunRow, 'state' | 'attempts' | 'deliveredAt' | 'nextAt' | 'error'>>,
): Promise<void> {
  const { state, attempts, deliveredAt, nextAt, error } = change;
  await db
    .updateTable('report_run')
    .set({
      ...(state === undefined ? {} : { state }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(deliveredAt === undefined ? {} : { delivered_at: deliveredAt }),
      ...(nextAt === undefined ? {} : { next_at: nextAt }),
      ...(error === undefined ? {} : { error }),
    })
    .where('id', '=', id)
    .execute();
}

/** What was delivered or given up longer ago is nobody's concern any more. */
export async function removeOldRuns(tx: Tx, before: number): Promise<void> {
  await sql`
    delete from report_run where due_at < ${before} and state in ('delivered', 'failed')`.execute(
    tx,
  );
}

export async function countRuns(db: Db): Promise<{ state: RunState; count: number }[]> {
  const { rows } = await sql<{ state: RunState; count: number }>`
    select state, count(*) as count from report_run where state <> 'delivered'
     group by state order by state`.execute(db);
  return rows;
}
