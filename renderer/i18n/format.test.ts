import { describe, expect, it } from 'vitest';
import {
  daysAgo,
  formatClock,
  formatDate,
  formatDay,
  formatLeft,
  formatMoment,
  formatMoney,
  formatMonth,
  formatMonthMark,
  formatShortDate,
  formatSpan,
  formatTightDate,
} from './format.ts';

const at = (text: string) => new Date(text).getTime();
const now = at('2026-11-20T14:06:00');
const hour = 3_600_000;

describe('times and dates as they are read', () => {
  it.each([
    [0, '0:00'],
    [272_000, '4:32'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('running clock %d', (ms, words) => {
    expect(formatClock(ms)).toBe(words);
  });

  it.each([
    [12_499, '0:12'],
    [12_500, '0:13'],
    [59_700, '1:00'],
  ])('span %d', (ms, words) => {
    expect(formatSpan(ms)).toBe(words);
  });

  it.each([
    [54 * 60_000, '54 min', '54 分钟'],
    [3.2 * hour, '3 h 12 m', '3 小时 12 分'],
    [28 * hour, '1 d 4 h', '1 天 4 小时'],
    [48 * hour, '2 d', '2 天'],
    [-24 * 60_000, '−24 min', '−24 分钟'],
  ])('time left %d', (ms, en, zh) => {
    expect(formatLeft(ms, 'en')).toBe(en);
    expect(formatLeft(ms, 'zh-CN')).toBe(zh);
  });

  it('keeps dates of other years as short as those of this one', () => {
    const now = new Date(2026, 10, 22).getTime();
    const old = new Date(2025, 10, 11).getTime();
    expect(formatTightDate(old, 'en', now)).toBe('Nov 25');
    expect(formatTightDate(old, 'zh-CN', now)).toBe('25-11');
    expect(formatTightDate(now, 'en', now)).toBe('22 Nov');
  });

  it('writes days, months and years as the language does', () => {
    expect(formatDay(now, 'en', now)).toBe('Fri 20 Nov');
    expect(formatDay(now, 'zh-CN', now)).toBe('11 月 20 日 周五');
    expect(formatShortDate(at('2025-09-01T10:00'), 'en', now)).toBe('01 Sep 2025');
    expect(formatShortDate(now, 'zh-CN', now)).toBe('11-20');
    expect(formatMonth(at('2025-12-03T10:00'), 'zh-CN', now)).toBe('2025 年 12 月');
    expect(formatMonthMark('2026-03-12', 'en')).toBe('Mar 26');
    expect(formatMonthMark('2026-03-12', 'zh-CN')).toBe('26-03');
    expect(formatDate('1984-05-12', 'en')).toBe('12 May 1984');
    expect(formatMoment(at('2026-11-19T09:05'), 'en', now)).toBe('19 Nov 09:05');
    expect(formatMoment(at('2026-11-20T09:05'), 'en', now)).toBe('09:05');
  });

  it('counts calendar days, not hours', () => {
    expect(daysAgo(at('2026-11-19T23:59'), now)).toBe(1);
    expect(daysAgo(at('2026-11-20T00:00'), now)).toBe(0);
    expect(daysAgo(at('2026-11-21T00:00'), now)).toBe(-1);
  });

  it('shows minor units with their currency', () => {
    expect(formatMoney({ minor: 6480, currency: 'EUR' }, 'en')).toBe('€64.80');
    expect(formatMoney({ minor: 500, currency: 'JPY' }, 'en')).toBe('¥500');
  });
});
