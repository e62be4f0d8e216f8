import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallEvent } from './callEvents.ts';
import { historyOf } from './callHistory.ts';
import { addHandles, noHandles, sumsOf } from './handling.ts';
import { addCounts, countEntries, noCounts, ratesOf, usualTargets } from './queueFigures.ts';

const queues = ['support', 'sales'];
const agents = ['a1', 'a2', 'a3'];

interface Journey {
  queue: string;
  startMs: number;
  waitMs: number;
  end: 'answered' | 'abandoned' | 'callBack' | 'overflowed' | 'waiting';
  agent: string;
  missedBy: string[];
  talkMs: number;
  holdMs: number;
  /** Passed on into the other queue. */
  transferred: boolean;
  wrapUpMs: number | null;
}

const journeyArb: fc.Arbitrary<Journey> = fc.record({
  queue: fc.constantFrom(...queues),
  startMs: fc.integer({ min: 0, max: 86_400_000 }),
  waitMs: fc.integer({ min: 0, max: 120_000 }),
  end: fc.constantFrom(
    'answered' as const,
    'answered' as const,
    'abandoned' as const,
    'callBack' as const,
    'overflowed' as const,
    'waiting' as const,
  ),
  agent: fc.constantFrom(...agents),
  missedBy: fc.subarray(agents),
  talkMs: fc.integer({ min: 1, max: 600_000 }),
  holdMs: fc.integer({ min: 0, max: 60_000 }),
  transferred: fc.boolean(),
  wrapUpMs: fc.option(fc.integer({ min: 0, max: 90_000 })),
});

function eventsOf(journey: Journey, number: number): CallEvent[] {
  const callRef = `call ${number}`;
  const { queue, agent, startMs, waitMs, end } = journey;
  const events: CallEvent[] = [];
  let count = 0;
  const common = (at: number) => {
    count += 1;
    return { id: `${number}-${count}`, at, source: 'pbx' as const, callRef };
  };
  const endAt = startMs + waitMs;
  events.push({ name: 'queue.entered', ...common(startMs), queueId: queue });
  for (const missed of journey.missedBy) {
    events.push({ name: 'agent.offered', ...common(startMs), agentId: missed, queueId: queue });
    events.push({
      ...{ name: 'agent.notAnswered', ...common(endAt), agentId: missed, queueId: queue },
      how: 'noAnswer',
    });
  }
  if (end === 'waiting') return events;
  if (end !== 'answered') {
    return [...events, { name: 'queue.left', ...common(endAt), queueId: queue, how: end }];
  }
  const heldAt = endAt + journey.talkMs;
  const leftAt = heldAt + journey.holdMs;
  events.push({ name: 'agent.answered', ...common(endAt), agentId: agent, queueId: queue });
  events.push({ name: 'agent.held', ...common(heldAt), agentId: agent });
  if (journey.transferred) {
    const other = queues.find((one) => one !== queue) ?? queue;
    events.push({ name: 'agent.transferred', ...common(leftAt), agentId: agent });
    events.push({ name: 'queue.entered', ...common(leftAt), queueId: other });
  }
  events.push({ name: 'agent.left', ...common(leftAt), agentId: agent, by: 'agent' });
  if (journey.wrapUpMs !== null) {
    events.push({
      ...{ name: 'agent.wrappedUp', ...common(leftAt + journey.wrapUpMs), agentId: agent },
    });
  }
  return events;
}

const heapArb = fc
  .array(journeyArb, { maxLength: 30 })
  .map((journeys) => ({ journeys, events: journeys.flatMap(eventsOf) }));
const now = 2 * 86_400_000;

test('offered = answered + abandoned + call-backs + overflowed + waiting, in every interval', () => {
  fc.assert(
    fc.property(heapArb, fc.integer({ min: 1, max: 90 }), ({ events }, minutes) => {
      const { entries } = historyOf(events);
      const length = minutes * 60_000;
      const cohorts = Map.groupBy(entries, ({ enteredAt }) => Math.floor(enteredAt / length));
      let sum = noCounts;
      for (const cohort of cohorts.values()) {
        const counts = countEntries(cohort, usualTargets, now);
        const { offered, answered, abandoned, callBacks, overflowed, waiting } = counts;
        expect(answered + abandoned + callBacks + overflowed + waiting).toBe(offered);
        for (const rate of Object.entries(ratesOf(counts))) {
          if (rate[0] !== 'answerSpeedMs') expect(rate[1] ?? 0).toBeLessThanOrEqual(1);
        }
        sum = addCounts(sum, counts);
      }
      // Intervals sum to the day.
      expect(sum).toEqual(countEntries(entries, usualTargets, now));
    }),
  );
});

test('the order of arrival does not matter, nor does what is told twice', () => {
  fc.assert(
    fc.property(
      heapArb.chain((heap) =>
        fc.tuple(
          fc.constant(heap.events),
          fc.shuffledSubarray([...heap.events, ...heap.events], {
            minLength: heap.events.length * 2,
          }),
        ),
      ),
      ([told, shuffled]) => {
        expect(historyOf(shuffled)).toEqual(historyOf(told));
      },
    ),
  );
});

test('what was told in two parts comes to the same as what was told at once', () => {
  fc.assert(
    fc.property(heapArb, fc.nat(), ({ events }, cut) => {
      const at = events.length === 0 ? 0 : cut % events.length;
      historyOf(events.slice(0, at));
      expect(historyOf([...events.slice(at), ...events.slice(0, at)])).toEqual(historyOf(events));
    }),
  );
});

test('every answered call is handled once, for as long as it took', () => {
  fc.assert(
    fc.property(heapArb, ({ journeys, events }) => {
      const { handles, ringNoAnswers } = historyOf(events);
      const answered = journeys.filter(({ end }) => end === 'answered');
      expect(handles).toHaveLength(answered.length);
      const done = answered.filter(({ wrapUpMs }) => wrapUpMs !== null);
      const sum = handles.reduce((all, handle) => addHandles(all, sumsOf(handle)), noHandles);
      expect(sum).toEqual({
        handled: done.length,
        dialMs: 0,
        talkMs: total(done.map(({ talkMs }) => talkMs)),
        holdMs: total(done.map(({ holdMs }) => holdMs)),
        afterCallMs: total(done.map(({ wrapUpMs }) => wrapUpMs ?? 0)),
      });
      expect(ringNoAnswers).toHaveLength(total(journeys.map(({ missedBy }) => missedBy.length)));
    }),
  );
});

function total(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
