import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDispositions } from '#shared/sample/lists/dispositions.ts';
import { leafText, markWords, pathText, searchPaths } from './pathSearch.ts';

const none = new Map<string, number>();
const first = (typed: string, used: ReadonlyMap<string, number> = none): string => {
  const hit = searchPaths(defaultDispositions, typed, used)[0];
  return hit ? pathText(hit.item, 'en') : '';
};

describe('searchPaths', () => {
  it.each([
    ['no hot', 'Repair › Heating › No hot water'],
    ['hot no', 'Repair › Heating › No hot water'],
    ['heating noise', 'Repair › Heating › Noise'],
    ['热水', 'Repair › Heating › No hot water'],
    ['无热水 报修', 'Repair › Heating › No hot water'],
    ['漏水', 'Repair › Water › Leaking'],
    ['wrs', 'Repair › Heating › No hot water'],
    ['bx ls', 'Repair › Water › Leaking'],
    ['INVOICE wan', 'Order › Billing › Invoice wanted'],
  ])('finds %j', (typed, expected) => {
    expect(first(typed)).toBe(expected);
  });

  it('puts the most used first among equal hits', () => {
    const used = new Map([[searchPaths(defaultDispositions, 'noise', none)[0]?.item.id ?? '', 3]]);
    expect(first('', used)).toBe('Repair › Heating › Noise');
  });

  it('finds nothing for words that stand in no path', () => {
    expect(searchPaths(defaultDispositions, 'zebra', none)).toEqual([]);
  });

  it('finds every leaf by its own words, whatever their order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultDispositions),
        fc.constantFrom('en' as const, 'zh-CN' as const),
        fc.boolean(),
        (item, language, reversed) => {
          const words = leafText(item, language).split(/\s+/);
          const typed = (reversed ? words.toReversed() : words).join(' ');
          expect(searchPaths(defaultDispositions, typed, none).map((hit) => hit.item)).toContain(
            item,
          );
        },
      ),
    );
  });
});

describe('markWords', () => {
  it('marks each typed word where it stands', () => {
    expect(markWords('No hot water', 'wat no')).toEqual([
      { text: 'No', marked: true },
      { text: ' hot ', marked: false },
      { text: 'wat', marked: true },
      { text: 'er', marked: false },
    ]);
  });

  it('keeps the whole label', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (label, typed) => {
        expect(
          markWords(label, typed)
            .map((part) => part.text)
            .join(''),
        ).toBe(label);
      }),
    );
  });
});
