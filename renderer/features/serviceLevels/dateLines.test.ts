import { describe, expect, it } from 'vitest';
import { usualServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import { holidayText, makeUpText, readHolidays, readMakeUpDays } from './dateLines.ts';
import { durationText, hoursText, readDuration, readHours } from './hourText.ts';

describe('a pasted list of days', () => {
  it.each<[string, string[]]>([
    ['2026-10-01', ['2026-10-01']],
    ['2026/5/1 Labour Day', ['2026-05-01']],
    ['2026年5月1日 劳动节', ['2026-05-01']],
    ['2026.05.01', ['2026-05-01']],
    ['2026-02-27..2026-03-01 A', ['2026-02-27', '2026-02-28', '2026-03-01']],
    ['２０２６-１０-０１', ['2026-10-01']],
    ['2028-02-29', ['2028-02-29']],
  ])('%s', (text, dates) => {
    const { days, problems } = readHolidays(text);
    expect(problems).toEqual([]);
    expect(days.map(({ date }) => date)).toEqual(dates);
  });

  it('names both languages, or one for both', () => {
    expect(readHolidays('2026-10-01 National Day / 国庆节').days[0]?.name).toEqual({
      en: 'National Day',
      'zh-CN': '国庆节',
    });
    expect(readHolidays('2026-10-01 国庆节').days[0]?.name).toEqual({
      en: '国庆节',
      'zh-CN': '国庆节',
    });
  });

  it('tells at its line what cannot be', () => {
    const text = '2026-02-29\n\nsoon\n2026-13-01\n2026-10-02..2026-10-01\n2026-10-01\n2026-10-01';
    expect(readHolidays(text).problems).toEqual([
      { line: 1, problem: 'no-such-date', text: '2026-02-29' },
      { line: 3, problem: 'not-a-date', text: 'soon' },
      { line: 4, problem: 'no-such-date', text: '2026-13-01' },
      { line: 5, problem: 'range', text: '2026-10-02..2026-10-01' },
      { line: 7, problem: 'twice', text: '2026-10-01' },
    ]);
    expect(readMakeUpDays('2026-10-10 = 8').problems[0]?.problem).toBe('weekday');
  });

  it('comes back as it was', () => {
    for (const { holidays, makeUpDays } of usualServiceLevels.calendars) {
      expect(readHolidays(holidayText(holidays))).toEqual({ days: holidays, problems: [] });
      expect(readMakeUpDays(makeUpText(makeUpDays))).toEqual({ days: makeUpDays, problems: [] });
    }
  });
});

describe('hours', () => {
  it.each([
    ['24', 1440],
    ['1:30', 90],
    ['1.5', 90],
    ['0', null],
    ['', null],
    ['-1', null],
    ['1:75', null],
    ['99999', null],
  ])('a limit of %s', (text, minutes) => {
    expect(readDuration(text)).toBe(minutes);
    if (minutes !== null) expect(readDuration(durationText(minutes))).toBe(minutes);
  });

  it.each([
    ['09:00-12:00, 13:30-18:00', 2],
    ['0:00-24:00', 1],
    ['', 0],
    ['9-12', null],
    ['18:00-09:00', null],
    ['09:00-24:30', null],
    ['09:75-10:00', null],
  ])('of a day: %s', (text, count) => {
    const hours = readHours(text, 3);
    expect(hours?.length ?? null).toBe(count);
    if (hours) expect(readHours(hoursText(hours, 3), 3)).toEqual(hours);
  });
});
