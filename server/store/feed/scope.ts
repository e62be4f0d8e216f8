import { type RawBuilder, sql } from 'kysely';
import { cardAudience, type Sight, type Viewer } from '#shared/domain/visibility.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { Db, Tx } from '../store.ts';
import { takenBack } from './takenBack.ts';

/** What one reader sees, entity by entity; `word` names exactly that: another word, other records. */
export interface Scope {
  word: string;
  sights: readonly (readonly [EntityName, Sight])[];
}

/** The user with everybody of the same team, those who left included: their tasks stay the team's. */
export async function readViewer(
  db: Db | Tx,
  { id, role, teamId }: Pick<SignedInUser, 'id' | 'role' | 'teamId'>,
): Promise<Viewer> {
  if (teamId === null) return { id, role, team: [] };
  const { rows } = await sql<{ id: string }>`
    select id from record where entity = 'user' and fields ->> 'teamId' = ${teamId}`.execute(db);
  return { id, role, team: rows.map((row) => row.id) };
}

/** Condition on a row of `record`: the reader sees it. */
export function inScope({ sights }: Scope): RawBuilder<boolean> {
  if (sights.every(([, sight]) => sight === 'all')) {
    return sql<boolean>`entity <> ${sql.lit(takenBack)}`;
  }
  const whole = sights.filter(([, sight]) => sight === 'all').map(([entity]) => entity);
  const parts = sights.flatMap(([entity, sight]) =>
    typeof sight === 'string' ? [] : [sql<boolean>`(entity = ${entity} and ${inSight(sight)})`],
  );
  return sql<boolean>`(${sql.join([sql`entity = any(${whole}::text[])`, ...parts], sql` or `)})`;
}

/** Condition on a row of `record` that the reader does not see: it was seen before a change, or is taken back. */
export function leftScope({ sights }: Scope): RawBuilder<boolean> {
  const parts = sights.flatMap(([entity, sight]) =>
    typeof sight === 'string'
      ? []
      : [sql<boolean>`(entity = ${entity} and former && ${wordsOf(sight)}::text[])`],
  );
  return sql<boolean>`(${sql.join([sql`entity = ${sql.lit(takenBack)}`, ...parts], sql` or `)})`;
}

/** Condition on a row of the sight's entity. */
export function inSight(sight: Sight): RawBuilder<boolean> {
  if (typeof sight === 'string') return sight === 'all' ? sql`true` : sql`false`;
  const { owner, also, ids, card } = sight;
  const isOf = (field: string) =>
    sql<boolean>`fields ->> ${sql.lit(field)} = any(${[...ids]}::text[])`;
  const owned = also === undefined ? isOf(owner) : sql<boolean>`(${isOf(owner)} or ${isOf(also)})`;
  return card === null
    ? owned
    : sql<boolean>`(${owned} or fields ->> ${sql.lit(card)} is not null)`;
}

/** Condition on a row of the sight's entity that is out of sight: it was in sight before a change. */
export function leftSight(sight: Sight): RawBuilder<boolean> {
  return typeof sight === 'string' ? sql`false` : sql`former && ${wordsOf(sight)}::text[]`;
}

function wordsOf({ ids, card }: Exclude<Sight, string>): string[] {
  return card === null ? [...ids] : [...ids, cardAudience];
}

export interface LeftRecord {
  entity: string;
  id: string;
  /** See `audiencesLeft` of shared/domain/visibility.ts. */
  left: readonly string[];
}

/**
 * Remember who has seen records that changed hands, in the transaction of the change: their desks are told to drop
 * them. Whoever got a record back sees it all the same.
 */
export async function noteLeft(tx: Tx, records: readonly LeftRecord[]): Promise<void> {
  const leaving = records.filter(({ left }) => left.length > 0);
  if (leaving.length === 0) return;
  await sql`
    update record set former = array(
             select distinct audience
               from unnest(coalesce(former, '{}') || gone.audiences) as audience order by audience)
      from (select entity, id,
                   array(select jsonb_array_elements_text("left")) as audiences
              from jsonb_to_recordset(${JSON.stringify(leaving)}::jsonb)
                as leaving (entity text, id uuid, "left" jsonb)) as gone
     where record.entity = gone.entity and record.id = gone.id`.execute(tx);
}
