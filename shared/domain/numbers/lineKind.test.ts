import { expect, it } from 'vitest';
import { lineKindOf } from './lineKind.ts';
import { parseNumber } from './parse.ts';
import type { HomeCountry } from './types.ts';

const beijing: HomeCountry = { country: 'CN', areaCode: '10' };
const berlin: HomeCountry = { country: 'DE', areaCode: '30' };

it.each<[string, HomeCountry, ReturnType<typeof lineKindOf>]>([
  ['138 0013 8000', beijing, 'mobile'],
  ['+86 19912345678', berlin, 'mobile'],
  ['010-62345678', beijing, 'landline'],
  ['62345678', beijing, 'landline'],
  ['0755-83765566-801', beijing, 'landline'],
  ['400-812-3456', beijing, 'other'],
  ['95588', beijing, 'other'],
  ['2041', beijing, null],
  ['0151 23456789', berlin, 'mobile'],
  ['030 23125120', berlin, 'landline'],
  ['+44 7911 123456', beijing, 'mobile'],
  ['+1 212 456 7890', beijing, null],
  ['+49 800 1234567', beijing, 'other'],
  ['138 00', beijing, null],
  ['', beijing, null],
  ['anonymous', beijing, null],
])('%s is %j', (raw, home, expected) => {
  expect(lineKindOf(parseNumber(raw, home))).toBe(expected);
});
