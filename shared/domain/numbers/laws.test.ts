import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutRaw, RAW_LIMIT } from './clean.ts';
import { formatNumber } from './format.ts';
import { FORMS } from './forms.table.ts';
import { classifyMatch } from './match.ts';
import { parseNumber } from './parse.ts';
import type { HomeCountry } from './types.ts';

const HOMES: readonly HomeCountry[] = [
  { country: 'CN' },
  { country: 'CN', areaCode: '010' },
  { country: 'DE', areaCode: '30' },
  { country: 'GB', areaCode: '20' },
  { country: 'US', areaCode: '212' },
  { country: 'HK' },
];
const home = fc.constantFrom(...HOMES);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const mobile = fc
  .tuple(fc.constantFrom(...'3456789'), digits(9))
  .map(([second, rest]) => `1${second}${rest}`);
const separator = fc.constantFrom('', ' ', '-', '\u00a0', '\u2009', '–', '.', '\u200b', '·', '－');
const knownNumbers = FORMS.flatMap((group) => group.forms)
  .map(([, expected]) => expected)
  .filter((key) => /^\+\d+$/.test(key));

/** Text of the kind that trips number readers: everything at random, or made of their own signs. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...'0123456789+-()#*,;x转/@:<>.%= ~a分机'), maxLength: 400 }),
);

describe('laws of numbers', () => {
  it('reading never throws and keeps what was written', () => {
    fc.assert(
      fc.property(anyText, home, (text, at) => {
        expect(parseNumber(text, at).raw).toBe(cutRaw(text));
      }),
      { numRuns: 500 },
    );
  });

  it('reading 10,000 signs never throws and reads a bounded part', () => {
    const unit = fc.constantFrom('1', '(', '转', ',', 'x', '\u200b', '﷽', ';a=', '+86', '<', ' ');
    fc.assert(
      fc.property(unit, unit, home, (a, b, at) => {
        const endless = (a + b).repeat(10_000).slice(0, 10_000);
        const parsed = parseNumber(endless, at);
        expect(parsed).toEqual(parseNumber(endless.slice(0, RAW_LIMIT), at));
      }),
    );
  });

  it('what is formatted reads back to the same number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...knownNumbers), home, (number, at) => {
        for (const style of ['screen', 'full'] as const) {
          expect(parseNumber(formatNumber(number, at, style), at).e164).toBe(number);
        }
      }),
    );
  });

  it('every Chinese mobile reads back, with any prefix and any separators, at any home', () => {
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom('+86', '+86 ', '＋86-', '+86 (0)', '(+86)'),
        fc.array(separator, { minLength: 11, maxLength: 11 }),
        home,
        (number, prefix, separators, at) => {
          const written = [...number]
            .map((digit, index) => digit + (separators[index] ?? ''))
            .join('');
          expect(parseNumber(prefix + written, at).matchKeys.exactKey).toBe(`+86${number}`);
        },
      ),
    );
  });

  it('separators between digits do not change the key', () => {
    fc.assert(
      fc.property(
        mobile,
        fc.constantFrom('', '0', '86', '0086', '+86'),
        separator,
        (number, prefix, sign) => {
          const at: HomeCountry = { country: 'CN' };
          const plain = parseNumber(prefix + number, at);
          const spaced = parseNumber(prefix + [...number].join(sign), at);
          expect(spaced.matchKeys).toEqual(plain.matchKeys);
        },
      ),
    );
  });

  it('reading a number found gives the same number again', () => {
    fc.assert(
      fc.property(anyText, home, (text, at) => {
        const first = parseNumber(text, at);
        if (first.e164 === undefined) return;
        const second = parseNumber(first.e164, at);
        expect(second.e164).toBe(first.e164);
        expect(classifyMatch(first, second)).toBe('exact');
      }),
      { numRuns: 500 },
    );
  });

  it('matching does not depend on the order', () => {
    fc.assert(
      fc.property(anyText, anyText, home, (a, b, at) => {
        const [left, right] = [parseNumber(a, at), parseNumber(b, at)];
        expect(classifyMatch(left, right)).toBe(classifyMatch(right, left));
      }),
    );
  });
});
