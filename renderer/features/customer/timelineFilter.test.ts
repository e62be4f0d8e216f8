import { expect, it } from 'vitest';
import { everything, filterOf, isEverything } from './timelineFilter.ts';

it('counts the last day to its end, and nothing typed as no filter', () => {
  expect(isEverything(everything)).toBe(true);
  expect(isEverything({ ...everything, text: '  ' })).toBe(true);
  const filter = filterOf({
    ...everything,
    kind: 'call',
    fromDay: '2026-11-20',
    toDay: '2026-11-20',
  });
  expect(filter.kinds).toEqual(['call']);
  expect(filter.from).toBe(new Date(2026, 10, 20).getTime());
  expect(filter.to).toBe(new Date(2026, 10, 21).getTime());
  expect(filterOf({ ...everything, fromDay: '2026-02' }).from).toBeNull();
});
