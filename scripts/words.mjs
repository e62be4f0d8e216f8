import { readFileSync } from 'node:fs';

/** Language of the terminal: that of the system, where it is one of ours. */
export const language = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh')
  ? 'zh-CN'
  : 'en';

const file = new URL(`../shared/locales/${language}/terminal.json`, import.meta.url);
/** @type {Record<string, string>} */
const texts = JSON.parse(readFileSync(file, 'utf8'));

/**
 * A text for the person at the terminal, with `{{name}}` filled in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function words(key, values = {}) {
  return Object.entries(values).reduce(
    (text, [name, value]) => text.replaceAll(`{{${name}}}`, String(value)),
    texts[key] ?? key,
  );
}
