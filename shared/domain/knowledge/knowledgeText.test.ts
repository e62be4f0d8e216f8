import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  markTerms,
  plainOf,
  snippetOf,
  suggestionScore,
  tokensOf,
  topicTerms,
  typedTerms,
} from './knowledgeText.ts';

describe('plainOf', () => {
  it.each([
    ['## Ask first\n1. Is the **gas valve** open?', 'Ask first Is the gas valve open?'],
    ['[call](tel:119) ![a picture](x.png)', 'call a picture'],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'a b 1 2'],
    ['> Stay calm\n\n- one\n- two', 'Stay calm one two'],
    ['', ''],
  ])('%j', (markdown, plain) => expect(plainOf(markdown)).toBe(plain));
});

describe('tokensOf', () => {
  it.each([
    ['热水器 E17', '热水 水器 器 e17'],
    ['水', '水'],
    ['Ｎo HOT-water', 'no hot water'],
    ['S3滤芯', 's3 滤芯 芯'],
    ['🔥 مرحبا', 'مرحبا'],
  ])('%s', (text, tokens) => expect(tokensOf(text)).toBe(tokens));
});

describe('terms', () => {
  it('of a search box: words and whole runs', () => {
    expect(typedTerms('无热水 E17 e17')).toEqual(['无热水', 'e17']);
  });
  it('of a note: no filler, the newest last, at most so many', () => {
    expect(topicTerms('The customer said: the boiler has no pressure')).toEqual([
      'boiler',
      'pressure',
    ]);
    expect(topicTerms('客户反映无热水')).toEqual(['户反', '映无', '无热', '热水']);
    expect(topicTerms('one two three four five six', 2)).toEqual(['five', 'six']);
  });
});

describe('marks', () => {
  it('stand where the terms stand', () => {
    expect(markTerms('No hot water', ['hot', 'wat'])).toEqual([
      { text: 'No ', marked: false },
      { text: 'hot', marked: true },
      { text: ' ', marked: false },
      { text: 'wat', marked: true },
      { text: 'er', marked: false },
    ]);
  });

  it('lose nothing of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary', maxLength: 3 }), { maxLength: 4 }),
        (text, terms) => {
          expect(
            markTerms(text, terms)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });

  it('a snippet shows the first term and says that there is more', () => {
    const long = `${'word '.repeat(100)}needle ${'word '.repeat(100)}`;
    const parts = snippetOf(long, ['needle'], 60);
    expect(parts.some(({ text, marked }) => marked && text === 'needle')).toBe(true);
    const whole = parts.map(({ text }) => text).join('');
    expect([...whole].length).toBeLessThanOrEqual(62);
    expect([whole.startsWith('…'), whole.endsWith('…')]).toEqual([true, true]);
  });

  it('a snippet never breaks a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, length) => {
        const whole = snippetOf(text, ['a'], length + 1)
          .map((part) => part.text)
          .join('');
        expect(whole.isWellFormed()).toBe(text.isWellFormed());
      }),
    );
  });
});

describe('suggestionScore', () => {
  const article = {
    ticketCategoryIds: ['heater.noHotWater', 'softener'],
    queueIds: ['support'],
    language: 'en',
    title: 'No hot water',
    keywords: ['E17'],
    body: 'Close the tap and open it again.',
  };
  const wanted = { ticketCategoryId: null, queueId: null, language: 'en', terms: [] as string[] };
  it.each([
    ['nothing written', {}, 0],
    ['the queue alone is no reason', { queueId: 'support' }, 0],
    ['one word in a long text is chance', { terms: ['tap'] }, 0],
    ['a word of the title', { terms: ['hot'] }, 8],
    ['a keyword', { terms: ['e17'] }, 7],
    ['the category', { ticketCategoryId: 'heater.noHotWater' }, 15],
    ['a category below', { ticketCategoryId: 'softener.salt' }, 15],
    ['not one that only begins alike', { ticketCategoryId: 'softenerX' }, 0],
    [
      'of the queue, in another language',
      { terms: ['hot'], queueId: 'support', language: 'zh-CN' },
      7,
    ],
  ])('%s', (_, change, score) => {
    expect(suggestionScore(article, { ...wanted, ...change })).toBe(score);
  });
});
