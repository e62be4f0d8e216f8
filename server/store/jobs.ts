import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { notify } from './notices.ts';
import type { Db, Tx } from './store.ts';

/** Told when a job is there to be taken; with the payload `cancel` when a running one shall end. */
export const jobChannel = 'switchboard_job';
const cancelPayload = 'cancel';

/** One clock for all nodes: the database's, ms UTC. */
const nowMs = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

export interface NewJob {
  kind: string;
  /** JSON, handed to the handler as it is. */
  payload?: Record<string, unknown>;
  /**
   * At most one open job of a kind has a key. Asking again for a waiting one lets it run at the earlier time; for a
   * running one it makes it run once more behind.
   */
  key?: string | null;
  /** ms UTC; null or left out: now. */
  runAt?: number | null;
  /** Null: tried until it is done. */
  maxAttempts?: number | null;
}

export interface TakenJob {
  id: string;
  kind: string;
  key: string | null;
  payload: Record<string, unknown>;
  /** From 1. */
  attempts: number;
  maxAttempts: number | null;
  /** Names this taking: whoever takes the job later has another. */
  lease: string;
  /** Asked to end while nobody held it. */
  cancelled: boolean;
}

const defaultMaxAttempts = 10;
/** No node takes a lease for longer: one that ends later is of a clock that has been set back since, ms. */
const longestLeaseMs = 3_600_000;

/** Put a job where the nodes find it. It is there as soon as the transaction commits. Answers its id. */
export async function addJob(db: Db | Tx, job: NewJob): Promise<string> {
  const { kind, payload = {}, key = null, runAt = null } = job;
  const maxAttempts = job.maxAttempts === undefined ? defaultMaxAttempts : job.maxAttempts;
  const { rows } = await sql<{ id: string }>`
    insert into job (id, kind, key, payload, run_at, max_attempts, created_at)
    values (${uuidv7()}, ${kind}, ${key}, ${JSON.stringify(payload)}::jsonb,
            coalesce(${runAt}::bigint, ${nowMs}), ${maxAttempts}, ${nowMs})
    on conflict (kind, key) where state in ('waiting', 'running') do update set
      run_at = case job.state when 'waiting' then least(job.run_at, excluded.run_at)
                              else job.run_at end,
      again_at = case job.state when 'running' then least(job.again_at, excluded.run_at) end
    returning id`.execute(db);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a job was not stored');
  await notify(db, jobChannel);
  return id;
}

/** Take at most `limit` jobs of a kind that are due, or whose node no longer says that it runs them. */
export async function takeJobs(
  db: Db,
  { kind, limit, leaseMs }: { kind: string; limit: number; leaseMs: number },
): Promise<TakenJob[]> {
  const { rows } = await sql<TakenJob>`
    update job
       set state = 'running', attempts = attempts + 1, lease = gen_random_uuid(),
           lease_until = ${nowMs} + ${leaseMs}::bigint
     where id in (
       select id from job
        where kind = ${kind}
          and ((state = 'waiting' and run_at <= ${nowMs})
            or (state = 'running' and (lease_until <= ${nowMs}
                                       or lease_until > ${nowMs} + ${longestLeaseMs}::bigint)))
        order by run_at
        limit ${limit}
        for update skip locked)
    returning id, kind, key, payload, attempts, max_attempts as "maxAttempts", lease,
              cancelled`.execute(db);
  return rows;
}

/** Go on holding these leases. Answers those that are still held, and which of them shall end. */
export async function extendLeases(
  db: Db,
  leases: readonly string[],
  leaseMs: number,
): Promise<Map<string, { cancelled: boolean }>> {
  const { rows } = await sql<{ lease: string; cancelled: boolean }>`
    update job set lease_until = ${nowMs} + ${leaseMs}::bigint
     where state = 'running' and lease = any(${[...leases]}::uuid[])
    returning lease, cancelled`.execute(db);
  return new Map(rows.map(({ lease, cancelled }) => [lease, { cancelled }]));
}

/**
 * Is the lease still held? Until the transaction ends nobody else takes the job. `key share` leaves the row open to
 * the heartbeat.
 */
export async function holdLease(tx: Tx, { id, lease }: TakenJob): Promise<boolean> {
  const { rows } = await sql`
    select from job where id = ${id} and lease = ${lease} and state = 'running'
       for key share`.execute(tx);
  return rows.length === 1;
}

/** The job is done, and gone; or it waits again, where it was asked for again or `againInMs` is set. */
export async function finishJob(db: Db, job: TakenJob, againInMs: number | null): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Locked before it is decided: who asks again at this moment either is seen here or makes a new job.
    const { rows } = await sql<{ again_at: number | null }>`
      select least(again_at, ${nowMs} + ${againInMs}::bigint) as again_at from job
       where id = ${job.id} and lease = ${job.lease} for update`.execute(tx);
    const row = rows[0];
    if (!row) return;
    if (row.again_at === null) {
      await tx.deleteFrom('job').where('id', '=', job.id).execute();
      return;
    }
    await sql`
      update job set state = 'waiting', run_at = ${row.again_at}, again_at = null, attempts = 0,
                     lease = null, lease_until = null, last_error = null
       where id = ${job.id}`.execute(tx);
    await notify(tx, jobChannel);
  });
}

/** Tried again in `retryMs`; null: it has failed for good, unless it was asked for again meanwhile. */
export async function failJob(
  db: Db,
  { id, lease }: TakenJob,
  { message, retryMs }: { message: string; retryMs: number | null },
): Promise<void> {
  const waitMs = retryMs ?? 0;
  await sql`
    update job
       set state = case when again_at is null and ${retryMs === null} then 'failed' else 'waiting' end,
           attempts = case when again_at is null then attempts else 0 end,
           run_at = least(again_at, ${nowMs} + ${waitMs}::bigint),
           again_at = null, lease = null, lease_until = null, last_error = ${message}
     where id = ${id} and lease = ${lease}`.execute(db);
}

/** Another node may take it at once; the attempt does not count. */
export async function giveBackJob(db: Db, { id, lease }: TakenJob): Promise<void> {
  await sql`
    update job set state = 'waiting', attempts = attempts - 1, run_at = ${nowMs}, again_at = null,
                   lease = null, lease_until = null
     where id = ${id} and lease = ${lease}`.execute(db);
  await notify(db, jobChannel);
}

/** A waiting job is gone; a running one is told to end, and is gone then. */
export async function cancelJob(db: Db | Tx, id: string): Promise<void> {
  await sql`delete from job where id = ${id} and state <> 'running'`.execute(db);
  await sql`update job set cancelled = true where id = ${id}`.execute(db);
  await notify(db, jobChannel, cancelPayload);
}

export async function removeJob(db: Db, { id, lease }: TakenJob): Promise<void> {
  await sql`delete from job where id = ${id} and lease = ${lease}`.execute(db);
}

/** How long until the next job of these kinds is due or its lease ends, ms; null where there is none. */
export async function untilNextJob(db: Db, kinds: readonly string[]): Promise<number | null> {
  const { rows } = await sql<{ wait: number | null }>`
    select min(case state when 'waiting' then run_at else lease_until end) - ${nowMs} as wait
      from job where state in ('waiting', 'running') and kind = any(${[...kinds]}::text[])`.execute(
    db,
  );
  return rows[0]?.wait ?? null;
}

/**
 * Add the job of a recurring kind for the running period, once over all nodes; a period in which no node ran is left
 * out. A later period than the next one is of a clock that has been set back, and holds nothing up. Answers how long
 * the period still lasts, ms.
 */
export async function addRecurringJob(db: Db, kind: string, everyMs: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ now: number }>`select ${nowMs} as now`.execute(tx);
    const now = rows[0]?.now ?? 0;
    const period = Math.floor(now / everyMs);
    const begun = await sql`
      insert into job_period (kind, period) values (${kind}, ${period})
      on conflict (kind) do update set period = excluded.period
        where job_period.period < excluded.period
           or job_period.period > excluded.period + 1
      returning kind`.execute(tx);
    if (begun.rows.length === 1) await addJob(tx, { kind, key: 'recurring' });
    return (period + 1) * everyMs - now;
  });
}

/** Where this process alone can have the database: what an ended one left running waits again. */
export async function releaseAllJobs(db: Db): Promise<void> {
  await sql`update job set lease_until = 0 where state = 'running'`.execute(db);
}

export interface JobStatus {
  state: 'waiting' | 'running' | 'failed';
  attempts: number;
  lastError: string | null;
}

/** Null where there is none, or it is done. */
export async function findJob(db: Db, id: string): Promise<JobStatus | null> {
  const row = await db
    .selectFrom('job')
    .select(['state', 'attempts', 'last_error'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return { state: row.state, attempts: row.attempts, lastError: row.last_error };
}

/** Whether a job of the kind runs, or the one with this key waits. */
export async function isUnderWay(
  db: Db,
  { kind, key }: { kind: string; key: string },
): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (
      select from job where kind = ${kind} and (state = 'running' or (state = 'waiting' and key = ${key}))
    ) as some`.execute(db);
  return rows[0]?.some ?? false;
}

/** How many jobs there are, by kind and state. */
export async function countJobs(
  db: Db,
): Promise<{ kind: string; state: JobStatus['state']; count: number }[]> {
  const { rows } = await sql<{ kind: string; state: JobStatus['state']; count: number }>`
    select kind, state, count(*) as count from job group by kind, state order by kind, state`.execute(
    db,
  );
  return rows;
}

/** Jobs that failed for good are kept this long to be looked at. */
export async function removeFailedJobs(db: Db, olderThanMs: number): Promise<void> {
  await sql`
    delete from job where state = 'failed' and created_at < ${nowMs} - ${olderThanMs}::bigint`.execute(
    db,
  );
}
