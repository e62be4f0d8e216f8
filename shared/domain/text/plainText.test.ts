import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStorable } from '../primitives.ts';
import { isBlank, storableLine, storableText } from './plainText.ts';

describe('text that is stored', () => {
  it('can always be held by a database, and stays as it is the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const stored = storableText(text);
        expect(isStorable(stored)).toBe(true);
        expect(storableText(stored)).toBe(stored);
        expect(storableLine(text)).not.toMatch(/\n/u);
      }),
    );
  });

  it.each([
    ['', true],
    ['   ', true],
    ['\u3000\u200b\u202e', true],
    ['\ufeff', true],
    ['👩‍👧', false],
    ['مرحبا', false],
    [' 王 ', false],
  ])('%j is blank: %s', (text, blank) => expect(isBlank(text)).toBe(blank));

  it('keeps emoji, right-to-left words and spaces around', () => {
    const text = ' 👩🏽‍🔧 مرحبا ';
    expect(storableText(text)).toBe(text);
  });
});
