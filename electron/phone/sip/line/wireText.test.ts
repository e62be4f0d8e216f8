import fc from 'fast-check';
import { Grammar } from 'sip.js';
import { describe, expect, test } from 'vitest';
import { readableFrom } from './wireText.ts';

describe('readableFrom', () => {
  test.each([
    ['what can be read stays', '"王" <sip:1@x>;tag=a', '"王" <sip:1@x>;tag=a'],
    ['control characters go', '"e\u0007vil" <sip:1@x>;tag=a', '"evil" <sip:1@x>;tag=a'],
    ['a comma without quotes', 'Bell, A <sip:1@x>;tag=a', '"Bell, A" <sip:1@x>;tag=a'],
    ['Chinese without quotes', '王芳 <sip:1@x>;tag=a', '"王芳" <sip:1@x>;tag=a'],
    ['an open quote', '"Wang <sip:1@x>;tag=a', '"Wang" <sip:1@x>;tag=a'],
    ['white space in brackets', '"W" < sip:1@x >;tag=a', '"W" <sip:1@x>;tag=a'],
    ['no address', '<<sip:>;tag=a-1', null],
    ['nothing', '', null],
    [
      'a telephone number',
      '"W" <tel:+8613800138000;x=1>;tag=a',
      '"W" <sip:+8613800138000@tel.invalid>;tag=a',
    ],
    ['an address of no telephone', '<isbn:2983792873>;tag=a', '<sip:unreadable.invalid>;tag=a'],
  ])('%s', (_title, from, expected) => {
    expect(readableFrom(from)).toBe(expected);
  });

  test('whatever it gives, the grammar reads it and it stays one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
        const from = readableFrom(`${name} <sip:1@x>;tag=a`);
        if (from === null) return;
        expect(Grammar.parse(from, 'From')).not.toBe(-1);
      }),
    );
    // The grammar takes long to say no.
  }, 60_000);
});
