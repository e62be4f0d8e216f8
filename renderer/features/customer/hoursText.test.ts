import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clockOf, dayRuns, minuteOf } from './hoursText.ts';

test.each([
  ['9:30', 570],
  ['０９：３０', 570],
  ['21', 1260],
  ['24:00', 1440],
  ['24:01', null],
  ['9:60', null],
  ['nine', null],
  ['', null],
])('%j is minute %s', (typed, minute) => expect(minuteOf(typed)).toBe(minute));

describe('hours to call', () => {
  it('are written so that they are read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1440 }), (minute) => {
        expect(minuteOf(clockOf(minute))).toBe(minute);
      }),
    );
  });

  it('name days in runs', () => {
    expect(dayRuns([5, 1, 2, 3, 7, 2])).toEqual([
      [1, 3],
      [5, 5],
      [7, 7],
    ]);
  });
});
