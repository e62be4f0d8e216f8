import { describe, expect, it } from 'vitest';
import { onDay, pairOfDays, readDay, readMoment } from './dayText.ts';

const now = new Date(2026, 10, 22, 15, 30).getTime();
const local = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

describe('a typed day', () => {
  it.each([
    ['2026-11-20', '2026-11-20'],
    ['2026/1/2', '2026-01-02'],
    ['20261120', '2026-11-20'],
    ['２０２６－１１－２０', '2026-11-20'],
    ['20.11.2026', '2026-11-20'],
    [' 22 Nov 2026 ', '2026-11-22'],
    ['Nov 22, 2026', '2026-11-22'],
    ['22 nov', '2026-11-22'],
    ['11-20', '2026-11-20'],
    ['12-24', '2026-12-24'],
    ['11月20日', '2026-11-20'],
    ['2026 年 11 月 20 日', '2026-11-20'],
    ['29 Feb 2024', '2024-02-29'],
    ['today', '2026-11-22'],
    ['Yesterday', '2026-11-21'],
    ['前天', '2026-11-20'],
  ])('%s is %s', (typed, value) => {
    expect(readDay(typed, '2026-11-22')).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'unreadable'],
    ['soon', 'unreadable'],
    ['20/11/2026', 'unreadable'],
    ['2026-11-20 14:00', 'unreadable'],
    ['<b>2026-11-20</b>', 'unreadable'],
    ['2026-02-30', 'noSuchDate'],
    ['29.2.2026', 'noSuchDate'],
    ['20260431', 'noSuchDate'],
    ['2026年13月1日', 'noSuchDate'],
    ['31 Apr', 'noSuchDate'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(readDay(typed, '2026-11-22')).toEqual({ ok: false, problem });
  });
});

describe('a typed moment', () => {
  it.each([
    ['2026-11-20', local(2026, 10, 20, 0, 0)],
    ['2026-11-20 14:05', local(2026, 10, 20, 14, 5)],
    ['20 Nov 2026 2 pm', local(2026, 10, 20, 14, 0)],
    ['11月20日 下午3点', local(2026, 10, 20, 15, 0)],
    ['yesterday 9:30', local(2026, 10, 21, 9, 30)],
  ])('%s', (typed, value) => {
    expect(readMoment(typed, now)).toEqual({ ok: true, value });
  });

  it.each([
    ['2026-11-20 25:00', 'noSuchTime'],
    ['2026-11-20 later', 'unreadable'],
    ['14:00', 'unreadable'],
    ['2026-02-30 10:00', 'noSuchDate'],
    ['1960-01-01', 'noSuchTime'],
  ])('%s is refused: %s', (typed, problem) => {
    expect(readMoment(typed, now)).toEqual({ ok: false, problem });
  });

  it('moves to another day with its hour', () => {
    expect(onDay(now, '2026-12-01')).toBe(local(2026, 11, 1, 15, 30));
    expect(onDay(undefined, '2026-12-01')).toBe(local(2026, 11, 1, 0, 0));
  });
});

it.each([
  ['2026-11-20', '2026-11-22', 'first', ['2026-11-20', '2026-11-22']],
  ['2026-11-24', '2026-11-22', 'first', ['2026-11-24', '2026-11-24']],
  ['2026-11-24', '2026-11-22', 'last', ['2026-11-22', '2026-11-22']],
  ['', '2026-11-22', 'last', ['', '2026-11-22']],
] as const)('%s to %s, the %s chosen', (first, last, chosen, expected) => {
  expect(Object.values(pairOfDays({ first, last }, chosen))).toEqual(expected);
});
