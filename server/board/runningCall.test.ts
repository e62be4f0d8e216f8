import { describe, expect, test } from 'vitest';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { runningCallOf } from './runningCall.ts';

type Step = [at: number, name: CallEvent['name'], parts?: Record<string, unknown>];

function after(...steps: Step[]) {
  const events = steps.map(
    ([at, name, parts], index) =>
      ({ id: String(index), at, source: 'pbx', callRef: 'c', name, ...parts }) as CallEvent,
  );
  const running = runningCallOf(events);
  if (!running) return null;
  const { state, queueId, agentId, enteredAt, answeredAt, direction } = running.call;
  return [state, queueId, agentId, enteredAt, answeredAt, direction, [...running.agentIds].join()];
}

const entered: Step = [10, 'queue.entered', { queueId: 'q' }];
const offered: Step = [12, 'agent.offered', { queueId: 'q', agentId: 'a' }];
const answered: Step = [15, 'agent.answered', { queueId: 'q', agentId: 'a' }];

describe('where a call is', () => {
  test.each<[string, Step[], ReturnType<typeof after>]>([
    ['waiting', [entered], ['waiting', 'q', null, 10, null, 'in', '']],
    ['ringing', [entered, offered], ['ringing', 'q', 'a', 10, null, 'in', 'a']],
    [
      'waiting again after nobody answered',
      [entered, offered, [20, 'agent.notAnswered', { queueId: 'q', agentId: 'a' }]],
      ['waiting', 'q', null, 10, null, 'in', ''],
    ],
    ['talked', [entered, offered, answered], ['talking', 'q', 'a', 10, 15, 'in', 'a']],
    [
      'no more at the others it rang at',
      [entered, [11, 'agent.offered', { queueId: 'q', agentId: 'b' }], offered, answered],
      ['talking', 'q', 'a', 10, 15, 'in', 'a'],
    ],
    [
      'held',
      [entered, answered, [16, 'agent.held', { agentId: 'a' }]],
      ['held', 'q', 'a', 10, 15, 'in', 'a'],
    ],
    [
      'talked again',
      [
        entered,
        answered,
        [16, 'agent.held', { agentId: 'a' }],
        [17, 'agent.resumed', { agentId: 'a' }],
      ],
      ['talking', 'q', 'a', 10, 15, 'in', 'a'],
    ],
    ['over', [entered, answered, [20, 'agent.left', { agentId: 'a', by: 'agent' }]], null],
    [
      'given up',
      [
        entered,
        offered,
        [14, 'queue.left', { queueId: 'q', how: 'abandoned' }],
        [14, 'agent.notAnswered', { queueId: 'q', agentId: 'a' }],
      ],
      null,
    ],
    [
      'in the queue it was passed on to',
      [
        entered,
        answered,
        [20, 'agent.transferred', { agentId: 'a' }],
        [20, 'queue.entered', { queueId: 'r' }],
        [20, 'agent.left', { agentId: 'a', by: 'agent' }],
      ],
      ['waiting', 'r', null, 20, null, 'in', ''],
    ],
    [
      'dialled',
      [[10, 'agent.dialled', { agentId: 'a', called: '+4930' }]],
      ['ringing', null, 'a', 10, null, 'out', 'a'],
    ],
    [
      'dialled and answered',
      [
        [10, 'agent.dialled', { agentId: 'a' }],
        [14, 'agent.answered', { agentId: 'a', queueId: null }],
      ],
      ['talking', null, 'a', 10, 14, 'out', 'a'],
    ],
    [
      'ringing without a queue',
      [[10, 'agent.offered', { agentId: 'a', queueId: null }]],
      ['ringing', null, 'a', 10, null, 'in', 'a'],
    ],
    [
      'with who came to it last',
      [
        entered,
        answered,
        [30, 'agent.answered', { agentId: 'b', queueId: null }],
        [31, 'agent.left', { agentId: 'a', by: 'agent' }],
      ],
      ['talking', null, 'b', 30, 30, 'in', 'b'],
    ],
    ['no call at all', [], null],
  ])('%s', (_, steps, expected) => {
    expect(after(...steps)).toEqual(expected);
  });
});
