import { sql } from 'kysely';
import { type AgentCounts, noAgentCounts } from '#shared/domain/metrics/agentFigures.ts';
import { type AgentTime, addTime, agentTimeIn, noTime } from '#shared/domain/metrics/agentTime.ts';
import type { QueueCell } from '#shared/domain/metrics/cells.ts';
import { noCounts, type QueueCounts } from '#shared/domain/metrics/queueFigures.ts';
import type { Db, Tx } from '../store.ts';
import { readOpenStretches } from './callStories.ts';

/** Columns of a queue's cell by the names of shared/domain; the longest wait is the only one that is no sum. */
export const queueColumns: Record<keyof QueueCounts, string> = {
  offered: 'offered',
  answered: 'answered',
  abandoned: 'abandoned',
  shortAbandoned: 'short_abandoned',
  callBacks: 'call_backs',
  overflowed: 'overflowed',
  unseen: 'unseen',
  waiting: 'waiting',
  answeredInTime: 'answered_in_time',
  levelBase: 'level_base',
  answerWaitMs: 'answer_wait_ms',
  longestWaitMs: 'longest_wait_ms',
  transferred: 'transferred',
};
export const agentColumns: Record<keyof AgentCounts, string> = {
  handled: 'handled',
  dialMs: 'dial_ms',
  talkMs: 'talk_ms',
  holdMs: 'hold_ms',
  afterCallMs: 'after_call_ms',
  answered: 'answered',
  transferred: 'transferred',
  answeredHere: 'answered_here',
  ringNoAnswers: 'ring_no_answers',
};
export const timeColumns: Record<keyof AgentTime, string> = {
  break: 'break_ms',
  ready: 'ready_ms',
  ringing: 'ringing_ms',
  onCall: 'on_call_ms',
  wrapUp: 'wrap_up_ms',
};

/** No queue, in the key of an agent's cell. */
export const noQueue = '';

export interface QueueCellAt {
  at: number;
  queueId: string;
  cell: QueueCell;
}

export interface AgentCellAt {
  at: number;
  agentId: string;
  queueId: string | null;
  counts: AgentCounts;
}

export interface AgentTimeAt {
  at: number;
  agentId: string;
  time: AgentTime;
}

/** Puts the cells in the place of those that were there; one that is empty goes. */
export async function writeQueueCells(tx: Tx, cells: readonly QueueCellAt[]): Promise<void> {
  const rows = cells.map(({ at, queueId, cell: { counts, answeredHere } }) => ({
    ...{ at, queue_id: queueId, answered_here: answeredHere },
    ...named(queueColumns, counts),
  }));
  await replaceCells(tx, 'queue_cell', { at: 'bigint', queue_id: 'text' }, rows);
}

export async function writeAgentCells(tx: Tx, cells: readonly AgentCellAt[]): Promise<void> {
  const rows = cells.map(({ at, agentId, queueId, counts }) => ({
    ...{ at, agent_id: agentId, queue_id: queueId ?? noQueue },
    ...named(agentColumns, counts),
  }));
  await replaceCells(tx, 'agent_cell', { at: 'bigint', agent_id: 'uuid', queue_id: 'text' }, rows);
}

export async function writeAgentTimes(tx: Tx, cells: readonly AgentTimeAt[]): Promise<void> {
  const rows = cells.map(({ at, agentId, time }) => ({
    ...{ at, agent_id: agentId },
    ...named(timeColumns, time),
  }));
  await replaceCells(tx, 'agent_time_cell', { at: 'bigint', agent_id: 'uuid' }, rows);
}

export function named<Name extends string>(
  columns: Record<Name, string>,
  values: Record<Name, number>,
): Record<string, number> {
  const names = Object.keys(columns) as Name[];
  return Object.fromEntries(names.map((name) => [columns[name], values[name]]));
}

async function replaceCells(
  tx: Tx,
  table: string,
  key: Record<string, string>,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const keys = Object.keys(key);
  const sums = Object.keys(first).filter((name) => !(name in key));
  const types = [
    ...keys.map((name) => `${name} ${key[name]}`),
    ...sums.map((name) => `${name} bigint`),
  ];
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (${sql.raw(types.join(', '))})`;
  const same = keys.map((name) => `${table}.${name} = new.${name}`).join(' and ');
  const filled = sums.map((name) => `new.${name} <> 0`).join(' or ');
  const columns = [...keys, ...sums].join(', ');
  const set = sums.map((name) => `${name} = excluded.${name}`).join(', ');
  const differs = `(${sums.map((name) => `${table}.${name}`).join(', ')}) is distinct from (${sums
    .map((name) => `excluded.${name}`)
    .join(', ')})`;
  await sql`
    delete from ${sql.table(table)} using ${given}
     where ${sql.raw(same)} and not (${sql.raw(filled)})`.execute(tx);
  await sql`
    insert into ${sql.table(table)} (${sql.raw(columns)})
    select ${sql.raw(columns)} from ${given} where ${sql.raw(filled)}
    on conflict (${sql.raw(keys.join(', '))}) do update set ${sql.raw(set)}
     where ${sql.raw(differs)}`.execute(tx);
}

/** The next cells of queues before this one, newest first. */
export async function keysOfQueueCells(
  tx: Tx,
  before: { at: number; queueId: string },
  limit: number,
): Promise<{ at: number; queueId: string }[]> {
  const { rows } = await sql<{ at: number; queueId: string }>`
    select at, queue_id as "queueId" from queue_cell
     where (at, queue_id) < (${before.at}::bigint, ${before.queueId}::text)
     order by at desc, queue_id desc limit ${limit}`.execute(tx);
  return rows;
}

/** What is added up. */
export interface CellRange {
  /** n + 1 beginnings of quarters of an hour, ascending, for n intervals that follow one another; ms UTC. */
  edges: readonly number[];
}

export interface QueueSum extends QueueCell {
  /** From 0: which of the intervals. */
  interval: number;
  /** Null: of all the queues together. */
  queueId: string | null;
}

/**
 * Sums of the queues' cells by interval, as `addCounts` adds them; intervals and queues without calls are left out.
 * Rates: `ratesOf` of shared/domain/metrics.
 */
export async function sumQueueCells(
  db: Db | Tx,
  {
    edges,
    queueIds = null,
    byQueue,
  }: CellRange & { queueIds?: readonly string[] | null; byQueue: boolean },
): Promise<QueueSum[]> {
  const names = Object.keys(queueColumns) as (keyof QueueCounts)[];
  const sums = names.map((name) => {
    const how = name === 'longestWaitMs' ? 'max' : 'sum';
    return `${how}(${queueColumns[name]})::bigint as "${name}"`;
  });
  const { rows } = await sql<
    QueueCounts & { interval: number; queueId: string | null; here: number }
  >`
    select ${intervalOf(edges)} as interval, ${byQueue ? sql`queue_id` : sql`null::text`} as "queueId",
           sum(answered_here)::bigint as here, ${sql.raw(sums.join(', '))}
      from queue_cell
     where ${within(edges)} and ${oneOf('queue_id', 'text', queueIds)}
     group by 1, 2 order by 1, 2`.execute(db);
  return rows.map(({ interval, queueId, here, ...counts }) => ({
    ...{ interval, queueId, answeredHere: here },
    counts: { ...noCounts, ...counts },
  }));
}

export interface AgentSum {
  interval: number;
  /** Null: of all the agents together. */
  agentId: string | null;
  /** Null: of all the queues together, or of no queue (calls that were dialled). */
  queueId: string | null;
  counts: AgentCounts;
}

/** Sums of the agents' cells by interval; times per handled call: `handleTimeMs`. `queueIds`: of these queues only. */
export async function sumAgentCells(
  db: Db | Tx,
  {
    edges,
    agentIds = null,
    queueIds = null,
    byAgent,
    byQueue,
  }: CellRange & {
    agentIds?: readonly string[] | null;
    queueIds?: readonly string[] | null;
    byAgent: boolean;
    byQueue: boolean;
  },
): Promise<AgentSum[]> {
  const names = Object.keys(agentColumns) as (keyof AgentCounts)[];
  const sums = names.map((name) => `sum(${agentColumns[name]})::bigint as "${name}"`);
  const { rows } = await sql<
    AgentCounts & { interval: number; agentId: string | null; queueId: string | null }
  >`
    select ${intervalOf(edges)} as interval, ${byAgent ? sql`agent_id` : sql`null::uuid`} as "agentId",
           ${byQueue ? sql`nullif(queue_id, ${noQueue})` : sql`null::text`} as "queueId",
           ${sql.raw(sums.join(', '))}
      from agent_cell
     where ${within(edges)} and ${oneOf('agent_id', 'uuid', agentIds)} and ${oneOf('queue_id', 'text', queueIds)}
     group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows.map(({ interval, agentId, queueId, ...counts }) => ({
    ...{ interval, agentId, queueId },
    counts: { ...noAgentCounts, ...counts },
  }));
}

export interface TimeSum {
  interval: number;
  agentId: string | null;
  time: AgentTime;
}

/** Times of agents in their states by interval, up to `now`: the states that go on are added to the cells. */
export async function sumAgentTime(
  db: Db | Tx,
  {
    edges,
    agentIds = null,
    byAgent,
    now,
  }: CellRange & { agentIds?: readonly string[] | null; byAgent: boolean; now: number },
): Promise<TimeSum[]> {
  const names = Object.keys(timeColumns) as (keyof AgentTime)[];
  const sums = names.map((name) => `sum(${timeColumns[name]})::bigint as "${name}"`);
  const { rows } = await sql<AgentTime & { interval: number; agentId: string | null }>`
    select ${intervalOf(edges)} as interval, ${byAgent ? sql`agent_id` : sql`null::uuid`} as "agentId",
           ${sql.raw(sums.join(', '))}
      from agent_time_cell
     where ${within(edges)} and ${oneOf('agent_id', 'uuid', agentIds)}
     group by 1, 2 order by 1, 2`.execute(db);
  const found = new Map<string, TimeSum>();
  const keyOf = (interval: number, agentId: string | null) => `${interval} ${agentId ?? ''}`;
  for (const { interval, agentId, ...time } of rows) {
    found.set(keyOf(interval, agentId), { interval, agentId, time: { ...noTime, ...time } });
  }
  for (const stretch of await readOpenStretches(db, agentIds)) {
    if (stretch.state === 'signedOut') continue;
    for (const [interval, from] of edges.slice(0, -1).entries()) {
      const to = edges[interval + 1] ?? from;
      if (to <= stretch.from) continue;
      if (from >= now) break;
      const time = agentTimeIn([stretch], { from, to }, now);
      const agentId = byAgent ? stretch.agentId : null;
      const key = keyOf(interval, agentId);
      const before = found.get(key)?.time ?? noTime;
      found.set(key, { interval, agentId, time: addTime(before, time) });
    }
  }
  return [...found.values()].sort((a, b) => a.interval - b.interval);
}

/** Which interval a cell lies in, from 0. */
function intervalOf(edges: readonly number[]) {
  return sql<number>`width_bucket(at, ${[...edges]}::bigint[]) - 1`;
}

function within(edges: readonly number[]) {
  return sql<boolean>`at >= ${edges[0] ?? 0}::bigint and at < ${edges.at(-1) ?? 0}::bigint`;
}

function oneOf(column: string, type: 'text' | 'uuid', wanted: readonly string[] | null) {
  if (wanted === null) return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(column)} = any(${[...wanted]}::${sql.raw(type)}[])`;
}
