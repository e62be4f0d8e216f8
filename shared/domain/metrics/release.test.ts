import { expect, test } from 'vitest';
import type { AgentStretch } from './agentTime.ts';
import type { Handle } from './handling.ts';
import { released, releasedAt } from './release.ts';

/** States one after the other, in seconds; the last goes on. */
function states(...steps: [number, AgentStretch['state']][]): AgentStretch[] {
  return steps.map(([from, state], index) => {
    const next = steps[index + 1];
    const to = next ? next[0] * 1000 : null;
    return { agentId: 'a', state, reason: null, from: from * 1000, to };
  });
}

test.each<[string, number, [number, AgentStretch['state']][], number | null]>([
  [
    'with the state that follows',
    20,
    [
      [0, 'onCall'],
      [20, 'wrapUp'],
      [50, 'ready'],
    ],
    50,
  ],
  [
    'while that goes on nobody knows',
    20,
    [
      [0, 'onCall'],
      [20, 'wrapUp'],
    ],
    null,
  ],
  [
    'the PBX saw the end a second before the desk',
    19,
    [
      [0, 'onCall'],
      [20, 'wrapUp'],
      [50, 'ready'],
    ],
    50,
  ],
  [
    'and a second behind it',
    21,
    [
      [0, 'onCall'],
      [20, 'wrapUp'],
      [50, 'ready'],
    ],
    50,
  ],
  [
    'nothing to conclude',
    20,
    [
      [0, 'onCall'],
      [20, 'ready'],
    ],
    20,
  ],
  [
    'nothing to conclude, seen a little later',
    21,
    [
      [0, 'onCall'],
      [20, 'ready'],
    ],
    21,
  ],
  [
    'another call went on',
    20,
    [
      [0, 'onCall'],
      [60, 'wrapUp'],
      [90, 'ready'],
    ],
    20,
  ],
  ['or goes on still: not known yet', 20, [[0, 'onCall']], null],
  [
    'another call was taken in after-call work',
    20,
    [
      [0, 'onCall'],
      [20, 'wrapUp'],
      [30, 'onCall'],
    ],
    30,
  ],
  [
    'the agent signed out at once',
    20,
    [
      [0, 'onCall'],
      [20, 'signedOut'],
    ],
    20,
  ],
  ['signed out all the time, at a phone without a desk', 20, [[0, 'signedOut']], 20],
  [
    'the desk knew nothing of the call',
    20,
    [
      [0, 'ready'],
      [60, 'break'],
    ],
    20,
  ],
  ['nor has it told anything since', 20, [[0, 'ready']], null],
  ['no states at all', 20, [], null],
  ['before the first state', 20, [[30, 'ready']], null],
])('%s', (_what, left, steps, expected) => {
  const at = expected === null ? null : expected * 1000;
  expect(releasedAt(left * 1000, states(...steps))).toBe(at);
});

const handle: Handle = {
  ...{ id: 'h', callRef: 'c', agentId: 'a', queueId: null, direction: 'in' },
  ...{ beganAt: 0, answeredAt: 0, leftAt: 20_000, endedBy: null },
  ...{ dialMs: 0, talkMs: 20_000, holdMs: 0, afterCallMs: 0, doneAt: null },
};
const shift = states([0, 'onCall'], [20, 'wrapUp'], [50, 'ready']);

test.each([
  ['nobody said it', null, 50_000, 30_000],
  ['the wrap-up was saved before that', 40_000, 40_000, 20_000],
  ['it was saved from the backlog, hours later', 9_000_000, 50_000, 30_000],
])('what ends first ends after-call work: %s', (_what, saidAt, doneAt, afterCallMs) => {
  const said = { ...handle, doneAt: saidAt, afterCallMs: saidAt === null ? 0 : saidAt - 20_000 };
  expect(released(said, shift)).toMatchObject({ doneAt, afterCallMs });
});

test('a call that goes on stays as it is', () => {
  const running = { ...handle, leftAt: null };
  expect(released(running, shift)).toBe(running);
});
