import { describe, expect, test } from 'vitest';
import { provisionalReasons, reportNotes } from '../../sync/reports.ts';
import { zoneOf } from '../serviceLevels/zonedTime.ts';
import { languages } from '../text/text.ts';
import { catalogue, reportFilters, reportGroups, reportIds, reportIntervals } from './catalogue.ts';
import { cellText, durationText, intervalText } from './cellText.ts';
import { drillColumns } from './columns.ts';
import { reportSpans } from './request.ts';
import { wordOf } from './texts.ts';

describe.each(languages)('everything has words (%s)', (language) => {
  const columns = [
    ...reportIds.flatMap((id) => catalogue[id].columns),
    ...Object.values(drillColumns).flat(),
  ];
  const names: [string, readonly string[]][] = [
    ['report', reportIds],
    ['about', reportIds],
    ['group', reportGroups],
    ['interval', reportIntervals],
    ['span', reportSpans],
    ['filter', reportFilters],
    ['note', reportNotes],
    ['provisional', provisionalReasons],
    ['column', columns.map(({ id }) => id)],
    ['formula', columns.flatMap(({ formula }) => formula ?? [])],
  ];
  test.each(names)('%s', (list, all) => {
    for (const name of all) expect(wordOf(language, list, name), name).not.toBe(name);
  });
});

test('what a chart shows first are columns of the report', () => {
  for (const { chart, columns } of Object.values(catalogue)) {
    const ids = columns.map(({ id }) => id);
    for (const column of chart) expect(ids).toContain(column);
    expect(new Set(ids).size).toBe(ids.length);
  }
});

describe('cells as people read them', () => {
  const zone = zoneOf('Europe/Berlin');
  if (!zone) throw new Error('no such zone');
  test.each([
    ['rate', 4 / 9, '44.4 %'],
    ['duration', 16_000, '0:00:16'],
    ['duration', 90_061_499, '25:01:01'],
    ['duration', 59_600, '0:01:00'],
    ['score', 4.456, '4.46'],
    ['time', Date.parse('2026-07-01T22:30:00Z'), '2026-07-02 00:30'],
    ['count', 0, '0'],
    ['rate', null, ''],
    ['text', '=1+1', '=1+1'],
  ] as const)('%s %s', (type, value, text) => {
    expect(cellText(type, value, zone)).toBe(text);
  });

  test('intervals', () => {
    const span = (from: string, to: string) => ({ from: Date.parse(from), to: Date.parse(to) });
    const half = span('2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z');
    expect(intervalText(half, '30min', zone)).toBe('2026-10-25 02:30 – 02:00');
    const week = span('2026-12-27T23:00:00Z', '2027-01-03T23:00:00Z');
    expect(intervalText(week, 'week', zone)).toBe('2026-W53 (2026-12-28 – 2027-01-03)');
    expect(durationText(0)).toBe('0:00:00');
  });
});
