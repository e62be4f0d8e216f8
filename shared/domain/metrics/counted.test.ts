import { describe, expect, test } from 'vitest';
import type { CallEvent, EventSource } from './callEvents.ts';
import { historyOf, inOrder } from './callHistory.ts';
import { countedEvents, sourceOf } from './counted.ts';

type OfCall = Exclude<CallEvent, { name: 'agent.state' }>;
type Step = [number, OfCall['name'], Record<string, unknown>?];

let made = 0;
/** Events of one call in the queue `support`, in seconds. */
function told(source: EventSource, ...steps: Step[]): OfCall[] {
  return steps.map(([seconds, name, parts]) => {
    made += 1;
    const event = {
      ...{
        id: `e${String(made).padStart(4, '0')}`,
        at: seconds * 1000,
        source,
        callRef: 'c',
        name,
      },
      ...{ agentId: 'a', queueId: 'support', by: 'agent', how: 'noAnswer', ...parts },
    };
    return event as OfCall;
  });
}
const endsOf = (events: OfCall[]) =>
  historyOf(countedEvents(events)).entries.map(({ end, endedAt }) => [end, endedAt]);

describe('told by the PBX and by desks', () => {
  const desk = told(
    'desk',
    [1, 'queue.entered'],
    [1, 'agent.offered'],
    [6, 'agent.answered'],
    [31, 'agent.left'],
    [51, 'agent.wrappedUp'],
  );
  const pbx = told('pbx', [0, 'queue.entered'], [5, 'agent.answered'], [30, 'agent.left']);
  test('the PBX counts, and the end of after-call work from the desk', () => {
    const { entries, handles } = historyOf(countedEvents([...desk, ...pbx]));
    expect(entries).toMatchObject([{ enteredAt: 0, endedAt: 5000 }]);
    expect(handles).toMatchObject([{ talkMs: 25_000, afterCallMs: 21_000 }]);
    expect(sourceOf([...desk, ...pbx])).toBe('pbx');
  });
  test('a call with a colleague, as the desk knows, is nobody’s handled call', () => {
    const { entries, handles } = historyOf(
      countedEvents([...pbx, ...told('desk', [30, 'agent.internal'])]),
    );
    expect(handles).toEqual([]);
    expect(entries).toHaveLength(1);
    const other = told('desk', [30, 'agent.internal', { agentId: 'b' }]);
    expect(historyOf(countedEvents([...pbx, ...other])).handles).toHaveLength(1);
  });
  test('without a connector the desk counts', () => {
    const { entries, handles } = historyOf(countedEvents(desk));
    expect(entries).toMatchObject([{ enteredAt: 1000, endedAt: 6000 }]);
    expect(handles).toMatchObject([{ talkMs: 25_000, afterCallMs: 20_000 }]);
    expect(sourceOf(desk)).toBe('desk');
  });
  test('wrapped up by a clock that is a little behind: no after-call work, but done', () => {
    const early = told('desk', [29, 'agent.wrappedUp']);
    const { handles } = historyOf(countedEvents([...pbx, ...early]));
    expect(handles).toMatchObject([{ doneAt: 30_000, afterCallMs: 0 }]);
    const before = told('desk', [0, 'agent.wrappedUp']);
    const long = told('pbx', [0, 'agent.answered'], [300, 'agent.left']);
    expect(historyOf([...before, ...long]).handles).toMatchObject([{ doneAt: null }]);
  });
});

const b = { agentId: 'b' };
test.each<[string, Step[], unknown[]]>([
  [
    'rings',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
    ],
    [[null, null]],
  ],
  [
    'was missed by the only desk that rang: gone, nobody can say how',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
      [15, 'agent.notAnswered'],
    ],
    [['unseen', 15_000]],
  ],
  [
    'was missed, and rings at the next desk',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
      [15, 'agent.notAnswered'],
      [0, 'queue.entered', b],
      [15, 'agent.offered', b],
    ],
    [[null, null]],
  ],
  [
    'was missed, and answered at the next desk',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
      [15, 'agent.notAnswered'],
      [15, 'agent.offered', b],
      [20, 'agent.answered', b],
    ],
    [['answered', 20_000]],
  ],
  [
    'rang at two desks at once, and one took it',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
      [0, 'agent.offered', b],
      [9, 'agent.answered', b],
      [9.2, 'agent.notAnswered', { how: 'withdrawn' }],
    ],
    [['answered', 9000]],
  ],
  [
    'was given up while it rang',
    [
      [0, 'queue.entered'],
      [0, 'agent.offered'],
      [12, 'agent.notAnswered', { how: 'withdrawn' }],
      [12, 'queue.left', { how: 'abandoned' }],
    ],
    [['abandoned', 12_000]],
  ],
])('a call that only desks told of: %s', (_what, steps, expected) => {
  expect(endsOf(told('desk', ...steps))).toEqual(expected);
});

test('in order: by time, then as things happen, each once', () => {
  const events = told('pbx', [5, 'agent.left'], [5, 'agent.answered'], [0, 'queue.entered']);
  const names = inOrder([...events, ...events]).map(({ name }) => name);
  expect(names).toEqual(['queue.entered', 'agent.answered', 'agent.left']);
});
