import i18next from 'i18next';
import { useMemo, useSyncExternalStore } from 'react';
import type { Bilingual, Language } from '#shared/domain/text/text.ts';
import { deskNow } from '../ui/clock.ts';
import {
  formatClock,
  formatDate,
  formatDay,
  formatLeft,
  formatMoment,
  formatMoney,
  formatMonth,
  formatMonthMark,
  formatNumber,
  formatShortDate,
  formatTightDate,
  formatTime,
  formatYearMonth,
} from './format.ts';

function onLanguage(listener: () => void): () => void {
  i18next.on('languageChanged', listener);
  return () => i18next.off('languageChanged', listener);
}

const languageNow = (): Language => (i18next.language === 'zh-CN' ? 'zh-CN' : 'en');

/** Language of the window. Lists have hundreds of cells that ask: it takes no more than one look. */
export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, languageNow);
}

function formatsFor(language: Language) {
  return {
    language,
    clock: formatClock,
    time: formatTime,
    left: (ms: number) => formatLeft(ms, language),
    shortDate: (at: number) => formatShortDate(at, language, deskNow()),
    dayOfMonth: (at: number) => formatShortDate(at, language, at),
    tightDate: (at: number) => formatTightDate(at, language, deskNow()),
    day: (at: number) => formatDay(at, language, deskNow()),
    moment: (at: number) => formatMoment(at, language, deskNow()),
    month: (at: number) => formatMonth(at, language, deskNow()),
    /** `YYYY-MM`, with its year. */
    yearMonth: (month: string) => formatYearMonth(month, language),
    monthMark: (date: string) => formatMonthMark(date, language),
    date: (date: string) => formatDate(date, language),
    money: (money: { minor: number; currency: string }) => formatMoney(money, language),
    number: (value: number) => formatNumber(value, language),
    /** `a, b`, 中文 `a、b`. */
    list: (items: readonly string[]) => items.join(language === 'zh-CN' ? '、' : ', '),
    /** Sentences after each other: `a; b`, 中文 `a；b`. */
    clauses: (items: readonly string[]) => items.join(language === 'zh-CN' ? '；' : '; '),
    /** `label: value`, 中文 `label：value`. */
    labelled: (label: string, value: string | number) =>
      `${label}${language === 'zh-CN' ? '：' : ': '}${value}`,
    /** What an administrator entered in both languages. */
    text: (text: Bilingual) => text[language],
  };
}

export type Formats = ReturnType<typeof formatsFor>;

/** Dates, times, amounts and two-language names in the language of the window. */
export function useFormat(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsFor(language), [language]);
}
