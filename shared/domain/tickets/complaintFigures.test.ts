import { describe, expect, test } from 'vitest';
import { type CountedComplaint, complaintFigures } from './complaintFigures.ts';
import { type EarlierComplaint, repeatOf } from './complaintRepeat.ts';

const dayMs = 86_400_000;
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function counted(more: Partial<CountedComplaint> = {}): CountedComplaint {
  const made = { createdAt: 0, closedAt: 5, categoryId: 'a', reopened: 0 };
  return { ...made, firstVisit: 'satisfied', ...more };
}

describe('figures of complaints', () => {
  test('one-touch: satisfied at the first call-back, never opened again, of those closed', () => {
    const figures = complaintFigures(
      [
        counted(),
        counted({ reopened: 1 }),
        counted({ firstVisit: null }),
        counted({ firstVisit: 'unsatisfied' }),
        counted({ closedAt: null }),
      ],
      ['1970-01-01'],
      dayOf,
    );
    expect(figures).toMatchObject({ total: 5, closed: 4, oneTouch: 1, oneTouchRate: 0.25 });
  });

  test('none closed has no rate', () => {
    expect(complaintFigures([counted({ closedAt: null })], [], dayOf).oneTouchRate).toBeNull();
  });

  test('every day counts, also without one; categories add up', () => {
    const figures = complaintFigures(
      [
        counted(),
        counted({ createdAt: 2 * dayMs, categoryId: 'b' }),
        counted({ categoryId: null }),
        counted(),
      ],
      ['1970-01-01', '1970-01-02', '1970-01-03'],
      dayOf,
    );
    expect(figures.perDay.map(({ count }) => count)).toEqual([3, 0, 1]);
    expect(figures.byCategory).toEqual([
      { categoryId: 'a', count: 2, upTo: 0.5 },
      { categoryId: 'b', count: 1, upTo: 0.75 },
      { categoryId: null, count: 1, upTo: 1 },
    ]);
  });
});

describe('a repeated complaint', () => {
  const earlier = (ticketId: string, createdAt: number, more: Partial<EarlierComplaint> = {}) => ({
    ...{ ticketId, createdAt, categoryId: 'a', state: 'assigned' as const },
    ...more,
  });
  const rules = { repeatDays: 30 };
  const now = 100 * dayMs;

  test.each([
    ['open and fresh', earlier('x', now - 30 * dayMs), 'x', null],
    ['a millisecond too old', earlier('x', now - 30 * dayMs - 1), null, null],
    ['of another category', earlier('x', now, { categoryId: 'b' }), null, null],
    ['closed', earlier('x', now, { state: 'closed' }), null, 'x'],
    ['resolved is not closed', earlier('x', now, { state: 'resolved' }), 'x', null],
  ])('%s', (_, one, open, closed) => {
    const found = repeatOf([one], 'a', rules, now);
    expect([found.open?.ticketId ?? null, found.closed?.ticketId ?? null]).toEqual([open, closed]);
  });

  test('the newest counts; nothing without a category or with no days', () => {
    const two = [earlier('old', now - 5), earlier('new', now - 1)];
    expect(repeatOf(two, 'a', rules, now).open?.ticketId).toBe('new');
    expect(repeatOf([earlier('x', now, { categoryId: null })], null, rules, now).open).toBeNull();
    expect(repeatOf(two, 'a', { repeatDays: 0 }, now).open).toBeNull();
  });
});
