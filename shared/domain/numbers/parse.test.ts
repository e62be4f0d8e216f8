import { describe, expect, it } from 'vitest';
import { RAW_LIMIT } from './clean.ts';
import { FORMS } from './forms.table.ts';
import { isHomeCountry } from './homePlan.ts';
import { parseNumber } from './parse.ts';
import type { HomeCountry, ParsedNumber } from './types.ts';

const home: HomeCountry = { country: 'CN', areaCode: '10' };

function keyOf(parsed: ParsedNumber): string {
  const key = parsed.matchKeys.exactKey ?? parsed.kind;
  return parsed.extension === undefined ? key : `${key};${parsed.extension}`;
}

for (const group of FORMS) {
  describe(group.title, () => {
    it.each(group.forms.map(([written, expected]) => ({ written, expected })))(
      '$written → $expected',
      ({ written, expected }) => {
        const parsed = parseNumber(written, group.home);
        expect(keyOf(parsed)).toBe(expected);
        expect(parsed.raw).toBe(written);
      },
    );
  });
}

it('tells countries with a numbering plan from other text', () => {
  expect(['CN', 'DE', 'cn', 'XX', ''].map(isHomeCountry)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

describe('parseNumber', () => {
  it('says what was added to a number', () => {
    expect(parseNumber('62345678', home)).toEqual({
      raw: '62345678',
      kind: 'e164',
      e164: '+861062345678',
      national: '1062345678',
      country: 'CN',
      assumed: 'area',
      written: '62345678',
      matchKeys: { exactKey: '+861062345678', suffixKey: '2345678' },
    });
    expect(parseNumber('12125550123', home)).toMatchObject({ assumed: 'country', country: 'US' });
    expect(parseNumber('+12125550123', home)).not.toHaveProperty('assumed');
  });

  it('gives incomplete numbers a suffix key only', () => {
    const parsed = parseNumber('9013800138000', home);
    expect(parsed.matchKeys).toEqual({ suffixKey: '0138000' });
    expect(parsed.national).toBe('9013800138000');
  });

  it('gives hidden, empty and wordy caller ids no key', () => {
    for (const written of ['anonymous', '', 'hello']) {
      expect(parseNumber(written, home).matchKeys).toEqual({});
    }
  });

  it('keeps the first part of an endless caller id', () => {
    const parsed = parseNumber(`13800138000${' '.repeat(10_000)}`, home);
    expect(parsed.e164).toBe('+8613800138000');
    expect(parsed.raw).toHaveLength(RAW_LIMIT);
    expect(parseNumber('1'.repeat(10_000), home).kind).toBe('unknown');
    expect(parseNumber(`a${'😀'.repeat(200)}`, home).raw.isWellFormed()).toBe(true);
  });
});
