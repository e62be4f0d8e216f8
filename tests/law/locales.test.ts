import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '#shared/contract/errors.ts';
import { languages } from '#shared/domain/text/text.ts';

const folder = new URL('../../shared/locales/', import.meta.url);

function textsOf(value: unknown, path: string): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no text`);
  return Object.entries(value).flatMap(([key, inner]) =>
    textsOf(inner, path ? `${path}.${key}` : key),
  );
}

function read(language: string, file: string): Map<string, string> {
  return new Map(
    textsOf(JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')), ''),
  );
}

/** Chinese has one plural form and English two: the ending says which, the rest of the key must agree. */
const keysOf = (texts: Map<string, string>) =>
  [...new Set([...texts.keys()].map((key) => key.replace(/_(one|other)$/u, '')))].sort();

const holesOf = (text: string) =>
  [...new Set(text.match(/\{\{[^}]+\}\}|<\/?\w+\/?>/gu) ?? [])].sort();

/** Comma, colon, semicolon, question mark or bracket of Latin script right beside a Chinese character. */
const narrowBesideChinese = /\p{Script=Han}[,:;?(]|[,;?)]\p{Script=Han}/u;

const files = (language: string) => readdirSync(new URL(`${language}/`, folder)).sort();
const [first, second] = languages;

describe('the texts of the window', () => {
  it('have the same files in both languages', () => {
    expect(files(second)).toEqual(files(first));
  });

  describe.each(files(first))('%s', (file) => {
    const both = { en: read('en', file), 'zh-CN': read('zh-CN', file) };

    it('has the same keys', () => {
      expect(keysOf(both['zh-CN'])).toEqual(keysOf(both.en));
    });

    it('has the same holes to fill', () => {
      for (const [key, text] of both.en) {
        const chinese = both['zh-CN'].get(key.replace(/_one$/u, '_other'));
        const known = holesOf(chinese ?? '');
        for (const hole of holesOf(text)) expect(known, key).toContain(hole);
      }
    });

    it.each(languages)('says something polite everywhere (%s)', (language) => {
      for (const [key, text] of both[language]) {
        expect(text.trim(), key).not.toBe('');
        expect(text, key).not.toMatch(/[!！]|\bplease\b|\bsuccessfully\b|请您|成功/iu);
      }
    });
  });

  it('is asked in Chinese without 请 and 您, with the signs of Chinese', () => {
    for (const file of files('zh-CN')) {
      for (const [key, text] of read('zh-CN', file)) {
        const place = `${file} ${key}`;
        // What agents say to customers is theirs to say politely.
        if (place !== 'scripts.json editor.newStep') {
          expect(text, place).not.toMatch(/您|(?<!申)请(?!求)/u);
        }
        expect(text.replace(/\{\{[^}]+\}\}/gu, '字'), place).not.toMatch(narrowBesideChinese);
      }
    }
  });

  it.each(languages)('have words for every error code and no other (%s)', (language) => {
    expect([...read(language, 'errors.json').keys()].sort()).toEqual([...errorCodes].sort());
  });
});
