import pg from 'pg';
import { runReport } from '#server/reports/runReport.ts';
import { loadCallHistory } from '#server/seed/callHistory.ts';
import { openStore, type Store } from '#server/store/store.ts';
import type { ReportRequest } from '#shared/domain/reports/request.ts';
import { noFilters } from '#shared/domain/reports/request.ts';
import { dateOfDay } from '#shared/domain/serviceLevels/zonedTime.ts';
import { usualSupervision } from '#shared/domain/settings/supervision.ts';
import { homeDayOf } from '#shared/sample/callDays/demand.ts';
import { type Bench, percentile, ratioFigure } from './figure.ts';
import { timed } from './rounds.ts';
import { startSiteCluster } from './siteServer.ts';

const calls = Number(process.env.SWITCHBOARD_BENCH_CALLS ?? 1_000_000);
const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 15);
/** A quarter of a year. */
const days = 91;
const seed = 7;
/** A Monday, and all of it long over. */
const fromDay = homeDayOf(Date.UTC(2026, 2, 30, 12));
const now = Date.UTC(2026, 9, 1);

interface ReportCentre {
  store: Store;
  client: pg.Client;
  incoming: number;
}

let centre: Promise<ReportCentre | null> | null = null;

/** A database with the calls of a quarter of a year, made once for all benches of a run. */
async function openCentre(): Promise<ReportCentre | null> {
  const cluster = await startSiteCluster();
  if (!cluster) return null;
  const url = cluster.makeDatabase();
  const store = await openStore({ kind: 'postgres', url });
  const loaded = await loadCallHistory(url, { calls, seed, fromDay, days, withEvents: false });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  return { store, client, incoming: loaded.calls };
}

/**
 * The same figures, as one would ask for them by hand of calls in the queue, work on calls and offers that rang out:
 * $1 to $2 by queue and by steps of $3 ms from $1 on. The targets are the usual ones.
 */
const byHand = `
  with came as (
    select (entered_at - $1::bigint) / $3::bigint as step, queue_id, count(*) as offered,
           count(*) filter (where ending = 'answered') as answered,
           count(*) filter (where ending = 'abandoned') as abandoned,
           count(*) filter (where ending = 'abandoned' and ended_at - entered_at < 5000) as short,
           count(*) filter (where ending = 'callBack') as call_backs,
           count(*) filter (where ending = 'overflowed') as overflowed,
           count(*) filter (where ending = 'unseen') as unseen, count(*) filter (where ending is null) as waiting,
           count(*) filter (where ending = 'answered' and ended_at - entered_at <= 20000) as in_time,
           sum(ended_at - entered_at) filter (where ending = 'answered') as wait_ms,
           max(ended_at - entered_at) as longest_ms, count(*) filter (where transferred) as transferred
      from queue_entry where entered_at >= $1 and entered_at < $2 group by 1, 2
  ), answered as (
    select (ended_at - $1::bigint) / $3::bigint as step, queue_id, count(*) as answered_here
      from queue_entry
     where ending = 'answered' and ended_at >= $1 and ended_at < $2 and entered_at >= $1::bigint - 86400000
       and entered_at < $2
     group by 1, 2
  ), worked as (
    select (done_at - $1::bigint) / $3::bigint as step, queue_id, count(*) as handled, sum(dial_ms) as dial_ms,
           sum(talk_ms) as talk_ms, sum(hold_ms) as hold_ms, sum(after_call_ms) as after_call_ms
      from call_handle where done_at >= $1 and done_at < $2 and queue_id is not null group by 1, 2
  ), rang as (
    select (at - $1::bigint) / $3::bigint as step, queue_id, count(*) as ring_no_answers
      from ring_no_answer where at >= $1 and at < $2 and queue_id is not null group by 1, 2
  )
  select *, in_time::float8 / nullif(offered - short - unseen, 0) as level, wait_ms / nullif(answered, 0) as asa,
         (dial_ms + talk_ms + hold_ms + after_call_ms) / nullif(handled, 0) as handle_ms
    from came full join answered using (step, queue_id) full join worked using (step, queue_id)
    full join rang using (step, queue_id)
   order by step, queue_id`;

const minuteMs = 60_000;

/** The report of queues over days of the made-up quarter, against one aggregate by hand in the same database. */
export function reportBench(
  name: string,
  wish: { from: number; days: number; interval: '30min' | 'day'; most: number },
): Bench {
  return async () => {
    centre ??= openCentre();
    const opened = await centre;
    if (!opened) return [];
    const { store, client, incoming } = opened;
    const [first, last] = [fromDay + wish.from, fromDay + wish.from + wish.days - 1];
    const request: ReportRequest = {
      ...{ report: 'queues', interval: wish.interval, groupBy: 'queue', filters: noFilters },
      range: { kind: 'days', from: dateOfDay(first), to: dateOfDay(last) },
      ...{ zone: usualSupervision.timeZone, language: 'en' },
    };
    const viewer = {
      id: '00000000-0000-7000-8000-000000000001',
      role: 'administrator',
      team: [],
    } as const;
    const ours = async () => await runReport(store.db, request, { viewer, now });
    const { range, rows } = await ours();
    const stepMs = wish.interval === 'day' ? 1_440 * minuteMs : 30 * minuteMs;
    const plain = async () => (await client.query(byHand, [range.from, range.to, stepMs])).rows;
    const found = await plain();
    if (found.length !== rows.length) {
      throw new Error(`${name}: ${rows.length} rows are not the ${found.length} counted by hand`);
    }
    const times = { ours: [] as number[], plain: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const turns = [['ours', ours] as const, ['plain', plain] as const];
      for (const [who, act] of round % 2 === 0 ? turns : turns.toReversed()) {
        times[who].push(await timed(act));
      }
    }
    const [value, baseline] = [percentile(times.ours, 0.5), percentile(times.plain, 0.5)];
    const words = `${name}: ${rows.length} rows of ${incoming.toLocaleString('en')} calls`;
    return [ratioFigure(words, 'ms', value, baseline, wish.most, rounds)];
  };
}
