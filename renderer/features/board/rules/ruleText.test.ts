import { describe, expect, it } from 'vitest';
import { boardMeasures, usualSupervision } from '#shared/domain/settings/supervision.ts';
import {
  isInOrder,
  readLimit,
  readMinute,
  unitOf,
  usualLimits,
  writeLimit,
  writeMinute,
} from './ruleText.ts';

describe('a limit as it is typed', () => {
  it.each([
    ['3', 'count', 3],
    ['2.5', 'count', undefined],
    ['80', 'share', 0.8],
    ['7 %', 'share', 0.07],
    ['99.5', 'share', 0.995],
    ['101', 'share', undefined],
    ['20', 'time', 20_000],
    ['1,5', 'time', 1500],
    ['２０', 'time', 20_000],
    ['86401', 'time', undefined],
    ['', 'time', undefined],
    ['-1', 'count', undefined],
    ['ten', 'count', undefined],
  ] as const)('%s as %s is %s', (text, unit, value) => {
    expect(readLimit(text, unit)).toBe(value);
  });

  it('reads back what it writes', () => {
    for (const measure of boardMeasures) {
      const unit = unitOf(measure);
      const { warn, alarm } = usualLimits[measure];
      for (const value of [warn, alarm]) {
        expect(readLimit(writeLimit(value, unit), unit)).toBe(value);
      }
    }
  });
});

describe('amber before red', () => {
  it('holds for what is usual', () => {
    for (const measure of boardMeasures) {
      const [first] = usualSupervision.thresholds;
      if (!first) throw new Error('no threshold');
      expect(isInOrder({ ...first, measure, ...usualLimits[measure] }), measure).toBe(true);
    }
    expect(usualSupervision.thresholds.every(isInOrder)).toBe(true);
  });
});

describe('a time of the day', () => {
  it.each([
    ['22:00', 1320],
    ['6:05', 365],
    ['24:00', 1440],
    ['24:01', undefined],
    ['12:60', undefined],
    ['noon', undefined],
  ])('%s', (text, minute) => {
    expect(readMinute(text)).toBe(minute);
    if (minute !== undefined) expect(readMinute(writeMinute(minute))).toBe(minute);
  });
});
