import type { SegmentRule } from './segmentRule.ts';

/** Lists that every centre has. Their names stand in `segments:standing.<id>`. */
export const standingSegments = {
  /** Class A with a complaint in the last half year. */
  complainingBigCustomers: {
    match: 'all',
    conditions: [
      { field: 'valueClass', is: ['A'] },
      { field: 'complaints', is: 'atLeast', count: 1, months: 6 },
    ],
  },
  /** Ordered within the months that count, but not for half a year. */
  lostCustomers: {
    match: 'all',
    conditions: [
      { field: 'orders', is: 'atLeast', count: 1 },
      { field: 'daysSinceOrder', is: 'atLeast', count: 180 },
    ],
  },
  singleProduct: {
    match: 'all',
    conditions: [{ field: 'singleProduct' }, { field: 'orders', is: 'atLeast', count: 2 }],
  },
  notContacted: {
    match: 'all',
    conditions: [{ field: 'monthsSinceContact', is: 'atLeast', months: 6 }],
  },
} as const satisfies Record<string, SegmentRule>;

export type StandingSegment = keyof typeof standingSegments;
