import { describe, expect, test } from 'vitest';
import { noTime } from '#shared/domain/metrics/agentTime.ts';
import { noCounts } from '#shared/domain/metrics/queueFigures.ts';
import type { BoardAgent, BoardCall, BoardChanges, BoardSnapshot } from '#shared/sync/board.ts';
import { longestWaitMs, timeOf, totalOf } from './boardFigures.ts';
import { type Board, boardAfter, boardOf } from './boardState.ts';

const agent = (agentId: string, state: BoardAgent['state'], queueIds = ['q']): BoardAgent => ({
  ...{ agentId, name: agentId, role: 'agent', teamId: null, extension: null, queueIds },
  ...{ state, reason: null, since: 1_000, callRef: null },
  today: { handled: 0, handleMs: 0, missed: 0, time: noTime },
});
const call = (callRef: string, state: BoardCall['state'], enteredAt: number): BoardCall => ({
  ...{ callRef, queueId: 'q', caller: null, direction: 'in', state, enteredAt },
  ...{ answeredAt: null, agentId: null },
});
const snapshot: BoardSnapshot = {
  ...{ type: 'board', number: 4, at: 9_000, dayFrom: 0, source: 'pbx' },
  connector: { state: 'connected', since: 0 },
  queues: [
    { queueId: 'q', today: { ...noCounts, offered: 3, longestWaitMs: 2_000 }, handleMs: 60_000 },
    { queueId: 'r', today: noCounts, handleMs: null },
  ],
  agents: [agent('a', 'ready'), agent('b', 'onCall'), agent('c', 'break'), agent('d', 'signedOut')],
  calls: [call('1', 'waiting', 7_000), call('2', 'ringing', 6_000), call('3', 'talking', 1_000)],
};
const changes = (number: number, parts: Partial<BoardChanges> = {}): BoardChanges => ({
  ...{ type: 'boardChanges', number, at: 9_500, queues: [], agents: [], calls: [] },
  ...{ goneQueues: [], goneCalls: [], goneAgents: [] },
  ...parts,
});
const board = boardOf(snapshot, null);
const changed = (parts: Partial<BoardChanges>, from = board): Board => {
  const next = boardAfter(from, changes(from.number + 1, parts));
  if (!next) throw new Error('a number is missing');
  return next;
};

describe('figures of a queue', () => {
  test('waiting, able agents and expected wait', () => {
    expect(board.figures.get('q')).toMatchObject({
      ...{ waiting: 2, waitingSince: 6_000, talking: 1, signedIn: 3, able: 2, ready: 1 },
      expectedWaitMs: 60_000,
    });
  });

  test('unknown wait where nobody can take it', () => {
    expect(board.figures.get('r')).toMatchObject({ waitingSince: null, expectedWaitMs: null });
  });

  test('the longest wait goes on', () => {
    const figures = board.figures.get('q');
    expect(figures && longestWaitMs(figures, 9_000)).toBe(3_000);
    const empty = changed({ goneCalls: ['1', '2'] }).figures.get('q');
    expect(empty && longestWaitMs(empty, 9_000)).toBe(2_000);
  });

  test('are the same object while they say the same', () => {
    const next = changed({ agents: [agent('a', 'break')] });
    expect(next.figures.get('q')).toMatchObject({ ready: 0, able: 1 });
    expect(next.figures.get('r')).toBe(board.figures.get('r'));
    const quiet = changed({});
    expect(quiet.figures).toBe(board.figures);
    expect(quiet.agents).toBe(board.agents);
    expect(boardOf(snapshot, board).figures.get('q')).toBe(board.figures.get('q'));
  });

  test('of all queues together', () => {
    expect(totalOf(board.figures.values())).toMatchObject({
      ...{ waiting: 2, waitingSince: 6_000, talking: 1, today: { offered: 3 } },
    });
  });
});

describe('changes', () => {
  test('replace and remove; a connector that is not named stays', () => {
    const next = changed({
      calls: [call('1', 'ringing', 7_000)],
      goneCalls: ['3'],
      goneAgents: ['d'],
      goneQueues: ['r'],
    });
    expect([...next.calls.keys()]).toEqual(['1', '2']);
    expect(next.calls.get('1')?.state).toBe('ringing');
    expect([...next.agents.keys(), ...next.queues.keys()]).toEqual(['a', 'b', 'c', 'q']);
    expect(next.connector).toBe(board.connector);
    const blind = changed({ connector: { state: 'blind', since: 5 } });
    expect(blind.connector.state).toBe('blind');
  });

  test.each([3, 4, 6])('number %i does not follow', (number) => {
    expect(boardAfter(board, changes(number))).toBeNull();
  });
});

describe('an agent’s time', () => {
  test('the running state is added, from midnight on', () => {
    const ready = { ...agent('a', 'ready'), since: -5_000 };
    expect(timeOf(ready, 0, 4_000)).toMatchObject({ ready: 4_000 });
    expect(timeOf(agent('d', 'signedOut'), 0, 4_000)).toEqual(noTime);
    expect(timeOf(agent('a', 'ready'), 0, 500).ready).toBe(0);
  });
});
