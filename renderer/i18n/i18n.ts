import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/text/text.ts';

/** All texts but those that are spoken outside of the window. */
const files = import.meta.glob<Record<string, unknown>>(
  [
    '../../shared/locales/*/*.json',
    '!../../shared/locales/*/{terminal,electron,browserShell}.json',
  ],
  { eager: true, import: 'default' },
);

function resources(): Resource {
  const all: Resource = {};
  for (const [path, texts] of Object.entries(files)) {
    const [, language, namespace] = /locales\/([^/]+)\/([^/]+)\.json$/u.exec(path) ?? [];
    if (!language || !namespace) continue;
    all[language] = { ...all[language], [namespace]: texts };
  }
  return all;
}

/** Starts the texts in the language of the system until the settings are known. */
export function startTexts(language: Language): void {
  i18next.use(initReactI18next).init({
    resources: resources(),
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** Switches every text on the screen, without a restart. */
export function switchLanguage(language: Language): void {
  if (i18next.language !== language) void i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function languageOfSystem(): Language {
  return /^zh\b/iu.test(navigator.language) ? 'zh-CN' : 'en';
}
