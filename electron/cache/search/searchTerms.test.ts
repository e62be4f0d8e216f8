import { describe, expect, test } from 'vitest';
import { addGrams, wantedGrams } from './grams.ts';
import { searchTerms } from './searchTerms.ts';

function grams(text: string): string[] {
  const into = new Set<string>();
  addGrams(text, into);
  return [...into];
}

describe('what the index holds of a text', () => {
  test.each([
    ['张三丰', ['张三', '三丰']],
    ['张', ['张']],
    ['li wei', ['li', 'we', 'wei']],
    ['北京abc公司', ['北京', 'ab', 'abc', '公司']],
    ['13800', ['1380', '3800']],
    ['138', ['138']],
    ['k-10001', ['1000', '0001']],
    ['', []],
  ])('%s', (text, expected) => expect(grams(text)).toEqual(expected));
});

describe('what is asked of it', () => {
  test.each([
    ['张', []],
    ['张伟', ['张伟']],
    ['keller', ['kel', 'ell', 'lle', 'ler']],
    ['we', ['we']],
    ['w', []],
    ['138', []],
    ['8000', ['8000']],
    ['a"b', []],
  ])('%s', (word, expected) => expect(wantedGrams(word)).toEqual(expected));

  test('whoever has the word has its pieces', () => {
    for (const text of ['欧阳娜娜', 'Anna-Keller', '8613800138000', '上海abc有限公司']) {
      const held = grams(text.toLowerCase());
      for (let from = 0; from < text.length; from++) {
        const word = text.slice(0, from + 1).toLowerCase();
        expect(held).toEqual(expect.arrayContaining(wantedGrams(word)));
      }
    }
  });
});

describe('what was typed', () => {
  test.each([
    ['LI Wei', [{ text: 'li' }, { text: 'wei' }]],
    ['138 0013', [{ digits: '1380013' }]],
    ['010-6234 5678', [{ digits: '1062345678' }]],
    ['+86 138', [{ digits: '86138' }]],
    ['张伟 8000', [{ text: '张伟' }, { digits: '8000' }]],
    ['ＡＢＣ', [{ text: 'abc', digits: null }]],
  ])('%s', (text, words) => expect(searchTerms(text)).toMatchObject({ words }));

  test.each(['', '   ', '　'])('nothing in %j', (text) => expect(searchTerms(text)).toBeNull());
});
