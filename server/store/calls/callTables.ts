import type { AgentStretch } from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { type CopyValue, openCopier } from '../database/copyRows.ts';
import {
  type AgentCellAt,
  type AgentTimeAt,
  agentColumns,
  named,
  noQueue,
  type QueueCellAt,
  queueColumns,
  timeColumns,
} from './callCells.ts';
import { type EventRow, rowOf } from './callEvents.ts';
import type { CallRows } from './callStories.ts';

/** All that the tables of call events hold of some calls and agents, each row made as the server makes it. */
export interface CallTableRows extends CallRows {
  events: readonly CallEvent[];
  stretches: readonly AgentStretch[];
  queueCells: readonly QueueCellAt[];
  agentCells: readonly AgentCellAt[];
  timeCells: readonly AgentTimeAt[];
}

/** The tables of call events of a PostgreSQL database, to be filled with a made-up history. */
export interface CallTables {
  write(rows: CallTableRows): Promise<void>;
  /** Builds the indexes and counts what there is to plan by. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const tables = [
  'call_event',
  'queue_entry',
  'call_handle',
  'ring_no_answer',
  'agent_stretch',
  'queue_cell',
  'agent_cell',
  'agent_time_cell',
];
const names = tables.map((table) => `'${table}'`).join(', ');

/** Without their indexes until `finish`: rows go in several times as fast. */
export async function openCallTables(url: string): Promise<CallTables> {
  const copier = await openCopier(url);
  const indexes = await copier.run(`
    select indexname as name, indexdef as made from pg_indexes
     where schemaname = current_schema() and tablename in (${names})
       and not exists (select from pg_constraint where conname = indexname)`);
  for (const { name } of indexes) await copier.run(`drop index ${String(name)}`);

  async function copy(table: string, rows: readonly Record<string, CopyValue>[]): Promise<void> {
    const columns = Object.keys(rows[0] ?? {});
    await copier.copy(
      table,
      columns,
      rows.map((row) => columns.map((column) => row[column] ?? null)),
    );
  }

  return {
    async write(rows) {
      await copy('call_event', rows.events.map(eventRow));
      await copy('queue_entry', rows.entries.map(entryRow));
      await copy('call_handle', rows.handles.map(handleRow));
      await copy('ring_no_answer', rows.ringNoAnswers.map(ringRow));
      await copy('agent_stretch', rows.stretches.map(stretchRow));
      await copy('queue_cell', rows.queueCells.map(queueCellRow));
      await copy('agent_cell', rows.agentCells.map(agentCellRow));
      await copy('agent_time_cell', rows.timeCells.map(timeCellRow));
    },
    async finish() {
      for (const { made } of indexes) await copier.run(String(made));
      for (const table of tables) await copier.run(`vacuum analyze ${table}`);
    },
    close: copier.close,
  };
}

function eventRow(event: CallEvent): Record<string, CopyValue> {
  const { detail, ...row }: Omit<EventRow, 'seq'> = rowOf(event);
  return { ...row, detail: JSON.stringify(detail), received_at: event.at };
}

function entryRow(entry: CallTableRows['entries'][number]): Record<string, CopyValue> {
  const { id, callRef, queueId, enteredAt, endedAt, end, agentId, transferred } = entry;
  return {
    ...{ id, call_ref: callRef, queue_id: queueId, entered_at: enteredAt, ended_at: endedAt },
    ...{ ending: end, agent_id: agentId, transferred, source: 'pbx' },
  };
}

function handleRow(handle: CallTableRows['handles'][number]): Record<string, CopyValue> {
  const { id, callRef, agentId, queueId, direction, beganAt, answeredAt, leftAt } = handle;
  const { dialMs, talkMs, holdMs, afterCallMs, doneAt, endedBy } = handle;
  return {
    ...{ id, call_ref: callRef, agent_id: agentId, queue_id: queueId, direction },
    ...{ began_at: beganAt, answered_at: answeredAt, left_at: leftAt, dial_ms: dialMs },
    ...{ talk_ms: talkMs, hold_ms: holdMs, after_call_ms: afterCallMs, done_at: doneAt },
    ...{ ended_by: endedBy, source: 'pbx' },
  };
}

function ringRow(one: CallTableRows['ringNoAnswers'][number]): Record<string, CopyValue> {
  const { id, callRef, agentId, queueId, at } = one;
  return { id, call_ref: callRef, agent_id: agentId, queue_id: queueId, at };
}

function stretchRow({ agentId, state, reason, from, to }: AgentStretch): Record<string, CopyValue> {
  return { agent_id: agentId, state, reason, from_at: from, to_at: to };
}

function queueCellRow({ at, queueId, cell }: QueueCellAt): Record<string, CopyValue> {
  const { counts, answeredHere } = cell;
  return { at, queue_id: queueId, ...named(queueColumns, counts), answered_here: answeredHere };
}

function agentCellRow({ at, agentId, queueId, counts }: AgentCellAt): Record<string, CopyValue> {
  return { at, agent_id: agentId, queue_id: queueId ?? noQueue, ...named(agentColumns, counts) };
}

function timeCellRow({ at, agentId, time }: AgentTimeAt): Record<string, CopyValue> {
  return { at, agent_id: agentId, ...named(timeColumns, time) };
}
