import { describe, expect, test } from 'vitest';
import type { Call } from '#shared/domain/calls/call.ts';
import type { Presence } from '#shared/domain/user.ts';
import { eventsOfCall, eventsOfInterval, eventsOfPresence } from './deskEvents.ts';

const call: Call = {
  ...{ callRef: 'c', direction: 'in', queueId: 'support', numberRaw: '10010', numberKey: null },
  ...{ callerName: null, customerId: null, agentId: 'a', offeredAt: 10_000, answeredAt: null },
  ...{ endedAt: null, endedBy: null, result: null, waitedMs: 4_000, heldMs: 0, report: null },
  ...{ transferredTo: null, transferredBy: null, recordingGaps: [], kind: 'customer' },
};
const talked: Partial<Call> = {
  ...{ answeredAt: 15_000, endedAt: 75_000, result: 'answered', endedBy: 'customer' },
};
const told = (parts: Partial<Call>) =>
  eventsOfCall('id', { ...call, ...parts }).map(({ name, at }) => `${at / 1000} ${name}`);
const came = ['6 queue.entered', '10 agent.offered'];

test.each<[string, Partial<Call>, string[]]>([
  ['that rings', {}, came],
  ['that nobody let wait', { waitedMs: null }, ['10 queue.entered', '10 agent.offered']],
  ['that came by no queue', { queueId: null }, ['10 agent.offered']],
  ['that is talked', { answeredAt: 15_000 }, [...came, '15 agent.answered']],
  ['that was answered', talked, [...came, '15 agent.answered', '75 agent.left']],
  [
    'that was on hold',
    { ...talked, heldMs: 20_000 },
    [...came, '15 agent.answered', '55 agent.held', '75 agent.left'],
  ],
  [
    'that was passed on',
    { ...talked, transferredTo: '2042' },
    [...came, '15 agent.answered', '75 agent.transferred', '75 agent.left'],
  ],
  ['that was missed', { endedAt: 30_000, result: 'missed' }, [...came, '30 agent.notAnswered']],
  [
    'that was given up while it rang',
    { endedAt: 30_000, result: 'abandoned' },
    [...came, '30 agent.notAnswered', '30 queue.left'],
  ],
  [
    'that was dialled and talked',
    { ...talked, direction: 'out', queueId: null },
    ['10 agent.dialled', '15 agent.answered', '75 agent.left'],
  ],
  [
    'that was dialled in vain',
    { direction: 'out', queueId: null, endedAt: 30_000, result: 'failed' },
    ['10 agent.dialled', '30 agent.left', '30 agent.wrappedUp'],
  ],
  ['with a colleague that goes on', { answeredAt: 15_000, kind: 'colleague' }, []],
  ['with a colleague', { ...talked, kind: 'colleague' }, ['75 agent.internal']],
  ['that tries the headset', { ...talked, kind: 'test' }, []],
])('a call %s', (_what, parts, expected) => {
  expect(told(parts)).toEqual(expected);
});

test.each([
  ['missed', 'noAnswer'],
  ['rejected', 'rejected'],
  ['elsewhere', 'withdrawn'],
  ['failed', 'withdrawn'],
] as const)('an offer that ended as %s was %s', (result, how) => {
  const events = eventsOfCall('id', { ...call, endedAt: 30_000, result });
  expect(events.at(-1)).toMatchObject({ name: 'agent.notAnswered', how });
});

test('what a record told before has the same ids later', () => {
  const [before, after] = [eventsOfCall('id', call), eventsOfCall('id', { ...call, ...talked })];
  expect(after.slice(0, before.length)).toEqual(before);
  expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
});

describe('states', () => {
  const presence: Presence = {
    ...{ userId: 'a', name: 'A', state: 'ready', reason: null, since: 100 },
    ...{ callId: null, customerName: null, queueId: null },
  };
  const last = (state: Presence['state'], from: number) => ({ state, reason: null, from });
  test.each([
    ['the first that is known', null, 100],
    ['one that began behind the last', last('onCall', 50), 100],
    ['the one that is known', last('ready', 100), null],
    ['one that goes on again: from when it was told', last('break', 200), 300],
    ['one of the same ms', { ...last('break', 400) }, 401],
  ])('%s', (_what, known, at) => {
    const events = eventsOfPresence(presence, 300, known);
    expect(events.map((event) => event.at)).toEqual(at === null ? [] : [at]);
  });
  test('a state that is over has the id of when it was told as the newest', () => {
    const [newest] = eventsOfPresence(presence, 100, null);
    const [over] = eventsOfInterval({
      userId: 'a',
      state: 'ready',
      reason: null,
      from: 100,
      to: 200,
    });
    expect(over).toEqual(newest);
  });
  test('one that lasted no time was none', () => {
    const none = { userId: 'a', state: 'ready' as const, reason: null, from: 100, to: 100 };
    expect(eventsOfInterval(none)).toEqual([]);
  });
});
