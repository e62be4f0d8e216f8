import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { historyOf } from '#shared/domain/metrics/callHistory.ts';
import { countEntries, noCounts } from '#shared/domain/metrics/queueFigures.ts';
import { targetsOf, usualSupervision } from '#shared/domain/settings/supervision.ts';
import type { CallStory } from '../callEvents/stories.ts';
import type { KnownUser } from '../store/users.ts';
import { type BoardDifference, type BoardParts, createBoardState } from './boardState.ts';

const minuteMs = 60_000;
const dayFrom = 1_000 * 24 * 60 * minuteMs;
const now = dayFrom + 12 * 60 * minuteMs;

const user = (id: string, parts: Partial<KnownUser> = {}): KnownUser => ({
  ...{ id, login: id, name: `Agent ${id}`, role: 'agent', teamId: null, extension: `2${id}` },
  ...{ queueIds: ['q'], active: true },
  ...parts,
});
const surroundings = {
  queueIds: ['q', 'r'],
  people: [user('1'), user('2'), user('8', { role: 'supervisor' }), user('9', { active: false })],
  rules: usualSupervision,
  queuesOf: null,
};

function story(callRef: string, told: readonly CallEvent[]): CallStory {
  const events = told.filter((event) => event.name !== 'agent.state');
  const { entries, handles, ringNoAnswers } = historyOf(events);
  return { callRef, source: 'pbx', events, entries, handles, ringNoAnswers };
}

interface Journey {
  queueId: string;
  enteredAt: number;
  waitMs: number;
  agentId: string;
  end: 'answered' | 'abandoned' | 'waiting';
}

function eventsOf(journey: Journey, callRef: string): CallEvent[] {
  const { queueId, enteredAt, waitMs, agentId, end } = journey;
  const common = (at: number) => ({ id: `${callRef} ${at}`, at, source: 'pbx' as const, callRef });
  const entered: CallEvent = { name: 'queue.entered', ...common(enteredAt), queueId };
  const endedAt = enteredAt + 1 + waitMs;
  if (end === 'waiting') return [entered];
  if (end === 'abandoned') {
    return [entered, { name: 'queue.left', ...common(endedAt), queueId, how: 'abandoned' }];
  }
  const leftAt = endedAt + 60_000;
  return [
    entered,
    { name: 'agent.answered', ...common(endedAt), agentId, queueId },
    { name: 'agent.left', ...common(leftAt), agentId, by: 'agent' },
    { name: 'agent.wrappedUp', ...common(leftAt + 5_000), agentId },
  ];
}

const journeyArb: fc.Arbitrary<Journey> = fc.record({
  queueId: fc.constantFrom('q', 'r', 'not configured'),
  enteredAt: fc.integer({ min: dayFrom - 60 * minuteMs, max: now }),
  waitMs: fc.integer({ min: 0, max: 5 * minuteMs }),
  agentId: fc.constantFrom('1', '2'),
  end: fc.constantFrom('answered' as const, 'abandoned' as const, 'waiting' as const),
});

/** What a desk makes of it. */
function after(parts: BoardParts, difference: BoardDifference | null): BoardParts {
  if (!difference) return parts;
  const merged = <T>(of: T[], changed: T[], gone: string[], id: (item: T) => string) => [
    ...of.filter(
      (item) => !gone.includes(id(item)) && !changed.some((one) => id(one) === id(item)),
    ),
    ...changed,
  ];
  const { queues, agents, calls, goneQueues, goneAgents, goneCalls } = difference;
  return {
    queues: merged(parts.queues, queues, goneQueues, ({ queueId }) => queueId),
    agents: merged(parts.agents, agents, goneAgents, ({ agentId }) => agentId),
    calls: merged(parts.calls, calls, goneCalls, ({ callRef }) => callRef),
  };
}

const sorted = ({ queues, agents, calls }: BoardParts) => ({
  queues: queues.toSorted((a, b) => (a.queueId < b.queueId ? -1 : 1)),
  agents: agents.toSorted((a, b) => (a.agentId < b.agentId ? -1 : 1)),
  calls: calls.toSorted((a, b) => (a.callRef < b.callRef ? -1 : 1)),
});

test('law: told piece by piece, late and twice, the board counts what the day’s entries come to', () => {
  fc.assert(
    fc.property(
      fc.array(journeyArb, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 40 }),
      (journeys, steps) => {
        const told = journeys.map((journey, index) => eventsOf(journey, `call ${index}`));
        const board = createBoardState(dayFrom, surroundings);
        board.difference(now);
        let copy = board.whole();
        const heard = told.map(() => 0);
        for (const step of steps) {
          const at = journeys.length === 0 ? 0 : step % journeys.length;
          const events = told[at];
          if (!events) continue;
          heard[at] = Math.min((heard[at] ?? 0) + 1, events.length);
          board.takeCalls([story(`call ${at}`, events.slice(0, heard[at]))]);
          copy = after(copy, board.difference(now));
        }
        expect(sorted(copy)).toEqual(sorted(board.whole()));
        const { entries, handles } = historyOf(
          told.flatMap((events, index) => events.slice(0, heard[index])),
        );
        for (const { queueId, today } of copy.queues) {
          const own = entries.filter((one) => one.queueId === queueId && one.enteredAt >= dayFrom);
          expect(today).toEqual(countEntries(own, targetsOf(usualSupervision, queueId), 0));
        }
        for (const { agentId, today } of copy.agents) {
          const done = handles.filter(
            (one) => one.agentId === agentId && (one.doneAt ?? 0) >= dayFrom,
          );
          expect(today.handled).toBe(done.length);
        }
        expect(copy.calls.map(({ callRef }) => callRef).sort()).toEqual(
          told
            .flatMap((events, index) => {
              const last = events.slice(0, heard[index]).at(-1);
              const runs = last?.name === 'queue.entered' || last?.name === 'agent.answered';
              return runs && now - last.at <= 12 * 60 * minuteMs ? [`call ${index}`] : [];
            })
            .sort(),
        );
      },
    ),
  );
});

describe('agents', () => {
  const stretch = (agentId: string, state: 'ready' | 'break' | 'onCall', from: number) => ({
    ...{ agentId, state, from, to: null, reason: state === 'break' ? 'lunch' : null },
  });

  test('agents are there though signed out, others while they are signed in, nobody without an account', () => {
    const board = createBoardState(dayFrom, surroundings);
    board.difference(now);
    expect(board.whole().agents.map(({ agentId }) => agentId)).toEqual(['1', '2']);
    board.takeAgents([
      { agentId: '8', stretches: [stretch('8', 'ready', now - 1_000)] },
      { agentId: '9', stretches: [stretch('9', 'ready', now - 1_000)] },
    ]);
    const [shown] = board.difference(now)?.agents ?? [];
    expect(shown).toMatchObject({ agentId: '8', role: 'supervisor' });
  });

  test('times are cut at midnight, and the running state is left to who shows it', () => {
    const board = createBoardState(dayFrom, surroundings);
    const ready = { ...stretch('1', 'ready', dayFrom - 5_000), to: dayFrom + 7_000 };
    const lunch = stretch('1', 'break', dayFrom + 7_000);
    board.takeAgents([{ agentId: '1', stretches: [ready, lunch] }]);
    const agent = board.difference(now)?.agents.find(({ agentId }) => agentId === '1');
    expect(agent).toMatchObject({ state: 'break', reason: 'lunch', since: dayFrom + 7_000 });
    expect(agent?.today.time).toMatchObject({ ready: 7_000, break: 0 });
  });

  test('who has been in one state for a day is not there any more', () => {
    const board = createBoardState(dayFrom, surroundings);
    board.takeAgents([{ agentId: '1', stretches: [stretch('1', 'ready', dayFrom - 1)] }]);
    board.difference(now);
    const later = dayFrom + 24 * 60 * minuteMs;
    const changed = board.difference(later, true)?.agents ?? [];
    expect(changed.map(({ agentId, state }) => [agentId, state])).toEqual([['1', 'signedOut']]);
  });

  test('the queues of the PBX count before those of the account', () => {
    const board = createBoardState(dayFrom, surroundings);
    board.difference(now);
    board.surround({ ...surroundings, queuesOf: (extension) => (extension === '21' ? ['r'] : []) });
    const queues = board
      .difference(now)
      ?.agents.map(({ agentId, queueIds }) => [agentId, queueIds]);
    expect(queues).toEqual([
      ['1', ['r']],
      ['2', []],
    ]);
  });

  test('of two calls the one that was answered first is named', () => {
    const board = createBoardState(dayFrom, surroundings);
    const journey = { queueId: 'q', waitMs: 0, agentId: '1', end: 'answered' as const };
    const begun = (at: number, ref: string) =>
      story(ref, eventsOf({ ...journey, enteredAt: at }, ref).slice(0, 2));
    board.takeCalls([begun(now - 2_000, 'second'), begun(now - 9_000, 'first')]);
    const agent = () => board.whole().agents.find(({ agentId }) => agentId === '1');
    board.difference(now);
    expect(agent()?.callRef).toBe('first');
    board.takeCalls([story('first', [])]);
    board.difference(now);
    expect(agent()?.callRef).toBe('second');
  });
});

test('other targets count the day anew', () => {
  const board = createBoardState(dayFrom, surroundings);
  const journey = { queueId: 'q', enteredAt: now - 60_000, waitMs: 30_000, agentId: '1' };
  board.takeCalls([story('c', eventsOf({ ...journey, end: 'answered' }, 'c'))]);
  const inTime = () =>
    board.difference(now)?.queues.find(({ queueId }) => queueId === 'q')?.today.answeredInTime;
  expect(inTime()).toBe(0);
  const usual = targetsOf(usualSupervision, 'q');
  const targets = { '*': { ...usual, answerWithinMs: 60_000 } };
  board.surround({ ...surroundings, rules: { ...usualSupervision, targets } });
  expect(inTime()).toBe(1);
});

test('the handle time is that of the last half hour', () => {
  const board = createBoardState(dayFrom, surroundings);
  const journey = { queueId: 'q', enteredAt: now - 25 * minuteMs, waitMs: 0, agentId: '1' };
  board.takeCalls([story('c', eventsOf({ ...journey, end: 'answered' }, 'c'))]);
  const queue = (at: number) =>
    board.difference(at, true)?.queues.find(({ queueId }) => queueId === 'q');
  expect(queue(now)).toMatchObject({ handleMs: 65_000 });
  expect(queue(now + 10 * minuteMs)).toMatchObject({ handleMs: null });
});

test('a queue without calls is there, with nothing', () => {
  const board = createBoardState(dayFrom, surroundings);
  expect(board.difference(now)?.queues).toEqual([
    { queueId: 'q', today: noCounts, handleMs: null },
    { queueId: 'r', today: noCounts, handleMs: null },
  ]);
  expect(board.difference(now, true)).toBeNull();
});
