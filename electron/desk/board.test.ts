import { beforeEach, describe, expect, test } from 'vitest';
import { fail } from '#shared/result.ts';
import type { BoardMessage } from '#shared/sync/board.ts';
import { createEventHub } from '../core/events.ts';
import type { BoardListener } from '../sync/boardWatch.ts';
import { type BoardService, createBoard } from './board.ts';

const parts = { queues: [], agents: [], calls: [] };
const everything = (at: number): BoardMessage => ({
  ...{ type: 'board', number: 1, at, dayFrom: 0, source: 'pbx', ...parts },
  connector: { state: 'connected', since: 0 },
});
const changes = (at: number): BoardMessage => ({
  ...{ type: 'boardChanges', number: 2, at, ...parts },
  ...{ goneQueues: [], goneCalls: [], goneAgents: [] },
});

let line: BoardListener | null;
let told: unknown[];
let silence: (() => void) | null;
let board: BoardService;
const clock = {
  now: () => 500,
  after(_ms: number, callback: () => void) {
    silence = callback;
    return () => {
      silence = null;
    };
  },
};

beforeEach(() => {
  [line, silence, told] = [null, null, []];
  const events = createEventHub();
  events.listen((name, payload) => {
    if (name === 'board.link') told.push((payload as { state: string }).state);
    else told.push([name, (payload as { number: number }).number]);
  });
  const sync = {
    watchBoard: (listener: BoardListener | null) => {
      line = listener;
    },
  };
  const server = { ask: async () => fail('server-unreachable', 'away') };
  board = createBoard({
    sync,
    server,
    events,
    clock,
    home: () => ({ country: 'CN', areaCode: '021' }),
  });
});

const watch = (on: boolean) => board.handlers['board.watch']({ on });

describe('the board at the desk', () => {
  test('is asked for while the window watches, and told in numbers of its own', async () => {
    expect(await watch(true)).toEqual({
      ...{ link: { state: 'stale', asOf: null }, board: null, aheadMs: 0 },
    });
    line?.asked();
    line?.heard(everything(700));
    line?.heard(changes(800));
    line?.heard(everything(900));
    expect(told).toEqual([
      'waiting',
      ['board.snapshot', 1],
      'live',
      ['board.changed', 2],
      ['board.snapshot', 3],
    ]);
    expect(await watch(true)).toMatchObject({
      link: { state: 'live', asOf: 900 },
      board: { number: 3 },
      aheadMs: 400,
    });
    await watch(false);
    expect(line).toBeNull();
  });

  test('shows callers’ numbers as people read them, and what is no number as it came', async () => {
    const call = (callRef: string, caller: string | null) => ({
      ...{ callRef, caller, queueId: 'sales', direction: 'in' as const, state: 'waiting' as const },
      ...{ enteredAt: 0, answeredAt: null, agentId: null },
    });
    await watch(true);
    line?.heard({ ...everything(700), calls: [call('a', '+8613812345678'), call('b', null)] });
    line?.heard({ ...changes(800), calls: [call('c', 'anonymous')] });
    const { board: shown } = await watch(true);
    expect(shown?.calls.map(({ caller }) => caller)).toEqual(['138 1234 5678', null, 'anonymous']);
  });

  test('is kept with its age while the server is away, and comes back with it', async () => {
    await watch(true);
    line?.asked();
    line?.heard(everything(700));
    line?.lost();
    expect(await watch(true)).toMatchObject({
      link: { state: 'stale', asOf: 700 },
      board: { at: 700 },
    });
    line?.asked();
    line?.heard(everything(9_000));
    expect(told.slice(-3)).toEqual(['waiting', ['board.snapshot', 2], 'live']);
  });

  test('is stale where nothing comes through though the line seems to hold', async () => {
    await watch(true);
    line?.heard(everything(700));
    silence?.();
    expect(told.at(-1)).toBe('stale');
    line?.heard(changes(800));
    expect(told.at(-1)).toBe('live');
  });

  test('its curve is the centre’s, and fails without it', async () => {
    await expect(async () => board.handlers['board.curve']({ queueId: null })).rejects.toThrow(
      'away',
    );
  });
});
