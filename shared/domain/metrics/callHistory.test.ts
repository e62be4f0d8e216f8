import { describe, expect, test } from 'vitest';
import type { CallEvent } from './callEvents.ts';
import { historyOf } from './callHistory.ts';

/** Events of one call by an agent, in seconds. */
function story(...steps: [number, CallEvent['name'], Record<string, unknown>?][]): CallEvent[] {
  return steps.map(([seconds, name, parts], index) => {
    const event = {
      ...{ id: `e${index}`, at: seconds * 1000, source: 'pbx', callRef: 'c', agentId: 'a' },
      ...{ queueId: 'support', name, by: 'agent', reason: null, ...parts },
    };
    return event as CallEvent;
  });
}

describe('one call', () => {
  test('answered, held twice, hung up, wrapped up', () => {
    const { entries, handles } = historyOf(
      story(
        [0, 'queue.entered'],
        [4, 'agent.offered'],
        [9, 'agent.answered'],
        [30, 'agent.held'],
        [45, 'agent.resumed'],
        [60, 'agent.held'],
        [65, 'agent.resumed'],
        [80, 'agent.left'],
        [100, 'agent.wrappedUp'],
      ),
    );
    expect(entries).toMatchObject([{ end: 'answered', enteredAt: 0, endedAt: 9000, agentId: 'a' }]);
    expect(handles).toMatchObject([
      { talkMs: 51_000, holdMs: 20_000, afterCallMs: 20_000, doneAt: 100_000, dialMs: 0 },
    ]);
  });

  test('passed on into another queue: a new entry there', () => {
    const { entries } = historyOf(
      story(
        [0, 'queue.entered'],
        [5, 'agent.answered'],
        [50, 'agent.transferred'],
        [50, 'queue.entered', { queueId: 'sales' }],
        [50, 'agent.left'],
        [70, 'queue.left', { queueId: 'sales', how: 'abandoned' }],
      ),
    );
    expect(entries).toMatchObject([
      { queueId: 'support', end: 'answered', transferred: true },
      { queueId: 'sales', end: 'abandoned', enteredAt: 50_000, endedAt: 70_000 },
    ]);
  });

  test('the same call comes back into the same queue later', () => {
    const { entries } = historyOf(
      story(
        [0, 'queue.entered'],
        [5, 'queue.left', { how: 'overflowed' }],
        [9, 'queue.entered'],
        [20, 'agent.answered'],
      ),
    );
    expect(entries.map(({ end }) => end)).toEqual(['overflowed', 'answered']);
  });

  test('dialled, answered and talked; dialled in vain', () => {
    const { handles } = historyOf(
      story(
        [0, 'agent.dialled'],
        [7, 'agent.answered', { queueId: null }],
        [27, 'agent.left'],
        [30, 'agent.wrappedUp'],
      ),
    );
    expect(handles).toMatchObject([
      { direction: 'out', dialMs: 7000, talkMs: 20_000, afterCallMs: 3000 },
    ]);
    const vain = historyOf(
      story([0, 'agent.dialled'], [15, 'agent.left'], [15, 'agent.wrappedUp']),
    );
    expect(vain.handles).toMatchObject([{ dialMs: 15_000, talkMs: 0, doneAt: 15_000 }]);
  });

  test.each([
    ['noAnswer', 1],
    ['rejected', 1],
    ['withdrawn', 0],
  ])('an offer that was not answered: %s', (how, count) => {
    const { ringNoAnswers } = historyOf(
      story([0, 'queue.entered'], [2, 'agent.offered'], [17, 'agent.notAnswered', { how }]),
    );
    expect(ringNoAnswers).toHaveLength(count);
  });

  test('a connector that begins in the middle: what it saw counts for itself', () => {
    const { entries, handles } = historyOf(
      story([9, 'agent.answered'], [20, 'agent.left'], [25, 'agent.wrappedUp']),
    );
    expect(entries).toEqual([]);
    expect(handles).toMatchObject([{ talkMs: 11_000, afterCallMs: 5000 }]);
    expect(historyOf(story([20, 'agent.left'], [25, 'agent.wrappedUp'])).handles).toEqual([]);
  });
});

test('states of an agent follow one another; the same one told again goes on', () => {
  const { stretches } = historyOf(
    story(
      [0, 'agent.state', { state: 'ready' }],
      [10, 'agent.state', { state: 'ready' }],
      [20, 'agent.state', { state: 'onCall' }],
    ),
  );
  expect(stretches).toEqual([
    { agentId: 'a', state: 'ready', reason: null, from: 0, to: 20_000 },
    { agentId: 'a', state: 'onCall', reason: null, from: 20_000, to: null },
  ]);
});
