import { describe, expect, test } from 'vitest';
import { catalogue, reportIds } from '#shared/domain/reports/catalogue.ts';
import { problemOf } from '#shared/domain/reports/request.ts';
import { changeReport, draftOf, requestOf } from './reportDraft.ts';
import { cellText, intervalText, isoDay, partsText } from './reportText.ts';

const en = { language: 'en', zone: 'Asia/Shanghai' } as const;
const zh = { language: 'zh-CN', zone: 'Asia/Shanghai' } as const;
const evening = Date.UTC(2026, 10, 21, 16);

describe('figures', () => {
  test.each([
    [1234, 'count', '1,234'],
    [0.714, 'rate', '71.4 %'],
    [1, 'rate', '100 %'],
    [252_000, 'duration', '4:12'],
    [322_600, 'duration', '5:23'],
    [3.6, 'score', '3.60'],
    [evening, 'time', '22 Nov 00:00'],
    ['2026-11-22', 'date', '22 Nov 2026'],
    ['Ready', 'text', 'Ready'],
    [null, 'rate', '–'],
    ['', 'text', '–'],
    [0, 'count', '0'],
  ] as const)('%j as %s', (cell, type, text) => {
    expect(cellText(cell, type, en)).toBe(text);
  });
});

describe('intervals, by the clocks of the zone', () => {
  const interval = { from: evening };
  test.each([
    ['30min', false, '00:00', '00:00'],
    ['15min', true, '22 Nov 00:00', '11-22 00:00'],
    ['day', true, 'Sun 22 Nov', '11-22 周日'],
    ['week', true, '2026-W47', '2026-W47'],
    ['month', true, 'November 2026', '2026年11月'],
  ] as const)('%s', (length, several, english, chinese) => {
    expect(intervalText(interval, length, en, several)).toBe(english);
    expect(intervalText(interval, length, zh, several)).toBe(chinese);
  });

  test('a day is that of the zone', () => {
    expect(isoDay(evening, en)).toBe('2026-11-22');
    expect(isoDay(evening, { zone: 'Europe/Berlin' })).toBe('2026-11-21');
  });
});

test('a rate tells its parts', () => {
  const columns = [
    { id: 'transferred', type: 'count' as const },
    { id: 'answered', type: 'count' as const },
    { id: 'transferRate', type: 'rate' as const },
  ];
  const text = partsText('transferRate', columns, [3, 12, 0.25], en, (id) => id);
  expect(text).toBe('transferred 3 · answered 12');
  expect(partsText('answered', columns, [3, 12, 0.25], en, (id) => id)).toBe('');
});

test('a report after a list has its usual groups again', () => {
  const list = changeReport(draftOf('agents'), 'timeTable');
  expect(changeReport(list, 'agents').groupBy).toBe('agent');
  const byTeam = { ...draftOf('agents'), groupBy: 'team' as const };
  expect(changeReport(byTeam, 'tickets').groupBy).toBe('team');
  expect(changeReport(draftOf('queues'), 'agents').groupBy).toBe('agent');
});

test('whatever report is chosen after another can be asked for', () => {
  for (const first of reportIds) {
    for (const second of reportIds) {
      const { filters } = catalogue[first];
      const draft = draftOf(first);
      for (const filter of filters) draft.filters = { ...draft.filters, [filter]: ['x'] };
      const next = changeReport(draft, second);
      expect(problemOf(requestOf(next, 'Asia/Shanghai', 'en'))).toBeNull();
    }
  }
});
