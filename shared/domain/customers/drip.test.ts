import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDate } from '../localDate.ts';
import { type FormField, usualCustomerForm } from '../settings/customerForm.ts';
import { type DripAnswer, dripOutcomes, type ProfileValue } from './customer.ts';
import { type DripOptions, dripLimit, dripQuestions } from './drip.ts';

const now = new Date('2026-11-20T14:06:00').getTime();
const dayMs = 24 * 3_600_000;
const person = usualCustomerForm.fields.filter(({ kinds }) => kinds.includes('person'));
const asked = person.filter(({ question }) => question !== null);

function value(verifiedOn: string | null, text = 'x'): ProfileValue {
  return { value: text, verifiedOn, source: 'call' };
}

function answer(fieldId: string, outcome: DripAnswer['outcome'], daysAgo: number): DripAnswer {
  const ids = { customerId: 'c', byId: 'somebody', callId: null };
  return { ...ids, fieldId, outcome, at: now - daysAgo * dayMs };
}

function questions(parts: Partial<DripOptions> = {}): string[] {
  const options: DripOptions = {
    ...{ kind: 'person', profile: {}, fields: usualCustomerForm.fields, answers: [] },
    ...{ refusedMonths: 6, now },
    ...parts,
  };
  return dripQuestions(options).map(({ fieldId }) => fieldId);
}

describe('which questions are asked', () => {
  it('asks the two that are worth most', () => {
    const best = [...asked].sort((a, b) => b.worth - a.worth).slice(0, 2);
    expect(questions()).toEqual(best.map(({ id }) => id));
  });

  it('asks for what is there only once it is stale', () => {
    const fresh = Object.fromEntries(asked.map(({ id }) => [id, value('2026-11-01')]));
    expect(questions({ profile: fresh })).toEqual([]);
    const old = { ...fresh, buyingPlan: value('2026-05-20'), contactTime: value(null) };
    expect(
      dripQuestions({
        ...{ kind: 'person', profile: old, fields: usualCustomerForm.fields, answers: [] },
        ...{ refusedMonths: 6, now },
      }),
    ).toEqual([
      { fieldId: 'buyingPlan', why: 'stale' },
      { fieldId: 'contactTime', why: 'stale' },
    ]);
    expect(questions({ profile: { ...fresh, buyingPlan: value('2026-05-21') } })).toEqual([]);
  });

  it('leaves a refused one alone for months, and one put off until tomorrow', () => {
    const [first = ''] = questions();
    expect(questions({ answers: [answer(first, 'refused', 30)] })).not.toContain(first);
    expect(questions({ answers: [answer(first, 'refused', 200)] })).toContain(first);
    expect(questions({ answers: [answer(first, 'later', 0)] })).not.toContain(first);
    expect(questions({ answers: [answer(first, 'later', 1)] })).toContain(first);
  });

  it('asks nothing more of somebody who had two questions today', () => {
    const [first = '', second = ''] = questions();
    expect(questions({ answers: [answer(first, 'later', 0)] })).toHaveLength(1);
    expect(
      questions({ answers: [answer(first, 'later', 0), answer(second, 'answered', 0)] }),
    ).toEqual([]);
  });
});

const answers = fc.array(
  fc
    .record({
      fieldId: fc.constantFrom(...asked.map(({ id }) => id)),
      outcome: fc.constantFrom(...dripOutcomes),
      at: fc.integer({ min: now - 400 * dayMs, max: now }),
    })
    .map((one): DripAnswer => ({ customerId: 'c', byId: 'u', callId: null, ...one })),
  { maxLength: 12 },
);
const profile = fc.dictionary(
  fc.constantFrom(...asked.map(({ id }) => id)),
  fc.record({
    value: fc.constantFrom('', ' ', 'x'),
    verifiedOn: fc.constantFrom(null, '2020-02-29', '2026-01-31', '2026-11-20'),
    source: fc.constant('call'),
  }),
);
const fields = fc
  .shuffledSubarray(usualCustomerForm.fields)
  .chain((some) =>
    fc
      .array(fc.boolean(), { minLength: some.length, maxLength: some.length })
      .map((retired) =>
        some.map((one, at): FormField => ({ ...one, retired: retired[at] === true })),
      ),
  );

describe('laws of the drip dialogue', () => {
  it('never asks twice in a day, never more than two, never what is retired, refused or of the other kind', () => {
    fc.assert(
      fc.property(
        answers,
        profile,
        fields,
        fc.constantFrom('person' as const, 'company' as const),
        (given, held, some, kind) => {
          const found = questions({ answers: given, profile: held, fields: some, kind });
          const today = given.filter(({ at }) => localDate(at) === localDate(now));
          const askedToday = new Set(today.map(({ fieldId }) => fieldId));
          expect(new Set(found).size).toBe(found.length);
          expect(found.length + askedToday.size).toBeLessThanOrEqual(
            Math.max(dripLimit, askedToday.size),
          );
          for (const id of found) {
            const field = some.find((one) => one.id === id);
            expect(field).toMatchObject({ retired: false });
            expect(field?.kinds).toContain(kind);
            expect(askedToday.has(id)).toBe(false);
            expect(
              given.some(
                (one) =>
                  one.fieldId === id && one.outcome === 'refused' && one.at > now - 150 * dayMs,
              ),
            ).toBe(false);
          }
        },
      ),
    );
  });

  it('answers one question: the rest of the day it is asked no more, whatever was answered', () => {
    fc.assert(
      fc.property(answers, profile, fc.constantFrom(...dripOutcomes), (given, held, outcome) => {
        const [first] = questions({ answers: given, profile: held });
        if (first === undefined) return;
        const after = questions({ answers: [...given, answer(first, outcome, 0)], profile: held });
        expect(after).not.toContain(first);
      }),
    );
  });
});
