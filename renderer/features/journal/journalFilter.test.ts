import { beforeEach, describe, expect, test } from 'vitest';
import {
  filterOf,
  type JournalWish,
  narrowedCount,
  spanOf,
  usualWish,
  withPeriod,
} from './journalFilter.ts';

const now = new Date(2026, 10, 22, 15, 30).getTime();
const at = (month: number, day: number) => new Date(2026, month - 1, day).getTime();
let wish: JournalWish;

beforeEach(() => {
  wish = usualWish;
});

describe('days', () => {
  test.each([
    ['today', at(11, 22), at(11, 23)],
    ['yesterday', at(11, 21), at(11, 22)],
    ['week', at(11, 16), at(11, 23)],
    ['month', at(10, 24), at(11, 23)],
    ['quarter', at(8, 23), at(11, 23)],
  ] as const)('%s', (period, from, to) => {
    expect(spanOf({ ...wish, period }, now)).toEqual({ from, to });
  });

  test.each([
    ['2026-10-24', '2026-10-26', at(10, 24), at(10, 27)],
    ['2026-10-24', '', at(10, 24), at(11, 23)],
    ['', '', at(11, 22), at(11, 23)],
    ['2026-10-24', '2026-10-20', at(10, 24), at(10, 24)],
  ])('from %s to %s', (firstDay, lastDay, from, to) => {
    expect(spanOf({ ...wish, period: 'own', firstDay, lastDay }, now)).toEqual({ from, to });
  });

  test('own days begin with those that were looked at', () => {
    expect(withPeriod(wish, 'own', now)).toMatchObject({
      ...{ period: 'own', firstDay: '2026-11-16', lastDay: '2026-11-22' },
    });
    const own = { ...wish, period: 'own' as const, firstDay: '2026-10-01' };
    expect(withPeriod(own, 'own', now)).toEqual(own);
  });

  test('a span to the ms goes before days', () => {
    const span = { from: 5, to: 9 };
    expect(spanOf({ ...wish, period: 'own', span }, now)).toEqual(span);
  });
});

test('counts what narrows the calls down, and turns a length into times', () => {
  expect(narrowedCount(wish)).toBe(0);
  const narrow = { ...wish, talk: 'long' as const };
  narrow.narrowed = { ...narrow.narrowed, queueId: 'sales', number: '138', recorded: true };
  expect(narrowedCount(narrow)).toBe(4);
  expect(filterOf(narrow, now)).toMatchObject({
    ...{ queueId: 'sales', number: '138', recorded: true },
    ...{ talkAtLeastMs: 180_001, talkAtMostMs: 600_000 },
  });
});
