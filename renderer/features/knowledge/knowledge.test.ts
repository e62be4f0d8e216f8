import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  articleOf,
  emptyArticle,
  keywordsOf,
  openFields,
  readArticleDraft,
} from './articleFields.ts';
import { lineDiff } from './lineDiff.ts';
import { withReference } from './writing.ts';

describe('lineDiff', () => {
  it('says what was added and what was removed', () => {
    expect(lineDiff('a\nb\nc', 'a\nx\nc\nd')).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'x' },
      { kind: 'same', text: 'c' },
      { kind: 'added', text: 'd' },
    ]);
  });

  it('has both texts whole', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before.join('\n'), after.join('\n'));
        const of = (kind: string) =>
          lines.filter((line) => line.kind !== kind).map((line) => line.text);
        expect(of('added').join('\n')).toBe(before.join('\n'));
        expect(of('removed').join('\n')).toBe(after.join('\n'));
      }),
    );
  });
});

describe('the fields of an article', () => {
  const whole = { ...emptyArticle('en'), title: 'T' };
  it.each([
    [{}, []],
    [{ title: '  ' }, ['title']],
    [{ title: 'x'.repeat(501) }, ['title']],
    [{ reviewOn: '2027-02-29' }, ['reviewOn']],
    [{ reviewOn: 'soon' }, ['reviewOn']],
    [{ reviewOn: '2028-02-29' }, []],
    [{ body: 'x'.repeat(100_001) }, ['body']],
    [{ keywords: Array.from({ length: 51 }, (_, at) => `k${at}`).join(',') }, ['keywords']],
  ])('%# are told where they do not fit', (change, open) => {
    expect(openFields({ ...whole, ...change })).toEqual(open);
  });

  it('keep keywords apart and once', () => {
    expect(keywordsOf('E17, 点火；点火、 flow\n')).toEqual(['E17', '点火', 'flow']);
    expect(articleOf({ ...whole, reviewOn: ' ' }).reviewOn).toBeNull();
  });

  it.each([null, 7, 'text', { language: 'xx' }])('refuse the draft %j', (stored) => {
    expect(readArticleDraft(stored)).toBeNull();
  });
});

it('a reference stands in a line of its own', () => {
  expect(withReference('', 'See “A”')).toBe('See “A”\n');
  expect(withReference('text \n\n', 'See “A”')).toBe('text\nSee “A”\n');
});
