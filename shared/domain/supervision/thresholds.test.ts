import { describe, expect, it } from 'vitest';
import type { Threshold } from '../settings/supervision.ts';
import { usualSupervision } from '../settings/supervision.ts';
import { type AgentNow, judgeBoard, levelOf, type QueueNow } from './thresholds.ts';

const minuteMs = 60_000;
const quiet: QueueNow = {
  ...{ queueId: 'support', waiting: 0, longestWaitMs: null, serviceLevel: null },
  ...{ abandonRate: null, readyAgents: 2 },
};
const agent: AgentNow = { agentId: 'a1', state: 'ready', since: 0, queueIds: ['support'] };

function threshold(changes: Partial<Threshold>): Threshold {
  return {
    ...{ id: 't', measure: 'waiting', queueId: null, warn: 3, alarm: 8 },
    ...{ sound: false, notify: false },
    ...changes,
  };
}

describe('a value against a threshold', () => {
  it.each([
    ['waiting', 3, 8, 2, null],
    ['waiting', 3, 8, 3, 'warn'],
    ['waiting', 3, 8, 7, 'warn'],
    ['waiting', 3, 8, 8, 'alarm'],
    ['longestWait', 60_000, 180_000, 59_999, null],
    ['longestWait', 60_000, 180_000, 60_000, 'warn'],
    ['longestWait', 60_000, 180_000, 180_000, 'alarm'],
    ['serviceLevel', 0.8, 0.6, 0.8, null],
    ['serviceLevel', 0.8, 0.6, 0.799, 'warn'],
    ['serviceLevel', 0.8, 0.6, 0.6, 'warn'],
    ['serviceLevel', 0.8, 0.6, 0.59, 'alarm'],
    ['abandonRate', 0.05, 0.1, 0.04, null],
    ['abandonRate', 0.05, 0.1, 0.05, 'warn'],
    ['abandonRate', 0.05, 0.1, 0.1, 'alarm'],
    ['readyAgents', 2, 0, 3, null],
    ['readyAgents', 2, 0, 2, 'warn'],
    ['readyAgents', 2, 0, 0, 'alarm'],
    ['onCall', 600_000, 1_200_000, 599_999, null],
    ['onCall', 600_000, 1_200_000, 1_200_000, 'alarm'],
  ] as const)('%s warns at %d, alarms at %d: %d is %s', (measure, warn, alarm, value, level) => {
    expect(levelOf({ measure, warn, alarm }, value)).toBe(level);
  });
});

describe('the board', () => {
  it('is quiet where nothing is over a limit, and where nothing was measured', () => {
    expect(
      judgeBoard(usualSupervision, { queues: [quiet], agents: [agent] }, 10 * minuteMs),
    ).toEqual([]);
  });

  it('finds queues and agents, with what was measured and the limit passed', () => {
    const queues = [{ ...quiet, waiting: 4, longestWaitMs: 200_000, serviceLevel: 0.71 }];
    const agents = [
      { ...agent, state: 'wrapUp' as const },
      { ...agent, agentId: 'a2', state: 'break' as const },
    ];
    const found = judgeBoard(usualSupervision, { queues, agents }, 4 * minuteMs);
    expect(found.map(({ id, level, value, limit }) => [id, level, value, limit])).toEqual([
      ['queue:support:waiting', 'warn', 4, 3],
      ['queue:support:longestWait', 'alarm', 200_000, 180_000],
      ['queue:support:serviceLevel', 'warn', 0.71, 0.8],
      ['agent:a1:wrapUp', 'warn', 4 * minuteMs, 3 * minuteMs],
    ]);
  });

  it('holds a queue to its own threshold where it has one', () => {
    const thresholds = [threshold({}), threshold({ id: 'vip', queueId: 'vip', warn: 1, alarm: 2 })];
    const queues = [
      { ...quiet, waiting: 2 },
      { ...quiet, queueId: 'vip', waiting: 2 },
    ];
    const found = judgeBoard({ thresholds }, { queues, agents: [] }, 0);
    expect(found.map(({ id, level }) => [id, level])).toEqual([['queue:vip:waiting', 'alarm']]);
  });

  it('holds agents to the threshold of a queue that they take', () => {
    const thresholds = [threshold({ measure: 'onCall', queueId: 'vip', warn: 1, alarm: 2 })];
    const busy = { ...agent, state: 'onCall' as const };
    const agents = [busy, { ...busy, agentId: 'a2', queueIds: ['support', 'vip'] }];
    const found = judgeBoard({ thresholds }, { queues: [], agents }, 1);
    expect(found.map(({ id, level }) => [id, level])).toEqual([['agent:a2:onCall', 'warn']]);
  });
});
