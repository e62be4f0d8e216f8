import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MissedCall } from '../task.ts';
import { type CallFact, reconcileMissed, type StoredMissedCall } from './missedCalls.ts';

const caller = '+8613800138000';

function call(callRef: string, at: number, more: Partial<CallFact> = {}): CallFact {
  return {
    callRef,
    direction: 'in',
    queueId: 'support',
    numberRaw: '13800138000',
    numberKey: caller,
    customerId: null,
    offeredAt: at,
    answeredAt: null,
    endedAt: at + 5,
    result: 'missed',
    ...more,
  };
}
const answered = (ref: string, at: number) => call(ref, at, { answeredAt: at, result: 'answered' });
const dialled = (ref: string, at: number, reached: boolean) =>
  call(ref, at, { direction: 'out', ...(reached ? { answeredAt: at, result: 'answered' } : {}) });

/** What the server does, call by call as each becomes known. */
class Centre {
  records: StoredMissedCall[] = [];
  facts: CallFact[] = [];

  hear(fact: CallFact): void {
    this.facts.push(fact);
    this.settle();
  }

  settle(): void {
    for (const { id, isNew, fields } of reconcileMissed(caller, this.records, this.facts)) {
      const held = this.records.find((record) => record.id === id);
      expect(held === undefined).toBe(isNew);
      if (held) held.fields = { ...held.fields, ...fields };
      else this.records.push({ id, fields: fields as MissedCall });
    }
  }

  get open() {
    return this.records.filter(({ fields }) => fields.state !== 'handled');
  }

  /** What the records tell, whatever they are called. */
  told() {
    return this.records
      .filter(({ fields }) => fields.callRefs.length > 0)
      .map(({ fields }) => ({ ...fields }))
      .toSorted((a, b) => a.firstAt - b.firstAt);
  }
}

function heard(...facts: CallFact[]): Centre {
  const centre = new Centre();
  for (const fact of facts) centre.hear(fact);
  return centre;
}

describe('missed calls', () => {
  test('of one caller are one open record with their count', () => {
    const centre = heard(
      call('a', 10, { customerId: null }),
      call('b', 20, { result: 'abandoned', queueId: null, customerId: 'c' }),
    );
    expect(centre.told()).toMatchObject([
      { callRefs: ['a', 'b'], firstAt: 10, lastAt: 20, state: 'open', queueId: 'support' },
    ]);
    expect(centre.told()[0]?.customerId).toBe('c');
  });

  test.each([
    ['calledAgain', answered('r', 30)],
    ['calledBack', dialled('r', 30, true)],
  ])('are closed by themselves: %s', (outcome, reach) => {
    const centre = heard(call('a', 10), reach, call('b', 40));
    expect(centre.told()).toMatchObject([
      { callRefs: ['a'], state: 'handled', outcome, handledAt: 30 },
      { callRefs: ['b'], state: 'open', outcome: null },
    ]);
  });

  test('stay open while a call back reaches nobody', () => {
    expect(heard(call('a', 10), dialled('r', 30, false)).open).toHaveLength(1);
  });

  test('are none while the call still rings somewhere, or another desk took it', () => {
    expect(heard(call('a', 10), call('a', 12, { endedAt: null, result: null })).open).toHaveLength(
      1,
    );
    expect(heard(call('a', 12, { endedAt: null, result: null }), call('a', 10)).records).toEqual(
      [],
    );
    expect(heard(call('a', 10, { result: 'elsewhere' })).records).toEqual([]);
    expect(heard(call('a', 10), answered('a', 14)).told()).toEqual([]);
    expect(heard(call('a', 10), answered('a', 14)).open).toEqual([]);
  });

  test('that nobody needs to call back stay so; a new one begins anew', () => {
    const centre = heard(call('a', 10));
    const [record] = centre.records;
    if (record) record.fields = { ...record.fields, state: 'handled', outcome: 'notNeeded' };
    centre.hear(call('b', 20));
    expect(centre.told()).toMatchObject([
      { callRefs: ['a'], outcome: 'notNeeded' },
      { callRefs: ['b'], state: 'open' },
    ]);
  });

  test('that somebody takes keep their owner while more come', () => {
    const centre = heard(call('a', 10));
    const [record] = centre.records;
    if (record) record.fields = { ...record.fields, state: 'taken', ownerId: 'x' };
    centre.hear(call('b', 20));
    expect(centre.told()).toMatchObject([{ callRefs: ['a', 'b'], state: 'taken', ownerId: 'x' }]);
  });

  test('count to a limit, the newest last', () => {
    const many = Array.from({ length: 250 }, (_, index) => call(`m${index}`, index));
    const centre = new Centre();
    centre.facts.push(...many);
    centre.settle();
    const [record] = centre.told();
    expect(record?.callRefs).toHaveLength(200);
    expect(record?.callRefs.at(-1)).toBe('m249');
    centre.settle();
    expect(centre.records).toHaveLength(1);
  });
});

describe('whatever order calls become known in', () => {
  test('a call that began earlier than was known joins what it belongs to, and leaves no record behind', () => {
    const centre = heard(call('b', 402), dialled('out', 401, true), call('a', 0), call('b', 400));
    expect(centre.told()).toMatchObject([
      { callRefs: ['a', 'b'], state: 'handled', outcome: 'calledBack', handledAt: 401 },
    ]);
  });

  const parts = fc.uniqueArray(
    fc.record({
      ref: fc.integer({ min: 0, max: 6 }),
      desk: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('missed', 'answered', 'out', 'outFailed'),
    }),
    { maxLength: 12, selector: ({ ref, desk }) => `${ref} ${desk}` },
  );
  const factOf = ({ ref, desk, kind }: { ref: number; desk: number; kind: string }): CallFact => {
    const at = ref * 100 + desk;
    if (kind === 'answered') return answered(`in${ref}`, at);
    if (kind === 'missed') return call(`in${ref}`, at);
    return dialled(`out${ref}.${desk}`, at, kind === 'out');
  };

  test('the records tell the same, hearing again changes nothing, one at most is open', () => {
    fc.assert(
      fc.property(
        parts.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const one = heard(...list.map(factOf));
          const other = heard(...shuffled.map(factOf));
          expect(other.told()).toEqual(one.told());
          expect(other.open.length).toBeLessThanOrEqual(1);
          const before = structuredClone(other.records);
          other.settle();
          expect(other.records).toEqual(before);
        },
      ),
      { numRuns: 300 },
    );
  });
});
