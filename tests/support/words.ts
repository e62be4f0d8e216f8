import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ErrorCode } from '#shared/contract/errors.ts';

export type Words = Record<'en' | 'zh-CN', string>;

/** What the window says for an error, in both languages. */
export function errorWords(code: ErrorCode): Words {
  return wordsOf('errors', code);
}

/** The text of a key such as `check.server.trouble`, in both languages. */
export function wordsOf(namespace: string, key: string): Words {
  const find = (language: keyof Words) => {
    const file = new URL(`../../shared/locales/${language}/${namespace}.json`, import.meta.url);
    const texts: unknown = JSON.parse(readFileSync(fileURLToPath(file), 'utf8'));
    const found = key.split('.').reduce<unknown>(inside, texts);
    if (typeof found !== 'string') throw new Error(`no text ${namespace}:${key} in ${language}`);
    return found;
  };
  return { en: find('en'), 'zh-CN': find('zh-CN') };
}

function inside(texts: unknown, name: string): unknown {
  return typeof texts === 'object' && texts !== null
    ? (texts as Record<string, unknown>)[name]
    : undefined;
}
