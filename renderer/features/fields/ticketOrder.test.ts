import { expect, it } from 'vitest';
import { byTimeLeft } from './ticketOrder.ts';

it('puts the most urgent first, tickets without a date after them and finished ones last', () => {
  const ticket = (
    id: string,
    dueAt: number | null,
    state: 'assigned' | 'closed',
    createdAt = 0,
  ) => ({
    id,
    dueAt,
    state,
    createdAt,
  });
  const sorted = [
    ticket('old closed', 1, 'closed', 1),
    ticket('no date', null, 'assigned'),
    ticket('late', 1, 'assigned'),
    ticket('new closed', 2, 'closed', 2),
    ticket('soon', 3, 'assigned'),
  ].sort(byTimeLeft);
  expect(sorted.map((one) => one.id)).toEqual([
    'late',
    'soon',
    'no date',
    'new closed',
    'old closed',
  ]);
});
