import { describe, expect, test } from 'vitest';
import { bigrams, quoted, searchTerms } from './searchTerms.ts';

describe('bigrams', () => {
  test.each([
    ['张三丰', ['张三', '三丰']],
    ['张', []],
    ['li wei', ['li', 'we']],
    ['北京abc公司', ['北京', '公司', 'ab']],
    ['', []],
  ])('%s', (text, tokens) => expect(bigrams(text)).toEqual(tokens));
});

describe('searchTerms', () => {
  test.each([
    ['张伟', { short: ['张伟'], long: [], digits: null }],
    ['欧阳娜娜', { long: ['欧阳娜娜'], short: [] }],
    ['张', { single: '张', long: [], short: [] }],
    ['LI Wei', { short: ['li'], long: ['wei'], folded: 'li wei' }],
    ['138 0013', { long: ['1380013'], digits: '1380013' }],
    ['010-6234 5678', { long: ['1062345678'], digits: '1062345678' }],
    ['+86 138', { long: ['86138'], digits: '86138' }],
    ['ＡＢＣ', { long: ['abc'] }],
  ])('%s', (text, terms) => expect(searchTerms(text)).toMatchObject(terms));

  test.each(['', '   ', '　'])('nothing in %j', (text) => expect(searchTerms(text)).toBeNull());
});

test('a quote in a term stays inside the term', () => {
  expect(quoted('a"b')).toBe('"a""b"');
});
