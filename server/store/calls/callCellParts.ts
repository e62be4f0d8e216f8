import { type RawBuilder, sql } from 'kysely';
import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { RingNoAnswer } from '#shared/domain/metrics/callHistory.ts';
import { quarterMs } from '#shared/domain/metrics/cells.ts';
import type { Handle } from '#shared/domain/metrics/handling.ts';
import type { QueueEntry } from '#shared/domain/metrics/queueEntry.ts';
import type { Tx } from '../store.ts';
import { entryColumns, handleColumns, ringColumns, stretchColumns } from './callStories.ts';

/** What belongs to a cell, by the cell's place among those that were asked for. */
type ByCell<Row> = Map<number, Row[]>;

interface QueueCellKey {
  at: number;
  queueId: string;
}
interface AgentCellKey {
  at: number;
  agentId: string;
  queueId: string | null;
}

async function rowsByCell<Row>(
  tx: Tx,
  cells: readonly { cellAt: number }[],
  columns: RawBuilder<unknown>,
  { table, by, backMs = 0 }: { table: string; by: string; backMs?: number },
  condition: RawBuilder<unknown>,
): Promise<ByCell<Row>> {
  // First and last as values of their own: the planner has to see how little is asked for.
  const first = Math.min(...cells.map(({ cellAt }) => cellAt)) - backMs;
  const last = Math.max(...cells.map(({ cellAt }) => cellAt)) + quarterMs;
  const wanted = cells.map((cell, n) => ({ ...cell, n }));
  const { rows } = await sql<Row & { n: number }>`
    select n, ${columns}
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as cell (n integer, "cellAt" bigint, "cellQueue" text, "cellAgent" uuid)
      join ${sql.table(table)} as part on ${condition}
       and ${sql.ref(by)} >= ${first}::bigint and ${sql.ref(by)} < ${last}::bigint`.execute(tx);
  return Map.groupBy(rows, ({ n }) => n);
}

const keyOf = ({
  at,
  queueId,
  agentId,
}: {
  at: number;
  queueId?: string | null;
  agentId?: string;
}) => ({
  ...{ cellAt: at, cellQueue: queueId, cellAgent: agentId },
});

function during(column: string) {
  const name = sql.ref(column);
  return sql`${name} >= "cellAt" and ${name} < "cellAt" + ${quarterMs}`;
}

/** Entries that came in the quarter or were answered in it. */
export async function entriesOfQueueCells(
  tx: Tx,
  cells: readonly QueueCellKey[],
): Promise<ByCell<QueueEntry>> {
  const keys = cells.map(keyOf);
  const came = await rowsByCell<QueueEntry>(
    tx,
    keys,
    entryColumns,
    { table: 'queue_entry', by: 'entered_at' },
    sql`queue_id = "cellQueue" and ${during('entered_at')}`,
  );
  const answered = await rowsByCell<QueueEntry>(
    tx,
    keys,
    entryColumns,
    { table: 'queue_entry', by: 'ended_at' },
    sql`queue_id = "cellQueue" and ending = 'answered' and ${during('ended_at')}
        and not (${during('entered_at')})`,
  );
  return joined(came, answered);
}

/** Entries that the agent answered: came in the quarter, or were answered in it within a day of coming. */
export async function entriesOfAgentCells(
  tx: Tx,
  cells: readonly AgentCellKey[],
): Promise<ByCell<QueueEntry>> {
  return rowsByCell<QueueEntry>(
    tx,
    cells.map(keyOf),
    entryColumns,
    { table: 'queue_entry', by: 'entered_at', backMs: 86_400_000 },
    sql`agent_id = "cellAgent" and queue_id is not distinct from "cellQueue" and ending = 'answered'
        and entered_at >= "cellAt" - 86400000 and entered_at < "cellAt" + ${quarterMs}
        and (entered_at >= "cellAt" or ended_at >= "cellAt")`,
  );
}

export function handlesOfCells(tx: Tx, cells: readonly AgentCellKey[]): Promise<ByCell<Handle>> {
  return rowsByCell<Handle>(
    tx,
    cells.map(keyOf),
    handleColumns,
    { table: 'call_handle', by: 'done_at' },
    sql`agent_id = "cellAgent" and queue_id is not distinct from "cellQueue" and ${during('done_at')}`,
  );
}

export function ringNoAnswersOfCells(
  tx: Tx,
  cells: readonly AgentCellKey[],
): Promise<ByCell<RingNoAnswer>> {
  return rowsByCell<RingNoAnswer>(
    tx,
    cells.map(keyOf),
    ringColumns,
    { table: 'ring_no_answer', by: 'part.at' },
    sql`agent_id = "cellAgent" and queue_id is not distinct from "cellQueue" and ${during('part.at')}`,
  );
}

/** Stretches that share time with the quarter. */
export function stretchesOfCells(
  tx: Tx,
  cells: readonly { at: number; agentId: string }[],
): Promise<ByCell<AgentStretch>> {
  return rowsByCell<AgentStretch>(
    tx,
    cells.map(keyOf),
    stretchColumns,
    { table: 'agent_stretch', by: 'from_at', backMs: 86_400_000 },
    sql`agent_id = "cellAgent" and from_at < "cellAt" + ${quarterMs} and to_at > "cellAt"
        and from_at > "cellAt" - 86400000`,
  );
}

function joined<Row>(one: ByCell<Row>, other: ByCell<Row>): ByCell<Row> {
  const all = new Map(one);
  for (const [n, rows] of other) all.set(n, [...(all.get(n) ?? []), ...rows]);
  return all;
}
