import { describe, expect, test } from 'vitest';
import type { CallEvent } from './callEvents.ts';
import { marksOf } from './recordingMarks.ts';

const start = 100_000;

/** Events of one agent, in seconds from the beginning of the recording. */
function story(...steps: [number, CallEvent['name']][]): CallEvent[] {
  return steps.map(([seconds, name], at) => {
    const event = { id: `e${at}`, at: start + seconds * 1_000, source: 'pbx', callRef: 'c' };
    return { ...event, name, agentId: 'a', queueId: null, by: null } as unknown as CallEvent;
  });
}

describe('marks along a recording', () => {
  test('holds and a transfer, whatever the order of what was told', () => {
    const events = story(
      [30, 'agent.resumed'],
      [10, 'agent.held'],
      [40, 'agent.transferred'],
      [0, 'agent.answered'],
    );
    expect(marksOf(events, [], start)).toEqual([
      { kind: 'held', fromMs: 10_000, toMs: 30_000 },
      { kind: 'transferred', fromMs: 40_000, toMs: 40_000 },
    ]);
  });

  test('a hold that nobody ended goes to the end of the part, or of the recording', () => {
    expect(marksOf(story([5, 'agent.held'], [9, 'agent.left']), [], start)).toEqual([
      { kind: 'held', fromMs: 5_000, toMs: 9_000 },
    ]);
    expect(marksOf(story([5, 'agent.held']), [], start)).toEqual([
      { kind: 'held', fromMs: 5_000, toMs: null },
    ]);
  });

  test('pauses of the desk; what lies before the beginning is cut', () => {
    const gaps = [
      { from: start - 3_000, to: start + 2_000 },
      { from: start + 7_000, to: null },
    ];
    expect(marksOf([], gaps, start)).toEqual([
      { kind: 'paused', fromMs: 0, toMs: 2_000 },
      { kind: 'paused', fromMs: 7_000, toMs: null },
    ]);
  });
});
