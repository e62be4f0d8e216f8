import {
  type AgentStretch,
  agentTimeIn,
  longestStretchMs,
} from '#shared/domain/metrics/agentTime.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { type CallHistory, historyOf } from '#shared/domain/metrics/callHistory.ts';
import { agentCellOf, quarterMs, queueCellOf } from '#shared/domain/metrics/cells.ts';
import { targetsOf, usualSupervision } from '#shared/domain/settings/supervision.ts';
import { type CallHistoryOptions, callDays } from '#shared/sample/callDays/callDays.ts';
import { createTouched } from '../callEvents/touched.ts';
import { type CallTableRows, openCallTables } from '../store/calls/callTables.ts';

export interface LoadedHistory {
  /** Calls that came in, as many as were asked for. */
  calls: number;
  events: number;
  entries: number;
  handles: number;
}

export interface LoadOptions extends CallHistoryOptions {
  /** False: only what follows from the events, which is all that reports read. */
  withEvents: boolean;
}

/**
 * Fills the tables of call events of an empty PostgreSQL database with a made-up history, day by day, by COPY: what
 * stands there is what the server would have made of the same events. A million calls are eleven million events.
 */
export async function loadCallHistory(url: string, options: LoadOptions): Promise<LoadedHistory> {
  const loaded: LoadedHistory = { calls: 0, events: 0, entries: 0, handles: 0 };
  const tables = await openCallTables(url);
  const nights = createNights();
  try {
    for (const { events, journeys } of callDays(options)) {
      const { stretches, ...rows } = callTableRows(events);
      const told = options.withEvents ? events : [];
      await tables.write({ ...rows, events: told, stretches: nights.through(stretches) });
      loaded.calls += journeys.filter(({ direction }) => direction === 'in').length;
      loaded.events += events.length;
      loaded.entries += rows.entries.length;
      loaded.handles += rows.handles.length;
    }
    await tables.write({ ...nothing, stretches: nights.rest() });
    await tables.finish();
  } finally {
    await tables.close();
  }
  return loaded;
}

const nothing: CallTableRows = {
  ...{ events: [], entries: [], handles: [], ringNoAnswers: [], stretches: [] },
  ...{ queueCells: [], agentCells: [], timeCells: [] },
};

/** Who signed out in the evening stays so until the next day's work begins. */
function createNights() {
  const open = new Map<string, AgentStretch>();
  return {
    /** A day's stretches in their order, and those of before that end with them; what goes on is kept for later. */
    through(stretches: readonly AgentStretch[]): AgentStretch[] {
      return stretches.flatMap((stretch) => {
        const before = open.get(stretch.agentId);
        open.delete(stretch.agentId);
        const to = before && Math.min(stretch.from, before.from + longestStretchMs);
        const ended = before && to !== undefined ? [{ ...before, to }] : [];
        if (stretch.to !== null) return [...ended, stretch];
        open.set(stretch.agentId, stretch);
        return ended;
      });
    },
    rest: () => [...open.values()],
  };
}

/** What the server makes of a heap of events in which every call is over. */
function callTableRows(events: readonly CallEvent[]): CallTableRows {
  const history = historyOf(events);
  const touched = createTouched();
  touched.calls(history);
  touched.stretches(history.stretches);
  return { events, ...history, ...cellsOf(history, touched) };
}

function cellsOf(
  history: CallHistory,
  touched: ReturnType<typeof createTouched>,
): Pick<CallTableRows, 'queueCells' | 'agentCells' | 'timeCells'> {
  const { entries, handles, ringNoAnswers, stretches } = history;
  const ofQueue = Map.groupBy(entries, ({ queueId }) => queueId);
  const byWhom = <T extends { agentId: string | null; queueId: string | null }>(
    rows: readonly T[],
  ) => Map.groupBy(rows, ({ agentId, queueId }) => `${agentId} ${queueId}`);
  const [entriesOf, handlesOf, ringsOf] = [byWhom(entries), byWhom(handles), byWhom(ringNoAnswers)];
  const ofAgent = Map.groupBy(stretches, ({ agentId }) => agentId);
  return {
    queueCells: touched.queueCells().map(({ at, queueId }) => {
      const targets = targetsOf(usualSupervision, queueId);
      return { at, queueId, cell: queueCellOf(at, ofQueue.get(queueId) ?? [], targets) };
    }),
    agentCells: touched.agentCells().map(({ at, agentId, queueId }) => {
      const key = `${agentId} ${queueId}`;
      const parts = {
        entries: entriesOf.get(key) ?? [],
        handles: handlesOf.get(key) ?? [],
        ringNoAnswers: ringsOf.get(key) ?? [],
      };
      return { at, agentId, queueId, counts: agentCellOf(at, parts) };
    }),
    timeCells: touched
      .timeCells()
      .map(({ at, agentId }) => ({ at, agentId, time: timeOf(at, ofAgent.get(agentId) ?? []) }))
      .filter(({ time }) => Object.values(time).some((ms) => ms > 0)),
  };
}

function timeOf(at: number, stretches: readonly AgentStretch[]) {
  const over = stretches.filter(({ to }) => to !== null);
  return agentTimeIn(over, { from: at, to: at + quarterMs }, Number.MAX_SAFE_INTEGER);
}
