import { describe, expect, test } from 'vitest';
import type { ReportResult, ReportRow } from '#shared/sync/reports.ts';
import { chartOf, drawable, type Labels } from './chartData.ts';
import { draftOf, requestOf } from './reportDraft.ts';

const labels: Labels = { interval: ({ from }) => `t${from}`, column: (id) => id, all: 'all' };
const columns: ReportResult['columns'] = [
  { id: 'offered', type: 'count', formula: null, drill: 'entries' },
  { id: 'serviceLevel', type: 'rate', formula: null, drill: 'entries' },
  { id: 'queue', type: 'text', formula: null, drill: null },
];

function row(from: number | null, group: string | null, offered: number, level: number): ReportRow {
  return {
    interval: from === null ? null : { from, to: from + 1 },
    group: group === null ? null : { id: group, name: group },
    cells: [offered, level, 'x'],
    provisional: false,
    link: null,
  };
}

function resultOf(interval: 'whole' | 'day', rows: ReportRow[], report = 'queues' as const) {
  const request = { ...requestOf(draftOf(report), 'Asia/Shanghai', 'en'), interval };
  return { request, columns, rows };
}

test('only figures can be drawn', () => {
  expect(drawable({ columns, rows: [row(0, null, 1, 1)] })).toEqual(['offered', 'serviceLevel']);
  expect(drawable({ columns, rows: [] })).toEqual([]);
});

describe('over time', () => {
  const rows = [row(0, 'a', 1, 0.5), row(0, 'b', 9, 1), row(1, 'b', 2, 0.8)];
  test('counts stand upon each other, the group with most first', () => {
    expect(chartOf(resultOf('day', rows), 'offered', labels)).toMatchObject({
      kind: 'stack',
      labels: ['t0', 't1'],
      series: [
        { name: 'b', values: [9, 2] },
        { name: 'a', values: [1, null] },
      ],
    });
  });
  test('rates are lines', () => {
    expect(chartOf(resultOf('day', rows), 'serviceLevel', labels)?.kind).toBe('lines');
  });
  test('one group: each bar is a row', () => {
    const one = rows.filter(({ group }) => group?.id === 'b');
    const chart = chartOf(resultOf('day', one), 'offered', labels);
    expect(chart).toMatchObject({ kind: 'bars', rows: one });
  });
  test('of many groups four are shown', () => {
    const many = Array.from({ length: 9 }, (_, at) => row(0, `g${at}`, at, 1));
    const chart = chartOf(resultOf('day', many), 'offered', labels);
    expect(chart?.series.map(({ name }) => name)).toEqual(['g8', 'g7', 'g6', 'g5']);
  });
});

test('without intervals by group, the most first', () => {
  const rows = [row(null, 'a', 1, 1), row(null, 'b', 5, 1)];
  expect(chartOf(resultOf('whole', rows), 'offered', labels)).toMatchObject({
    kind: 'bars',
    labels: ['b', 'a'],
    series: [{ values: [5, 1] }],
  });
  expect(chartOf(resultOf('whole', []), 'offered', labels)).toBeNull();
});
