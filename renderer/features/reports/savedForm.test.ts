import { describe, expect, test } from 'vitest';
import { draftOf, requestOf } from './reportDraft.ts';
import { addressesOf, emptySaved, readSaved, type SavedDraft } from './savedForm.ts';

const request = requestOf(draftOf('queues'), 'Asia/Shanghai', 'en');
const filled: SavedDraft = { ...emptySaved, name: 'Week', every: 'week', addresses: 'a@b.example' };

test('what is filled in right is saved', () => {
  expect(readSaved(filled, request)).toEqual({
    report: {
      ...{ name: 'Week', request, shared: false, format: 'xlsx' },
      schedule: { every: 'week', weekday: 1, minute: 420, zone: 'Asia/Shanghai' },
      delivery: { to: 'mail', addresses: ['a@b.example'] },
    },
  });
  expect(readSaved({ ...filled, every: 'never', time: '', addresses: '' }, request)).toMatchObject({
    report: { schedule: null, delivery: null },
  });
});

describe('what is missing is named', () => {
  test.each([
    ['a name', { name: '  ' }, ['name']],
    ['a time', { time: '25:00' }, ['time']],
    ['a day of the month', { every: 'month', day: '32' }, ['day']],
    ['no day at all', { every: 'month', day: '' }, ['day']],
    ['somebody to send it to', { addresses: '' }, ['addresses']],
    ['an address that is one', { addresses: 'a@b.example, nobody' }, ['addresses']],
    ['several things', { name: '', time: 'x' }, ['name', 'time']],
  ] as const)('%s', (_, parts, gaps) => {
    expect(readSaved({ ...filled, ...parts }, request)).toEqual({ gaps });
  });
});

test('addresses are taken however they are written', () => {
  expect(addressesOf(' a@b.c;d@e.f\n，a@b.c ')).toEqual(['a@b.c', 'd@e.f']);
});
