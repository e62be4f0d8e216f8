import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { historyOf } from '#shared/domain/metrics/callHistory.ts';
import { countEntries, usualTargets } from '#shared/domain/metrics/queueFigures.ts';
import type { Happening } from './connector.ts';
import { createLedger, type EntryNow, type Ledger, type PartNow, type Present } from './ledger.ts';

function eventOf(event: Happening): CallEvent {
  if (!('extension' in event)) return { ...event, source: 'pbx' };
  const { extension, ...rest } = event;
  return { ...rest, source: 'pbx', agentId: extension };
}

/** A ledger with all it told. */
function telling() {
  const told: Happening[] = [];
  return { told, ledger: createLedger((event) => told.push(event)) };
}

const namesOf = (told: Happening[]) => told.map(({ name }) => name);
const entry: EntryNow = { callRef: 'c', queueId: 'q', mark: 'm', caller: '+8610', enteredAt: 1 };
const part = { key: 'p', callRef: 'c', extension: '2041' };
const partNow: PartNow = {
  ...{ ...part, began: 'rung', queueId: 'q', startedAt: 5, isAnswered: false },
};
const nothing: Present = { entries: [], parts: [], alive: new Set() };

test('a call is told once, whatever is said twice', () => {
  const { told, ledger } = telling();
  const steps: (() => void)[] = [
    () => ledger.entered(entry),
    () => ledger.offered(part, 'q', 2),
    () => ledger.answered('p', 'q', 3),
    () => ledger.held('p', true, 4),
    () => ledger.held('p', false, 6),
    () => ledger.ended('p', 'customer', 8),
    () => ledger.left('c', 'q', 'abandoned', 9),
  ];
  for (const step of steps) {
    step();
    step();
  }
  expect(namesOf(told)).toEqual([
    ...['queue.entered', 'agent.offered', 'agent.answered'],
    ...['agent.held', 'agent.resumed', 'agent.left'],
  ]);
});

test('what another run tells has the same ids', () => {
  const [one, other] = [telling(), telling()];
  for (const { ledger } of [one, other]) ledger.entered(entry);
  one.ledger.offered(part, 'q', 2);
  other.ledger.present({ entries: [], parts: [{ ...partNow }], alive: new Set(['p']) }, 0);
  expect(other.told.map(({ id }) => id)).toEqual(
    expect.arrayContaining(one.told.map(({ id }) => id)),
  );
});

test.each<[string, (ledger: Ledger) => void, Present, object[]]>([
  [
    'a caller who is gone',
    (ledger) => ledger.entered(entry),
    nothing,
    [{ name: 'queue.left', how: 'unseen', at: 10 }],
  ],
  [
    'a caller who waits still',
    (ledger) => ledger.entered(entry),
    { ...nothing, entries: [{ ...entry, enteredAt: 2 }] },
    [],
  ],
  [
    'a caller who waits anew',
    (ledger) => ledger.entered(entry),
    { ...nothing, entries: [{ ...entry, mark: 'n', enteredAt: 12 }] },
    [
      { name: 'queue.left', how: 'unseen', at: 10 },
      { name: 'queue.entered', at: 12 },
    ],
  ],
  [
    'a caller who talks now',
    (ledger) => ledger.entered(entry),
    {
      entries: [],
      parts: [{ ...partNow, startedAt: 12, isAnswered: true }],
      alive: new Set(['p']),
    },
    [
      { name: 'agent.offered', at: 12 },
      { name: 'agent.answered', queueId: 'q', at: 12 },
    ],
  ],
  [
    'a caller who came and was answered meanwhile',
    () => {},
    {
      entries: [],
      parts: [{ ...partNow, startedAt: 13, isAnswered: true, entry: { ...entry, enteredAt: 11 } }],
      alive: new Set(['p']),
    },
    [
      { name: 'queue.entered', at: 11 },
      { name: 'agent.offered', at: 13 },
      { name: 'agent.answered', at: 13 },
    ],
  ],
  [
    'a desk that was rung before and talks now',
    (ledger) => {
      ledger.entered(entry);
      ledger.offered(part, 'q', 5);
    },
    {
      entries: [],
      parts: [{ ...partNow, queueId: null, isAnswered: true }],
      alive: new Set(['p']),
    },
    [{ name: 'agent.answered', queueId: 'q', at: 10 }],
  ],
  [
    'a desk that rang and is gone',
    (ledger) => ledger.offered(part, 'q', 5),
    nothing,
    [{ name: 'agent.notAnswered', how: 'withdrawn', at: 10 }],
  ],
  [
    'a desk that talked and is gone',
    (ledger) => ledger.joined(part, 5),
    nothing,
    [{ name: 'agent.left', by: null, at: 10 }],
  ],
  [
    'a desk of which nothing can be said',
    (ledger) => ledger.joined(part, 5),
    { ...nothing, alive: new Set(['p']) },
    [],
  ],
  [
    'a desk that goes on under another name',
    (ledger) => ledger.joined(part, 5),
    { entries: [], parts: [{ ...partNow, key: 'x', isAnswered: true }], alive: new Set(['x']) },
    [],
  ],
])('after a time without the line: %s', (_what, before, present, expected) => {
  const { told, ledger } = telling();
  before(ledger);
  const from = told.length;
  ledger.present(present, 10);
  expect(told.slice(from)).toMatchObject(expected);
  // Asked once more, there is nothing to tell.
  ledger.present(present, 20);
  expect(told).toHaveLength(from + expected.length);
});

interface Call {
  enteredAt: number;
  offeredAt: number;
  endsAt: number;
  isAnswered: boolean;
  leftAt: number;
}

const callArb: fc.Arbitrary<Call> = fc
  .record({
    enteredAt: fc.nat(1_000),
    offer: fc.nat(100),
    ring: fc.nat(100),
    talk: fc.nat(500),
    isAnswered: fc.boolean(),
  })
  .map(({ enteredAt, offer, ring, talk, isAnswered }) => {
    const offeredAt = enteredAt + offer;
    const endsAt = offeredAt + ring;
    return { enteredAt, offeredAt, endsAt, isAnswered, leftAt: endsAt + talk };
  });

interface Step {
  at: number;
  do(ledger: Ledger): void;
}

function stepsOf(call: Call, number: number): Step[] {
  const { entry: entered, part: desk } = namesIn(call, number);
  const { offeredAt, endsAt, leftAt } = call;
  const steps: Step[] = [
    { at: call.enteredAt, do: (ledger) => ledger.entered(entered) },
    { at: offeredAt, do: (ledger) => ledger.offered(desk, 'q', offeredAt) },
  ];
  if (call.isAnswered) {
    steps.push({ at: endsAt, do: (ledger) => ledger.answered(desk.key, 'q', endsAt) });
    steps.push({ at: leftAt, do: (ledger) => ledger.ended(desk.key, 'agent', leftAt) });
  } else {
    steps.push({
      at: endsAt,
      do(ledger) {
        ledger.notAnswered(desk.key, 'withdrawn', endsAt);
        ledger.left(desk.callRef, 'q', 'abandoned', endsAt);
      },
    });
  }
  return steps;
}

function namesIn({ enteredAt }: Call, number: number) {
  const callRef = `call ${number}`;
  return {
    entry: { callRef, queueId: 'q', mark: `mark ${number}`, enteredAt },
    part: { key: `part ${number}`, callRef, extension: '2041' },
  };
}

/** What the PBX has at that moment; what happens in it has happened. */
function presentAt(calls: Call[], at: number): Present {
  const present = { entries: [] as EntryNow[], parts: [] as PartNow[], alive: new Set<string>() };
  for (const [number, call] of calls.entries()) {
    const { entry: entered, part: desk } = namesIn(call, number);
    if (call.enteredAt <= at && at < call.endsAt) present.entries.push(entered);
    const isAnswered = call.isAnswered && call.endsAt <= at;
    const isThere = call.offeredAt <= at && at < (call.isAnswered ? call.leftAt : call.endsAt);
    if (!isThere) continue;
    const of = { ...desk, began: 'rung' as const, queueId: 'q', startedAt: call.offeredAt };
    present.parts.push({ ...of, isAnswered, ...(isAnswered && { entry: entered }) });
    present.alive.add(desk.key);
  }
  return present;
}

test('whatever is missed while the line is down, and by a restart: no call counts twice or hangs', () => {
  fc.assert(
    fc.property(
      fc.array(callArb, { maxLength: 12 }),
      fc.nat(1_500),
      fc.nat(300),
      fc.boolean(),
      (calls, lostAt, blindMs, isRestart) => {
        const backAt = lostAt + blindMs;
        const steps = calls.flatMap(stepsOf).toSorted((a, b) => a.at - b.at);
        const told: Happening[] = [];
        const first = createLedger((event) => told.push(event));
        for (const step of steps) if (step.at <= lostAt) step.do(first);
        const second = isRestart ? createLedger((event) => told.push(event)) : first;
        second.present(presentAt(calls, backAt), isRestart ? 0 : lostAt);
        for (const step of steps) if (step.at > backAt) step.do(second);
        expect(second.open()).toEqual({ entries: [], parts: [] });

        const { entries, handles } = historyOf(told.map(eventOf));
        const counts = countEntries(entries, usualTargets, 10_000);
        // A call that came and went unseen is not there; every other one is, once.
        const seen = calls.filter(
          ({ enteredAt, endsAt, isAnswered, leftAt }) =>
            enteredAt <= lostAt || (isAnswered ? leftAt : endsAt) > backAt,
        );
        expect(counts.offered).toBe(seen.length);
        const answered = seen.filter(
          ({ isAnswered, endsAt, leftAt }) => isAnswered && (endsAt <= lostAt || leftAt > backAt),
        );
        expect(counts.answered).toBe(answered.length);
        expect(handles).toHaveLength(answered.length);
        // What a restart forgot is closed by whoever keeps the events (`present`).
        if (!isRestart) expect(counts.waiting).toBe(0);
      },
    ),
  );
});
