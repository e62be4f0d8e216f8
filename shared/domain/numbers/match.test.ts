import { describe, expect, it } from 'vitest';
import { classifyMatch, type NumberMatch } from './match.ts';
import { parseNumber } from './parse.ts';
import type { HomeCountry } from './types.ts';

const china: HomeCountry = { country: 'CN' };
const beijing: HomeCountry = { country: 'CN', areaCode: '010' };

type Row = readonly [home: HomeCountry, query: string, stored: string, expected: NumberMatch];

const ROWS: readonly Row[] = [
  [china, '013800138000', '+86 138-0013-8000', 'exact'],
  [china, '008613800138000', '13800138000', 'exact'],
  [china, '8613800138000', '138 0013 8000', 'exact'],
  [china, '13800138000', '13900138000', 'none'],
  [china, '13800138000', '13800138001', 'none'],
  [china, '13800138000', '010-80138000', 'none'],
  [china, '13800138000', '+86 138 0013 8000', 'exact'],
  [china, '01062345678', '010-62345678转801', 'exact'],
  [china, '010-62345678-801', '010-62345678', 'exact'],
  [china, '010-62345678-801', '010-62345678 ext 801', 'exact'],
  [china, '010-62345678-801', '010-62345678-802', 'maybe'],
  [china, '01062345678', '62345678', 'maybe'],
  [china, '62345678', '010-62345678', 'maybe'],
  [china, '62345678', '62345678', 'maybe'],
  [china, '07732823456', '2823456', 'maybe'],
  [china, '62345678', '72345678', 'none'],
  [china, '01062345678', '02162345678', 'none'],
  [beijing, '62345678', '010-62345678', 'exact'],
  [beijing, '01062345678', '6234 5678', 'exact'],
  [beijing, '02162345678', '62345678', 'maybe'],
  [beijing, '02162345678', '010-62345678', 'none'],
  [china, '9013800138000', '13800138000', 'maybe'],
  [china, '913800138000', '13800138000', 'maybe'],
  [china, '913800138000', '13900138000', 'none'],
  [china, '2125550123', '+1 212 555 0123', 'maybe'],
  [china, '12125550123', '+1 212 555 0123', 'exact'],
  [china, '85261234567', '+852 6123 4567', 'exact'],
  [china, '61234567', '+852 6123 4567', 'maybe'],
  [china, '+1 613 800 1380', '+61 3800 1380', 'none'],
  [china, '+49 30 1234567', '+39 301234567', 'maybe'],
  [china, '+49 30 1234567', '+49 40 1234567', 'none'],
  [china, '95588', '010-95588', 'exact'],
  [china, '12345', '010-12345', 'maybe'],
  [china, '010-12345', '12345', 'maybe'],
  [china, '010-12345', '021-12345', 'none'],
  [china, '95588', '95533', 'none'],
  [china, '400-812-3456', '4008123456', 'exact'],
  [china, '4008123456', '010-68123456', 'none'],
  [china, '2041', '2041', 'exact'],
  [china, '2041', '2042', 'none'],
  [china, '2041', '010-62345678-2041', 'none'],
  [china, 'anonymous', 'anonymous', 'none'],
  [china, '', '', 'none'],
  [china, 'hello', 'hello', 'none'],
  [china, '123', '13800138123', 'none'],
];

describe('classifyMatch', () => {
  it.each(ROWS.map(([home, query, stored, expected]) => ({ home, query, stored, expected })))(
    '"$query" and "$stored": $expected',
    ({ home, query, stored, expected }) => {
      const [a, b] = [parseNumber(query, home), parseNumber(stored, home)];
      expect(classifyMatch(a, b)).toBe(expected);
      expect(classifyMatch(b, a)).toBe(expected);
    },
  );

  it('finds every match through one of the two keys', () => {
    for (const [home, query, stored, expected] of ROWS) {
      if (expected === 'none') continue;
      const [a, b] = [parseNumber(query, home).matchKeys, parseNumber(stored, home).matchKeys];
      const shares =
        (a.exactKey !== undefined && a.exactKey === b.exactKey) ||
        (a.suffixKey !== undefined && a.suffixKey === b.suffixKey);
      expect(shares, `${query} and ${stored}`).toBe(true);
    }
  });
});
