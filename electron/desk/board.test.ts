import { beforeEach, describe, expect, test } from 'vitest';
import { fail } from '#shared/result.ts';
import type { BoardCall, BoardMessage } from '#shared/sync/board.ts';
import { keptLog } from '#tests/support/deskDouble.ts';
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
let board: BoardService;
/** What is to be done after so many ms. */
let timers: Map<number, () => void>;
/** Who has which number, E.164; and how often it was looked up. */
let customers: Record<string, string[]>;
let lookedUp: string[];
const clock = {
  now: () => 500,
  after(ms: number, callback: () => void) {
    timers.set(ms, callback);
    return () => timers.delete(ms);
  },
};
const silenceMs = 12_000;
const gatherMs = 1_000;

const call = (callRef: string, caller: string | null): BoardCall => ({
  ...{ callRef, caller, queueId: 'sales', direction: 'in', state: 'waiting' },
  ...{ enteredAt: 0, answeredAt: null, agentId: null },
});
const shownCalls = async () => (await watch(true)).board?.calls ?? [];

beforeEach(() => {
  [line, told, timers, customers, lookedUp] = [null, [], new Map(), {}, []];
  const events = createEventHub(keptLog());
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
  const cache = {
    customersWith({ e164 = '' }) {
      lookedUp.push(e164);
      return (customers[e164] ?? []).map((name) => ({ customerId: `id of ${name}`, name }));
    },
  };
  board = createBoard({
    cache,
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
    await watch(true);
    line?.heard({ ...everything(700), calls: [call('a', '+8613812345678'), call('b', null)] });
    line?.heard({ ...changes(800), calls: [call('c', 'anonymous')] });
    const shown = await shownCalls();
    expect(shown.map(({ caller }) => caller)).toEqual(['138 1234 5678', null, 'anonymous']);
  });

  test('names callers whom the desk knows, and looks each number up once', async () => {
    customers = { '+8613812345678': ['Hana Sato'], '+862162345678': ['Wing Ltd', 'Wing Service'] };
    await watch(true);
    const [one, several, nobody] = ['+8613812345678', '02162345678', '13900000000'];
    line?.heard({
      ...everything(700),
      calls: [call('a', one), call('b', several), call('c', nobody), call('d', null)],
    });
    line?.heard({ ...changes(800), calls: [{ ...call('a', one), state: 'talking' }] });
    expect((await shownCalls()).map(({ who }) => who)).toEqual([
      { customerId: 'id of Hana Sato', name: 'Hana Sato' },
      { customers: 2 },
      undefined,
      undefined,
    ]);
    expect(lookedUp).toHaveLength(3);
  });

  test('names a caller who becomes known, or another, while the call goes on', async () => {
    await watch(true);
    line?.heard({
      ...everything(700),
      calls: [call('a', '13812345678'), call('b', '13900000000')],
    });
    customers = { '+8613812345678': ['Hana Sato'] };
    board.refresh();
    board.refresh();
    told.length = 0;
    timers.get(gatherMs)?.();
    expect(told).toEqual([['board.changed', 2]]);
    expect((await shownCalls()).map(({ who }) => who && 'name' in who && who.name)).toEqual([
      'Hana Sato',
      undefined,
    ]);
    customers = {};
    board.refresh();
    timers.get(gatherMs)?.();
    expect((await shownCalls()).map(({ who }) => who)).toEqual([undefined, undefined]);
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
    timers.get(silenceMs)?.();
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
