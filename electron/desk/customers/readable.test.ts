import { expect, it } from 'vitest';
import { readable, withReadableHint } from './readable.ts';

const home = { country: 'CN', areaCode: '10' } as const;

it.each([
  ['13491059222', '134 9105 9222'],
  ['１３４９０４６３１３０', '134 9046 3130'],
  ['0086 134 96399263', '134 9639 9263'],
  ['(029)79222044', '029 7922 2044'],
  ['li.na@example.org', 'li.na@example.org'],
  ['12 Long Lane', '12 Long Lane'],
  ['+', '+'],
])('%s reads %s', (text, expected) => {
  expect(readable(text, home)).toBe(expected);
});

it('leaves a row without anything as it is', () => {
  expect(withReadableHint([{ hint: null, name: 'Li' }], home)).toEqual([
    { hint: null, name: 'Li' },
  ]);
});
