import { noTime } from '#shared/domain/metrics/agentTime.ts';
import { noCounts } from '#shared/domain/metrics/queueFigures.ts';
import type { BoardAgent, BoardCall, BoardQueue, BoardSnapshot } from '#shared/sync/board.ts';
import { boardStore } from '../../store/board.ts';
import { boardOf } from '../../store/boardState.ts';

/** Parts of a board for tests. */
export function aBoardAgent(number: number, changes: Partial<BoardAgent> = {}): BoardAgent {
  return {
    agentId: `019ac000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    name: `Agent ${number}`,
    role: 'agent',
    teamId: null,
    extension: String(2000 + number),
    queueIds: ['support'],
    state: 'ready',
    reason: null,
    since: 0,
    callRef: null,
    today: { handled: 0, handleMs: 0, missed: 0, time: noTime },
    ...changes,
  };
}

export function aBoardCall(callRef: string, changes: Partial<BoardCall> = {}): BoardCall {
  return {
    callRef,
    queueId: 'support',
    caller: '13800138000',
    direction: 'in',
    state: 'waiting',
    enteredAt: 0,
    answeredAt: null,
    agentId: null,
    ...changes,
  };
}

export function aBoardQueue(queueId: string, today: Partial<BoardQueue['today']> = {}): BoardQueue {
  return { queueId, today: { ...noCounts, ...today }, handleMs: null };
}

export function aBoard(changes: Partial<BoardSnapshot> = {}): BoardSnapshot {
  return {
    type: 'board',
    number: 1,
    at: Date.now(),
    dayFrom: 0,
    connector: { state: 'connected', since: 0 },
    source: 'pbx',
    queues: [],
    agents: [],
    calls: [],
    ...changes,
  };
}

/** Puts a board on the window, as if the desk had told it. */
export function showBoard(snapshot: BoardSnapshot): void {
  boardStore.setState(
    {
      link: { state: 'live', asOf: snapshot.at },
      board: boardOf(snapshot, null),
      aheadMs: 0,
    },
    true,
  );
}
