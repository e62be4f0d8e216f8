import { expect, test } from 'vitest';
import { bandsOf, hoursOf, minuteOf } from './timeBands.ts';

const wording = { language: 'en', zone: 'Asia/Shanghai' } as const;
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 22, hour - 8, minute);
const columns = ['date', 'agent', 'state', 'reason', 'stretchFrom', 'stretchTo'].map((id) => ({
  ...{ id, type: 'text' as const, formula: null, drill: null },
}));
const row = (agent: string, state: string, from: number, to: number | null) => ({
  cells: ['2026-11-22', agent, state, null, from, to],
  ...{ interval: null, group: null, provisional: false, link: null },
});

test('stretches lie in the band of their agent and day', () => {
  const rows = [
    row('Xu', 'ready', at(9), at(9, 30)),
    row('Chen', 'ready', at(8), at(10)),
    row('Xu', 'onCall', at(9, 30), null),
  ];
  const bands = bandsOf({ columns, rows }, at(12, 15));
  expect(bands.map(({ name, stretches }) => [name, stretches.length])).toEqual([
    ['Chen', 1],
    ['Xu', 2],
  ]);
  expect(bands[1]?.stretches[1]).toEqual({
    ...{ state: 'onCall', reason: '', from: at(9, 30), to: at(12, 15) },
  });
  expect(hoursOf(bands, wording)).toEqual({ first: 8, last: 13 });
});

test.each([
  [at(9, 30), 570],
  [at(0), 0],
  [at(-1), 0],
  [at(24), 1440],
])('minute of the day: %d', (time, minute) => {
  expect(minuteOf(time, '2026-11-22', wording)).toBe(minute);
});

test('nothing to show: the whole day', () => {
  expect(hoursOf([], wording)).toEqual({ first: 0, last: 24 });
});
