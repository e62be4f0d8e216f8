import { sql } from 'kysely';
import type {
  DailyMeasure,
  DailySubject,
  DailyTarget,
} from '#shared/domain/reports/dailyTargets.ts';
import type { Db, Tx } from '../store.ts';

export interface DailyEntry {
  id: string;
  date: string;
  subject: DailySubject;
  problems: string;
  plan: string;
  byId: string;
  byName: string;
  at: number;
  /** How often it was written before. */
  earlier: number;
}

/** The newest entry of each subject and day, both days included. */
export async function readDailyEntries(
  db: Db | Tx,
  { from, to }: { from: string; to: string },
  subject: DailySubject | null = null,
): Promise<DailyEntry[]> {
  const of = subject
    ? sql`and subject_kind = ${subject.kind} and subject_id = ${subject.id}`
    : sql``;
  const { rows } = await sql<
    Omit<DailyEntry, 'subject'> & { kind: DailySubject['kind']; of: string }
  >`
    select distinct on (date, subject_kind, subject_id)
           id, date, subject_kind as kind, subject_id as of, problems, plan,
           by_id as "byId", by_name as "byName", at,
           count(*) over (partition by date, subject_kind, subject_id) - 1 as earlier
      from daily_entry
     where date >= ${from} and date <= ${to} ${of}
     order by date, subject_kind, subject_id, seq desc`.execute(db);
  return rows.map(({ kind, of: id, ...entry }) => ({ ...entry, subject: { kind, id } }));
}

export interface NewDailyEntry extends Omit<DailyEntry, 'earlier'> {
  /** The entry that the writer saw; null: none. */
  basedOn: string | null;
}

/** False where somebody else has written meanwhile: then nothing is stored. */
export async function addDailyEntry(db: Db, entry: NewDailyEntry): Promise<boolean> {
  const { date, subject, basedOn } = entry;
  return db.transaction().execute(async (tx) => {
    const key = JSON.stringify([date, subject.kind, subject.id]);
    await sql`select pg_advisory_xact_lock(hashtext('daily_entry'), hashtext(${key}))`.execute(tx);
    const [newest] = await readDailyEntries(tx, { from: date, to: date }, subject);
    if ((newest?.id ?? null) !== basedOn) return false;
    await tx
      .insertInto('daily_entry')
      .values({
        id: entry.id,
        date,
        subject_kind: subject.kind,
        subject_id: subject.id,
        problems: entry.problems,
        plan: entry.plan,
        by_id: entry.byId,
        by_name: entry.byName,
        at: entry.at,
      })
      .execute();
    return true;
  });
}

export interface KeptTarget extends DailyTarget {
  byName: string;
  at: number;
}

/** All targets that ever held, those that were set last for a day counting. */
export async function readDailyTargets(db: Db): Promise<KeptTarget[]> {
  const { rows } = await sql<{
    kind: string;
    of: string;
    measure: DailyMeasure;
    value: number | null;
    from: string;
    byName: string;
    at: number;
  }>`
    select distinct on (subject_kind, subject_id, measure, from_date)
           subject_kind as kind, subject_id as of, measure, value, from_date as "from",
           by_name as "byName", at
      from daily_target
     order by subject_kind, subject_id, measure, from_date, at desc, id desc`.execute(db);
  return rows.map(({ kind, of, ...target }) => ({ ...target, for: subjectOf(kind, of) }));
}

function subjectOf(kind: string, id: string): DailyTarget['for'] {
  if (kind === 'agents' || kind === 'teams') return kind;
  return kind === 'team' ? { kind: 'team', id } : { kind: 'agent', id };
}

export async function addDailyTarget(
  db: Db,
  target: DailyTarget & { id: string; byId: string; byName: string; at: number },
): Promise<void> {
  const { for: of, measure, value, from } = target;
  await db
    .insertInto('daily_target')
    .values({
      id: target.id,
      subject_kind: typeof of === 'string' ? of : of.kind,
      subject_id: typeof of === 'string' ? '' : of.id,
      measure,
      value,
      from_date: from,
      by_id: target.byId,
      by_name: target.byName,
      at: target.at,
    })
    .execute();
}
