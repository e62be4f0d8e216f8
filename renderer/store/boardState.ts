import type { BoardLink } from '#shared/contract/methods/board.ts';
import type {
  BoardAgent,
  BoardCall,
  BoardChanges,
  BoardQueue,
  BoardSnapshot,
} from '#shared/sync/board.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import { figuresOf, type QueueFigures } from './boardFigures.ts';

/** The board as the server told it. What has not changed keeps its identity. */
export interface Board {
  number: number;
  /** The server's time of the newest change, ms UTC. */
  at: number;
  /** The midnight since which is counted, ms UTC. */
  dayFrom: number;
  connector: ConnectorStatus;
  source: BoardSnapshot['source'];
  queues: ReadonlyMap<string, BoardQueue>;
  agents: ReadonlyMap<string, BoardAgent>;
  calls: ReadonlyMap<string, BoardCall>;
  /** What a tile shows, by queue. */
  figures: ReadonlyMap<string, QueueFigures>;
}

export interface BoardState {
  /** Null until the desk has told. */
  link: BoardLink | null;
  board: Board | null;
  /** How far the server's clock is ahead of the desk's, ms; 0 where it is less than a second. */
  aheadMs: number;
}

export const emptyBoard: BoardState = { link: null, board: null, aheadMs: 0 };

export function boardOf(snapshot: BoardSnapshot, former: Board | null): Board {
  const { number, at, dayFrom, connector, source } = snapshot;
  return withFigures(
    {
      ...{ number, at, dayFrom, connector, source },
      queues: new Map(snapshot.queues.map((queue) => [queue.queueId, queue])),
      agents: new Map(snapshot.agents.map((agent) => [agent.agentId, agent])),
      calls: new Map(snapshot.calls.map((call) => [call.callRef, call])),
    },
    former,
  );
}

/** The board after the changes; null where a number is missing in between. */
export function boardAfter(board: Board, changes: BoardChanges): Board | null {
  if (changes.number !== board.number + 1) return null;
  const { number, at, connector = board.connector } = changes;
  const queues = merged(board.queues, changes.queues, 'queueId', changes.goneQueues);
  const agents = merged(board.agents, changes.agents, 'agentId', changes.goneAgents);
  const calls = merged(board.calls, changes.calls, 'callRef', changes.goneCalls);
  return withFigures({ ...board, number, at, connector, queues, agents, calls }, board);
}

function withFigures(board: Omit<Board, 'figures'>, former: Board | null): Board {
  const isSame =
    former !== null &&
    former.queues === board.queues &&
    former.agents === board.agents &&
    former.calls === board.calls;
  return { ...board, figures: isSame ? former.figures : figuresOf(board, former?.figures) };
}

function merged<K extends string, T extends Record<K, string>>(
  items: ReadonlyMap<string, T>,
  changed: readonly T[],
  key: K,
  gone: readonly string[],
): ReadonlyMap<string, T> {
  if (changed.length === 0 && gone.length === 0) return items;
  const next = new Map(items);
  for (const id of gone) next.delete(id);
  for (const item of changed) next.set(item[key], item);
  return next;
}
