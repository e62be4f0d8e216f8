import { sql } from 'kysely';
import type { Interval } from '#shared/domain/metrics/interval.ts';
import type { Db, Tx } from '../store.ts';

/** What may still change figures of a range. */
export interface Provisional {
  /** Calls that entered a queue in it and wait. */
  waiting: number;
  /** Calls that were left in it, or shortly before, and whose after-call work nobody has said the end of. */
  openWork: number;
  /** Agents who are signed in as far as anybody knows, and whose desk is away: it may have something to tell. */
  silentAgents: string[];
}

/** Longer ago nobody concludes a call. */
const oldestWorkMs = 24 * 60 * 60_000;
const afterCallMs = 60 * 60_000;
/** What a desk that has been away for longer still brings is counted when it comes. */
const longestAwayMs = 7 * 24 * 60 * 60_000;
/** So often nodes write down whose desks are connected (`noteDesks`), and some more, ms. */
const silentForMs = 120_000;

/** Null where all is told as far as the server knows. */
export async function provisionalIn(
  db: Db | Tx,
  { from, to }: Interval,
  now: number,
): Promise<Provisional | null> {
  const { rows } = await sql<{ waiting: number; openWork: number; silent: string[] | null }>`
    select (select count(*)::int from queue_entry
             where ended_at is null and entered_at >= ${from}::bigint and entered_at < ${to}::bigint) as waiting,
           (select count(*)::int from call_handle
             where done_at is null and began_at >= ${now - oldestWorkMs}::bigint
               and left_at >= ${from - afterCallMs}::bigint and left_at < ${to}::bigint) as "openWork",
           (select array_agg(agent_id order by agent_id) from agent_stretch
             where to_at is null and state <> 'signedOut'
               and from_at < ${to}::bigint and from_at >= ${now - longestAwayMs}::bigint
               and not exists (select from desk_seen
                                where user_id = agent_id and seen_at >= ${now - silentForMs}::bigint))
             as silent`.execute(db);
  const { waiting = 0, openWork = 0, silent = null } = rows[0] ?? {};
  const silentAgents = silent ?? [];
  if (waiting + openWork + silentAgents.length === 0) return null;
  return { waiting, openWork, silentAgents };
}

/** These desks are connected now. */
export async function noteDesks(db: Db, userIds: readonly string[], at: number): Promise<void> {
  if (userIds.length === 0) return;
  await sql`
    insert into desk_seen (user_id, seen_at)
    select id, ${at}::bigint from unnest(${[...userIds]}::uuid[]) as seen (id) order by id
    on conflict (user_id) do update set seen_at = greatest(desk_seen.seen_at, excluded.seen_at)`.execute(
    db,
  );
}
