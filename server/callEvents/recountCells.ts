import { type AgentStretch, agentTimeIn } from '#shared/domain/metrics/agentTime.ts';
import { agentCellOf, quarterMs, queueCellOf } from '#shared/domain/metrics/cells.ts';
import { partOf } from '#shared/domain/settings/parts.ts';
import { type SupervisionRules, targetsOf } from '#shared/domain/settings/supervision.ts';
import {
  entriesOfAgentCells,
  entriesOfQueueCells,
  handlesOfCells,
  ringNoAnswersOfCells,
  stretchesOfCells,
} from '../store/calls/callCellParts.ts';
import { writeAgentCells, writeAgentTimes, writeQueueCells } from '../store/calls/callCells.ts';
import { readSetting } from '../store/settings.ts';
import type { Db, Tx } from '../store/store.ts';
import type { Touched } from './touched.ts';

/** What queues are measured by now. */
export async function readRules(db: Db | Tx): Promise<SupervisionRules> {
  return partOf('supervision', (await readSetting(db, 'supervision'))?.fields.value);
}

/** Counts the touched cells anew, from what is derived of calls and agents. */
export async function recountCells(tx: Tx, touched: Touched): Promise<void> {
  await recountQueueCells(tx, touched.queueCells(), await readRules(tx));
  await recountAgentCells(tx, touched.agentCells());
  await recountTimes(tx, touched.timeCells());
}

/** Counts cells of queues anew by these targets; `at` is the beginning of the quarter of an hour, ms UTC. */
export async function recountQueueCells(
  tx: Tx,
  cells: readonly { at: number; queueId: string }[],
  rules: SupervisionRules,
): Promise<void> {
  if (cells.length === 0) return;
  const entries = await entriesOfQueueCells(tx, cells);
  await writeQueueCells(
    tx,
    cells.map(({ at, queueId }, index) => ({
      ...{ at, queueId },
      cell: queueCellOf(at, entries.get(index) ?? [], targetsOf(rules, queueId)),
    })),
  );
}

async function recountAgentCells(
  tx: Tx,
  cells: readonly { at: number; agentId: string; queueId: string | null }[],
): Promise<void> {
  if (cells.length === 0) return;
  const entries = await entriesOfAgentCells(tx, cells);
  const handles = await handlesOfCells(tx, cells);
  const ringNoAnswers = await ringNoAnswersOfCells(tx, cells);
  await writeAgentCells(
    tx,
    cells.map((cell, index) => ({
      ...cell,
      counts: agentCellOf(cell.at, {
        entries: entries.get(index) ?? [],
        handles: handles.get(index) ?? [],
        ringNoAnswers: ringNoAnswers.get(index) ?? [],
      }),
    })),
  );
}

async function recountTimes(
  tx: Tx,
  cells: readonly { at: number; agentId: string }[],
): Promise<void> {
  if (cells.length === 0) return;
  const stretches = await stretchesOfCells(tx, cells);
  await writeAgentTimes(
    tx,
    cells.map(({ at, agentId }, index) => ({
      ...{ at, agentId },
      time: timeOf(at, stretches.get(index) ?? []),
    })),
  );
}

/** Of states that are over: those that go on are added by whoever reads the cells. */
function timeOf(at: number, stretches: readonly AgentStretch[]) {
  const over = stretches.filter(({ to }) => to !== null);
  return agentTimeIn(over, { from: at, to: at + quarterMs }, Number.MAX_SAFE_INTEGER);
}
