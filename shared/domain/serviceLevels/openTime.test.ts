import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaWorkingDays } from '../settings/chinaWorkingDays.ts';
import type { BusinessCalendar } from '../settings/serviceLevels.ts';
import { openTimeOf } from './openTime.ts';

const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);

function calendar(
  timeZone: string,
  hours: readonly [day: number, from: string, to: string][],
  more: Partial<BusinessCalendar> = {},
): BusinessCalendar {
  const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  return {
    id: timeZone,
    name: { en: timeZone, 'zh-CN': timeZone },
    timeZone,
    week: hours.map(([day, from, to]) => ({ day, from: minute(from), to: minute(to) })),
    holidays: [],
    makeUpDays: [],
    ...more,
  };
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const workDays = [1, 2, 3, 4, 5];
const allDay = (timeZone: string) =>
  calendar(
    timeZone,
    everyDay.map((day) => [day, '00:00', '24:00']),
  );
const office = (timeZone: string) =>
  calendar(
    timeZone,
    workDays.map((day) => [day, '09:00', '17:00']),
  );
/** Nine to six with a lunch break: 7.5 hours. */
const shanghai: BusinessCalendar = {
  ...calendar(
    'Asia/Shanghai',
    workDays.flatMap((day): [number, string, string][] => [
      [day, '09:00', '12:00'],
      [day, '13:30', '18:00'],
    ]),
  ),
  holidays: chinaWorkingDays.holidays,
  makeUpDays: chinaWorkingDays.makeUpDays,
};
const night = calendar('Europe/Berlin', [
  [6, '22:00', '24:00'],
  [7, '00:00', '06:00'],
]);

describe('open hours', () => {
  it.each<[string, BusinessCalendar, string, number, string]>([
    ['within a morning', shanghai, '2026-11-23T09:00+08:00', 2, '2026-11-23T11:00+08:00'],
    ['over the lunch break', shanghai, '2026-11-23T11:00+08:00', 2, '2026-11-23T14:30+08:00'],
    ['up to the end of a morning', shanghai, '2026-11-23T11:00+08:00', 1, '2026-11-23T12:00+08:00'],
    ['from the lunch break', shanghai, '2026-11-23T12:10+08:00', 1, '2026-11-23T14:30+08:00'],
    ['over a weekend', shanghai, '2026-11-20T17:00+08:00', 2, '2026-11-23T10:00+08:00'],
    ['from a Saturday night', shanghai, '2026-11-21T23:00+08:00', 1, '2026-11-23T10:00+08:00'],
    // Wednesday 30 September, then seven free days; Thursday 8 October.
    ['over National Day', shanghai, '2026-09-30T17:30+08:00', 1, '2026-10-08T09:30+08:00'],
    // Friday 9 October to the Saturday that is worked.
    ['on a make-up Saturday', shanghai, '2026-10-09T17:30+08:00', 1, '2026-10-10T09:30+08:00'],
    // Sunday 20 September is worked.
    ['on a make-up Sunday', shanghai, '2026-09-19T10:00+08:00', 3, '2026-09-20T12:00+08:00'],
    // Saturday 14 February is worked, 15 to 23 are free.
    ['over Spring Festival', shanghai, '2026-02-14T17:00+08:00', 2, '2026-02-24T10:00+08:00'],
    // 28 February, a Saturday, is worked: Friday's last hour, then the Saturday.
    ['after Spring Festival', shanghai, '2026-02-27T17:00+08:00', 2, '2026-02-28T10:00+08:00'],
    [
      'three working days',
      chinaWorkingDays,
      '2026-11-20T15:00+08:00',
      72,
      '2026-11-25T15:00+08:00',
    ],
    [
      'three working days, holidays between',
      chinaWorkingDays,
      '2026-09-30T15:00+08:00',
      72,
      '2026-10-10T15:00+08:00',
    ],
    // Berlin: Sunday 29 March 2026 has 23 hours, Sunday 25 October 25.
    [
      'a short day in Berlin',
      allDay('Europe/Berlin'),
      '2026-03-28T12:00+01:00',
      24,
      '2026-03-29T13:00+02:00',
    ],
    [
      'a long day in Berlin',
      allDay('Europe/Berlin'),
      '2026-10-24T12:00+02:00',
      24,
      '2026-10-25T11:00+01:00',
    ],
    [
      'office hours around a short day',
      office('Europe/Berlin'),
      '2026-03-27T16:00+01:00',
      2,
      '2026-03-30T10:00+02:00',
    ],
    [
      'office hours around a long day',
      office('Europe/Berlin'),
      '2026-10-23T16:00+02:00',
      2,
      '2026-10-26T10:00+01:00',
    ],
    // 22:00 to 06:00 has seven hours in that night.
    ['a short night', night, '2026-03-28T22:00+01:00', 7, '2026-03-29T06:00+02:00'],
    ['a long night', night, '2026-10-24T22:00+02:00', 9, '2026-10-25T06:00+01:00'],
    // New York: 8 March and 1 November 2026.
    [
      'a short day in New York',
      allDay('America/New_York'),
      '2026-03-07T12:00-05:00',
      24,
      '2026-03-08T13:00-04:00',
    ],
    [
      'a long day in New York',
      allDay('America/New_York'),
      '2026-10-31T12:00-04:00',
      24,
      '2026-11-01T11:00-05:00',
    ],
    [
      'hours from a time that is left out',
      calendar('Europe/Berlin', [[7, '02:30', '06:00']]),
      '2026-03-29T00:00+01:00',
      1,
      '2026-03-29T04:00+02:00',
    ],
    [
      'half an hour off',
      allDay('Australia/Lord_Howe'),
      '2026-04-04T12:00+11:00',
      24,
      '2026-04-05T11:30+10:30',
    ],
  ])('%s', (_case, one, from, hours, expected) => {
    const open = openTimeOf(one);
    const due = open.after(at(from), hours * hourMs);
    expect(due === null ? null : new Date(due).toISOString()).toBe(
      new Date(at(expected)).toISOString(),
    );
    expect(open.between(at(from), at(expected))).toBe(hours * hourMs);
  });

  it('count a span that is written twice once', () => {
    const twice = calendar('UTC', [
      [1, '09:00', '12:00'],
      [1, '10:00', '13:00'],
    ]);
    expect(openTimeOf(twice).between(at('2026-11-23T00:00Z'), at('2026-11-24T00:00Z'))).toBe(
      4 * hourMs,
    );
  });

  it('never come in a calendar without hours', () => {
    expect(openTimeOf(calendar('UTC', [])).after(0, 1)).toBeNull();
  });

  it.each([
    ['seconds instead of milliseconds', 1_790_000_000, at('2026-11-22T00:00Z')],
    ['microseconds', at('2026-11-22T00:00Z'), 1_790_000_000_000_000],
    ['a time behind all dates', 0, Number.MAX_SAFE_INTEGER],
  ])('of %s are those of eleven years, and are soon counted', (_, from, to) => {
    const open = openTimeOf(allDay('Asia/Shanghai'));
    const elevenYears = 4_000 * 24 * hourMs;
    expect(open.between(from, to)).toBeGreaterThanOrEqual(elevenYears);
    expect(open.between(from, to)).toBeLessThanOrEqual(elevenYears + 24 * hourMs);
    expect(open.after(to, hourMs)).toBe(to + hourMs);
  });

  it('are as those of a Friday where a Saturday makes up for it', () => {
    const short = calendar('UTC', [[5, '09:00', '12:00']], {
      makeUpDays: [{ date: '2026-11-28', as: 5, name: { en: '', 'zh-CN': '' } }],
    });
    expect(openTimeOf(short).between(at('2026-11-28T00:00Z'), at('2026-11-29T00:00Z'))).toBe(
      3 * hourMs,
    );
  });
});

describe('laws of open time', () => {
  const calendars = [
    shanghai,
    chinaWorkingDays,
    allDay('Europe/Berlin'),
    office('America/New_York'),
    night,
    allDay('Australia/Lord_Howe'),
    office('Africa/Casablanca'),
  ];
  const someCalendar = fc.constantFrom(...calendars);
  const someTime = fc.integer({ min: at('2025-12-01T00:00Z'), max: at('2027-03-01T00:00Z') });
  const someMs = fc.integer({ min: 0, max: 200 * hourMs });

  it('adds up: a then b is a + b', () => {
    fc.assert(
      fc.property(someCalendar, someTime, someMs, someMs, (one, from, a, b) => {
        const open = openTimeOf(one);
        const first = open.after(from, a);
        expect(first === null ? null : open.after(first, b)).toBe(open.after(from, a + b));
      }),
    );
  });

  it('gives back what was added', () => {
    fc.assert(
      fc.property(someCalendar, someTime, someMs, (one, from, ms) => {
        const open = openTimeOf(one);
        expect(open.between(from, open.after(from, ms) ?? 0)).toBe(ms);
      }),
    );
  });

  it('is split by any instant between', () => {
    fc.assert(
      fc.property(someCalendar, fc.tuple(someTime, someTime, someTime), (one, times) => {
        const [a = 0, b = 0, c = 0] = times.toSorted((x, y) => x - y);
        const open = openTimeOf(one);
        expect(open.between(a, b) + open.between(b, c)).toBe(open.between(a, c));
      }),
    );
  });
});
