import { describe, expect, it } from 'vitest';

const namespaces = [
  'fields',
  'ticket',
  'wrapUp',
  'register',
  'match',
  'tickets',
  'team',
  'journal',
] as const;

const files = import.meta.glob<unknown>('../../../shared/locales/*/*.json', {
  eager: true,
  import: 'default',
});

function textsOf(language: string, namespace: string): Map<string, string> {
  const texts = new Map<string, string>();
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') texts.set(path, node);
    else for (const [key, value] of Object.entries(node ?? {})) walk(value, `${path}.${key}`);
  };
  walk(files[`../../../shared/locales/${language}/${namespace}.json`], '');
  expect(texts.size).toBeGreaterThan(0);
  return texts;
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe.each(namespaces)('texts of %s', (namespace) => {
  const en = textsOf('en', namespace);
  const zh = textsOf('zh-CN', namespace);

  it('stand in both languages with the same values to fill in', () => {
    expect([...zh.keys()].toSorted()).toEqual([...en.keys()].toSorted());
    for (const [key, text] of en) {
      expect([key, placeholders(zh.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('do not shout and do not beg', () => {
    for (const text of [...en.values(), ...zh.values()]) {
      expect(text).not.toMatch(/!|！|\bplease\b|successfully|请您|成功/iu);
    }
  });
});
