import en from '../../locales/en/reportCatalogue.json' with { type: 'json' };
import zh from '../../locales/zh-CN/reportCatalogue.json' with { type: 'json' };
import type { Language } from '../text/text.ts';

const texts: Record<Language, Record<string, Record<string, string>>> = { en, 'zh-CN': zh };

/** A word of reports, such as `wordOf('en', 'column', 'offered')`; one that is not in the list as it is. */
export function wordOf(language: Language, list: string, name: string): string {
  return texts[language][list]?.[name] ?? name;
}

/** The same with its holes filled. */
export function filledWord(
  language: Language,
  list: string,
  name: string,
  values: Record<string, string>,
): string {
  return wordOf(language, list, name).replaceAll(
    /\{\{(\w+)\}\}/g,
    (hole, key: string) => values[key] ?? hole,
  );
}
