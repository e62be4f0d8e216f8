import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MergeChoice,
  type MergedCustomer,
  mergeFieldsOf,
  mergeWrites,
  undoWrites,
} from './customerMerge.ts';

function customer(changes: Partial<MergedCustomer> = {}): MergedCustomer {
  return {
    ...{ name: '张伟', kind: 'person', valueClass: 'B', no: null, since: '2024-01-01' },
    ...{ tags: [], pinnedNote: null, callHours: null, doNotCall: false, profile: {} },
    ...changes,
  };
}

const said = (value: string, verifiedOn: string | null = null) => ({
  value,
  verifiedOn,
  source: 'desk',
});

describe('which value goes on by itself', () => {
  test.each<[string, Partial<MergedCustomer>, Partial<MergedCustomer>, string, MergeChoice]>([
    ['the winner’s name', {}, { name: '张威' }, 'name', 'winner'],
    ['the only customer number', {}, { no: 'K-1' }, 'no', 'loser'],
    ['the better class', { valueClass: 'C' }, { valueClass: 'A' }, 'valueClass', 'loser'],
    ['never the lesser class', { valueClass: 'A' }, { valueClass: 'C' }, 'valueClass', 'winner'],
    ['the earlier beginning', {}, { since: '2020-01-01' }, 'since', 'loser'],
    ['a wish not to be called', {}, { doNotCall: true }, 'doNotCall', 'loser'],
    ['tags add up', { tags: ['vip'] }, { tags: ['new'] }, 'tags', 'both'],
    ['notes add up', { pinnedNote: 'a' }, { pinnedNote: 'b' }, 'pinnedNote', 'both'],
    ['the only note', {}, { pinnedNote: 'b' }, 'pinnedNote', 'loser'],
    [
      'the value verified later',
      { profile: { city: said('上海', '2024-01-01') } },
      { profile: { city: said('北京', '2025-01-01') } },
      'profile.city',
      'loser',
    ],
    [
      'the winner’s of two never verified',
      { profile: { city: said('上海') } },
      { profile: { city: said('北京') } },
      'profile.city',
      'winner',
    ],
    [
      'the one that is there',
      { profile: { city: said('', '2025-01-01') } },
      { profile: { city: said('北京') } },
      'profile.city',
      'loser',
    ],
  ])('%s', (_, winner, loser, field, choice) => {
    const lines = mergeFieldsOf(customer(winner), customer(loser));
    expect(lines.find((line) => line.field === field)?.choice).toBe(choice);
  });

  test('what neither has is no line', () => {
    const fields = mergeFieldsOf(customer(), customer()).map(({ field }) => field);
    expect(fields).toEqual(['name', 'kind', 'valueClass', 'since']);
  });
});

test('a choice of the agent counts more', () => {
  const { fields, replaced } = mergeWrites(customer(), customer({ name: '张威' }), {
    name: 'loser',
    nonsense: 'loser',
  });
  expect(fields).toEqual({ name: '张威' });
  expect(replaced).toEqual({ name: { before: '张伟', after: '张威' } });
});

test('undoing leaves alone what somebody changed since', () => {
  const winner = customer({ profile: { city: said('上海') } });
  const loser = customer({
    name: '张威',
    profile: { city: said('北京', '2025-01-01'), mood: said('x') },
  });
  const { fields, replaced } = mergeWrites(winner, loser, { name: 'loser' });
  const merged = { ...winner, ...fields, profile: { ...winner.profile, ...fields.profile } };
  const later = { ...merged, name: '张三' };
  expect(undoWrites(later, replaced)).toEqual({
    fields: {
      profile: {
        city: said('上海'),
        mood: { value: '', verifiedOn: null, source: 'merge' },
      },
    },
    kept: ['name'],
  });
});

const anyValue = fc.record({
  value: fc.constantFrom('', 'a', 'b'),
  verifiedOn: fc.constantFrom(null, '2024-01-01', '2025-01-01'),
  source: fc.constant('desk'),
});
const anyone: fc.Arbitrary<MergedCustomer> = fc.record({
  name: fc.constantFrom('张伟', '张威'),
  kind: fc.constantFrom('person' as const, 'company' as const),
  valueClass: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
  no: fc.constantFrom(null, 'K-1', 'K-2'),
  since: fc.constantFrom('2020-01-01', '2024-01-01'),
  tags: fc.uniqueArray(fc.constantFrom('x', 'y', 'z')),
  pinnedNote: fc.constantFrom(null, 'n', 'm'),
  callHours: fc.constant(null),
  doNotCall: fc.boolean(),
  profile: fc.dictionary(fc.constantFrom('p', 'q', '__proto__'), anyValue),
});
const anyChoices = fc.dictionary(
  fc.constantFrom('name', 'no', 'tags', 'profile.p', 'profile.q'),
  fc.constantFrom<MergeChoice>('winner', 'loser', 'both'),
);

// `__proto__` is a key like all others.
test('law: undoing at once gives back every value that the winner had', () => {
  fc.assert(
    fc.property(anyone, anyone, anyChoices, (winner, loser, choices) => {
      const { fields, replaced } = mergeWrites(winner, loser, choices);
      const withKeys = (base: MergedCustomer, change: Partial<MergedCustomer>): MergedCustomer => ({
        ...base,
        ...change,
        profile: Object.fromEntries([
          ...Object.entries(base.profile),
          ...Object.entries(change.profile ?? {}),
        ]),
      });
      const merged = withKeys(winner, fields);
      const undone = undoWrites(merged, replaced);
      expect(undone.kept).toEqual([]);
      const back = withKeys(merged, undone.fields);
      const said = ({ profile }: MergedCustomer) =>
        new Map(Object.entries(profile).filter(([, held]) => held.value !== ''));
      expect({ ...back, profile: null }).toEqual({ ...winner, profile: null });
      expect(said(back)).toEqual(said(winner));
    }),
  );
});
