import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWhen, quickDates, typedForm } from './when.ts';

// Sunday 22 November 2026, 14:00 on the machine's clock.
const now = new Date(2026, 10, 22, 14, 0).getTime();
const on = (month: number, date: number, hour: number, minute = 0, year = 2026): number =>
  new Date(year, month - 1, date, hour, minute).getTime();

describe('parseWhen', () => {
  it.each<[string, number]>([
    ['mon 10', on(11, 23, 10)],
    ['Monday 10:15', on(11, 23, 10, 15)],
    ['mon', on(11, 23, 10)],
    ['tomorrow 9:30', on(11, 23, 9, 30)],
    ['tomorrow at 9:30', on(11, 23, 9, 30)],
    ['tom 9', on(11, 23, 9)],
    ['today 16:00', on(11, 22, 16)],
    ['today', on(11, 22, 16)],
    ['16:30', on(11, 22, 16, 30)],
    ['4pm', on(11, 22, 16)],
    ['today noon', Number.NaN],
    ['fri 3pm', on(11, 27, 15)],
    ['next fri', on(11, 27, 10)],
    ['sun 15:00', on(11, 22, 15)],
    ['sun 13:00', on(11, 29, 13)],
    ['in 2 h', on(11, 22, 16)],
    ['+30m', on(11, 22, 14, 30)],
    ['in 3 days', on(11, 25, 10)],
    ['in 1 week 9:00', on(11, 29, 9)],
    ['day after tomorrow', on(11, 24, 10)],
    ['11-25 14:00', on(11, 25, 14)],
    ['11/25 14', on(11, 25, 14)],
    ['2027-02-28 8:05', on(2, 28, 8, 5, 2027)],
    ['25 nov 14:00', on(11, 25, 14)],
    ['Nov 25', on(11, 25, 10)],
    ['1-5', on(1, 5, 10, 0, 2027)],
    ['明天 9:30', on(11, 23, 9, 30)],
    ['明天9点半', on(11, 23, 9, 30)],
    ['明天下午3点', on(11, 23, 15)],
    ['明早', on(11, 23, 9)],
    ['今晚8点', on(11, 22, 20)],
    ['后天', on(11, 24, 10)],
    ['大后天', on(11, 25, 10)],
    ['周一 10：00', on(11, 23, 10)],
    ['星期三上午9点', on(11, 25, 9)],
    ['下周一 10点', on(11, 23, 10)],
    ['下周日', on(11, 29, 10)],
    ['11月25日 14:00', on(11, 25, 14)],
    ['11月25日14点', on(11, 25, 14)],
    ['11月25号下午两点', on(11, 25, 14)],
    ['2小时后', on(11, 22, 16)],
    ['半小时后', on(11, 22, 14, 30)],
    ['三天后', on(11, 25, 10)],
  ])('reads %j', (typed, expected) => {
    const read = parseWhen(typed, now);
    if (Number.isNaN(expected)) expect(read).toEqual({ ok: false, problem: 'past' });
    else expect(read).toEqual({ ok: true, at: expected });
  });

  it.each([
    ['11-31', 'noSuchDate'],
    ['2-30 10:00', 'noSuchDate'],
    ['2027-02-29', 'noSuchDate'],
    ['13-01', 'noSuchDate'],
    ['11月31日', 'noSuchDate'],
    ['tomorrow 25:00', 'noSuchTime'],
    ['tomorrow 9:75', 'noSuchTime'],
    ['明天 24:30', 'noSuchTime'],
    ['13pm', 'noSuchTime'],
    ['today 9:30', 'past'],
    ['9:30', 'past'],
    ['11-20', 'past'],
    ['2025-12-24 10:00', 'past'],
    ['今天上午9点', 'past'],
    ['+0m', 'past'],
    ['soon', 'unreadable'],
    ['', 'unreadable'],
    ['mon mon', 'unreadable'],
    ['尽快', 'unreadable'],
  ] as const)('refuses %j as %s', (typed, problem) => {
    expect(parseWhen(typed, now)).toEqual({ ok: false, problem });
  });

  it('takes 29 February only in a leap year', () => {
    const earlyLeapYear = on(1, 10, 9, 0, 2028);
    expect(parseWhen('2-29', earlyLeapYear)).toEqual({ ok: true, at: on(2, 29, 10, 0, 2028) });
  });

  it('reads back what it writes, to the minute', () => {
    const ahead = fc.integer({ min: 1, max: 3_000_000 });
    fc.assert(
      fc.property(ahead, (minutes) => {
        const at = now + minutes * 60_000;
        expect(parseWhen(typedForm(at), now)).toEqual({ ok: true, at });
      }),
    );
  });

  it('never throws and never answers a moment that has passed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => {
        const read = parseWhen(typed, now);
        expect(!read.ok || read.at > now).toBe(true);
      }),
    );
  });
});

describe('quickDates', () => {
  it('offers today, tomorrow and Monday', () => {
    expect(quickDates(now)).toEqual([
      { name: 'today', at: on(11, 22, 16) },
      { name: 'tomorrow', at: on(11, 23, 10) },
      { name: 'monday', at: on(11, 23, 10) },
    ]);
  });

  it('leaves out today once 16:00 has passed, and means the next Monday on a Monday', () => {
    expect(quickDates(on(11, 23, 17)).map((date) => date.at)).toEqual([
      on(11, 24, 10),
      on(11, 30, 10),
    ]);
  });
});
