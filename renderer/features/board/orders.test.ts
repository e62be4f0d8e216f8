import { describe, expect, it } from 'vitest';
import { zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import { figuresOf } from '../../store/boardFigures.ts';
import { callListed, countedSince, orderCalls } from './callOrder.ts';
import { dayCurveOf } from './curve.ts';
import { type Hand, helpersFor, oneTeamOf } from './queueHelpers.ts';
import { orderQueues } from './queueOrder.ts';
import { aBoardAgent, aBoardCall, aBoardQueue } from './testBoard.ts';

describe('the list of calls', () => {
  const calls = [
    aBoardCall('talk', { state: 'talking', enteredAt: 1, answeredAt: 5, agentId: 'a' }),
    aBoardCall('new', { enteredAt: 9 }),
    aBoardCall('ring', { state: 'ringing', enteredAt: 2, agentId: 'b' }),
    aBoardCall('old', { enteredAt: 3, queueId: 'sales' }),
  ];
  const refs = (filter: Parameters<typeof orderCalls>[1]) =>
    orderCalls(calls, filter).map(({ callRef }) => callRef);

  it('has who waits first, the longest at the top', () => {
    expect(refs({ queueId: null, agentIds: null })).toEqual(['old', 'new', 'ring', 'talk']);
  });

  it('keeps to a queue, and to agents but for calls that have none yet', () => {
    expect(refs({ queueId: 'sales', agentIds: null })).toEqual(['old']);
    expect(refs({ queueId: null, agentIds: new Set(['a']) })).toEqual(['old', 'new', 'talk']);
  });

  it.each([
    ['waiting', null, 10],
    ['ringing', null, 10],
    ['talking', 30, 30],
    ['held', 30, 30],
  ] as const)(
    'counts a call that is %s from its entry or its answer',
    (state, answeredAt, since) => {
      expect(countedSince(aBoardCall('x', { state, enteredAt: 10, answeredAt }))).toBe(since);
    },
  );

  it('counts the dialling of a call that waits in no queue', () => {
    const dialled = aBoardCall('x', { queueId: null, direction: 'out', state: 'ringing' });
    expect(countedSince({ ...dialled, enteredAt: 7 })).toBe(7);
    expect(callListed([dialled])).toEqual({ waiting: 0, all: 1 });
  });
});

describe('tiles of queues', () => {
  const queues = [
    aBoardQueue('a', { levelBase: 10, answeredInTime: 9 }),
    aBoardQueue('b', { levelBase: 10, answeredInTime: 5 }),
    aBoardQueue('c'),
  ];
  const figures = figuresOf({
    queues: new Map(queues.map((queue) => [queue.queueId, queue])),
    agents: new Map(),
    calls: new Map([['x', aBoardCall('x', { queueId: 'c' })]]),
  });
  const levels = { a: null, b: 'warn', c: 'alarm' } as const;
  const rule = {
    ids: ['c', 'b', 'a'],
    levelOf: (id: string) => levels[id as 'a' | 'b' | 'c'],
  };

  it.each([
    ['set', ['c', 'b', 'a']],
    ['worst', ['c', 'b', 'a']],
    ['waiting', ['c', 'b', 'a']],
    ['level', ['b', 'a', 'c']],
  ] as const)('by %s', (by, ids) => {
    const sorted = orderQueues([...figures.values()], by, rule);
    expect(sorted.map(({ queueId }) => queueId)).toEqual(ids);
  });
});

describe('who can help a queue', () => {
  const agents = [
    aBoardAgent(1, { queueIds: ['a'], since: 9 }),
    aBoardAgent(2, { queueIds: [], since: 5, teamId: 'east' }),
    aBoardAgent(3, { queueIds: ['b'], teamId: 'east' }),
    aBoardAgent(4, { queueIds: ['a'], state: 'onCall' }),
    aBoardAgent(5, { queueIds: ['b'], state: 'break', since: 8, teamId: 'east' }),
    aBoardAgent(6, { queueIds: ['b'], state: 'break', since: 7, teamId: 'east' }),
    aBoardAgent(7, { queueIds: ['a'], state: 'break' }),
    aBoardAgent(8, { queueIds: ['a'], extension: null }),
    aBoardAgent(9, { queueIds: ['b'], state: 'signedOut' }),
  ];
  const stepsOf = (hands: readonly Hand[]) =>
    Object.fromEntries(hands.map(({ agent, steps }) => [agent.name, steps.join('+')]));
  const lead = { id: 'lead', role: 'supervisor', teamId: 'west' } as const;
  const { elsewhere, onBreak, busy } = helpersFor(agents, { queueId: 'b', me: lead });

  it('is ready elsewhere, on a break, or busy elsewhere; the longest first', () => {
    expect(Object.entries(stepsOf(elsewhere))).toEqual([
      ['Agent 2', 'add'],
      ['Agent 1', 'add'],
    ]);
    expect(Object.entries(stepsOf(onBreak))).toEqual([
      ['Agent 6', 'ready'],
      ['Agent 5', 'ready'],
      ['Agent 7', 'add+ready'],
    ]);
    expect(stepsOf(busy)).toEqual({ 'Agent 4': 'add' });
  });

  it('is never oneself', () => {
    const me = { ...lead, id: aBoardAgent(2).agentId };
    const others = helpersFor(agents, { queueId: 'b', me });
    expect(stepsOf(others.elsewhere)).toEqual({ 'Agent 1': 'add' });
  });

  it.each([
    ['supervisor', []],
    ['administrator', ['Agent 1']],
    ['agent', []],
  ] as const)('is an administrator only for one: a %s may ask %j', (role, expected) => {
    const chief = [aBoardAgent(1, { queueIds: [], role: 'administrator' })];
    const found = helpersFor(chief, { queueId: 'b', me: { ...lead, role } });
    expect(found.elsewhere.map(({ agent }) => agent.name)).toEqual(expected);
  });

  it('is written to as one team only where all who take the queue are of one', () => {
    expect(oneTeamOf(agents, 'b')).toBe('east');
    expect(oneTeamOf([...agents, aBoardAgent(10, { queueIds: ['b'] })], 'b')).toBeNull();
    expect(oneTeamOf(agents, 'c')).toBeNull();
  });
});

describe('the curve of the day', () => {
  const zone = zoneOf('Asia/Shanghai');
  if (!zone) throw new Error('no zone');
  const at = (time: string, day = '20') => Date.parse(`2026-11-${day}T${time}:00+08:00`);
  const point = (time: string, offered: number, day?: string) => ({
    ...{ at: at(time, day), offered, answered: offered - 1 },
  });
  const curve = {
    today: [point('09:00', 4), point('09:15', 6), point('10:00', 3)],
    yesterday: [point('08:30', 2, '19'), point('10:15', 5, '19')],
    lastWeek: [point('11:00', 7, '13')],
  };

  it('lays three days over each other by half hours, today only as far as it has come', () => {
    expect(dayCurveOf(curve, 'offered', { zone, now: at('10:10') })).toEqual({
      labels: ['08:30', '09:00', '09:30', '10:00', '10:30', '11:00'],
      today: [0, 10, 0, 3, null, null],
      yesterday: [2, 0, 0, 5, 0, 0],
      lastWeek: [0, 0, 0, 0, 0, 7],
      soFar: { today: 13, yesterday: 2, lastWeek: 0 },
    });
  });

  it('has the running half hour where there was no call at all', () => {
    const none = { today: [], yesterday: [], lastWeek: [] };
    expect(dayCurveOf(none, 'answered', { zone, now: at('00:10') })).toMatchObject({
      labels: ['00:00'],
      today: [0],
    });
  });
});
