import { expect, test } from 'vitest';
import { isDouble, type Leaf, leavesWith, pathFrom, textOf } from './pathRows.ts';

test.each([
  [
    'Repair / Leak',
    '维修 / 漏水',
    [
      { en: 'Repair', 'zh-CN': '维修' },
      { en: 'Leak', 'zh-CN': '漏水' },
    ],
  ],
  ['Repair', '维修', [{ en: 'Repair', 'zh-CN': '维修' }]],
  [
    'Repair/Leak',
    '维修／漏水',
    [
      { en: 'Repair', 'zh-CN': '维修' },
      { en: 'Leak', 'zh-CN': '漏水' },
    ],
  ],
  ['', '  ', 'empty'],
  ['Repair /', '维修 / 漏水', 'emptyLevel'],
  ['Repair', '', 'emptyLevel'],
  ['Repair / Leak', '维修', 'levels'],
  ['a/b/c/d/e/f', '一/二/三/四/五/六', 'tooDeep'],
])('%j and %j', (en, zh, expected) => {
  expect(pathFrom({ en, 'zh-CN': zh })).toEqual(expected);
});

const leak: Leaf = {
  id: '1',
  path: [
    { en: 'Repair', 'zh-CN': '维修' },
    { en: 'Leak', 'zh-CN': '漏水' },
  ],
};

test('what is shown reads back the same', () => {
  expect(pathFrom(textOf(leak))).toEqual(leak.path);
});

test('a name is taken once, in either language, but by what is retired', () => {
  const other: Leaf = { ...leak, id: '2' };
  expect(isDouble(other, [leak])).toBe(true);
  expect(isDouble({ id: '2', path: [{ en: 'repair ', 'zh-CN': '别的' }] }, [leak])).toBe(false);
  expect(isDouble(other, [{ ...leak, retired: true }])).toBe(false);
  expect(isDouble(leak, [leak])).toBe(false);
});

test('is found by a part of its name in either language', () => {
  expect(leavesWith([leak], 'LEAK')).toEqual([leak]);
  expect(leavesWith([leak], '漏')).toEqual([leak]);
  expect(leavesWith([leak], 'noise')).toEqual([]);
  expect(leavesWith([leak], ' ')).toEqual([leak]);
});
