import type { Language } from '#shared/domain/text/text.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const two = (value: number) => String(value).padStart(2, '0');

/** Running clock: `4:32`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** A time that is over, or a mean of such: to the nearest second, as the files of reports have it. */
export function formatSpan(ms: number): string {
  return formatClock(Math.round(ms / 1000) * 1000);
}

/** Time to a deadline: `54 min`, `3 h 12 m`, `1 d 4 h`; 中文 `54 分钟`、`3 小时 12 分`、`1 天 4 小时`. Late: minus first. */
export function formatLeft(ms: number, language: Language): string {
  const sign = ms < 0 ? '−' : '';
  const size = Math.abs(ms);
  const days = Math.floor(size / dayMs);
  const hours = Math.floor((size % dayMs) / hourMs);
  const minutes = Math.floor((size % hourMs) / minuteMs);
  const zh = language === 'zh-CN';
  if (days > 0) {
    const rest = hours > 0 ? (zh ? ` ${hours} 小时` : ` ${hours} h`) : '';
    return `${sign}${days}${zh ? ' 天' : ' d'}${rest}`;
  }
  if (hours > 0)
    return zh ? `${sign}${hours} 小时 ${minutes} 分` : `${sign}${hours} h ${two(minutes)} m`;
  return zh ? `${sign}${minutes} 分钟` : `${sign}${minutes} min`;
}

function parts(at: number) {
  const date = new Date(at);
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
    date,
  };
}

const englishMonth = new Intl.DateTimeFormat('en-US', { month: 'short' });
const englishLongMonth = new Intl.DateTimeFormat('en-US', { month: 'long' });
const weekdays = {
  en: new Intl.DateTimeFormat('en-US', { weekday: 'short' }),
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { weekday: 'short' }),
};

/** `14:06` */
export function formatTime(at: number): string {
  const { hour, minute } = parts(at);
  return `${two(hour)}:${two(minute)}`;
}

/** Tight places: `11 Nov`, 中文 `11-11`; with the year where it is not this one. */
export function formatShortDate(at: number, language: Language, now: number): string {
  const { year, month, day, date } = parts(at);
  const other = year !== parts(now).year;
  if (language === 'zh-CN') return `${other ? `${year}-` : ''}${two(month)}-${two(day)}`;
  return `${two(day)} ${englishMonth.format(date)}${other ? ` ${year}` : ''}`;
}

/** In sentences: `Fri 20 Nov`, 中文 `11 月 20 日 周五`. */
export function formatDay(at: number, language: Language, now: number): string {
  const { year, month, day, date } = parts(at);
  const other = year !== parts(now).year;
  const weekday = weekdays[language].format(date);
  if (language === 'zh-CN') {
    return `${other ? `${year} 年 ` : ''}${month} 月 ${day} 日 ${weekday}`;
  }
  return `${weekday} ${day} ${englishMonth.format(date)}${other ? ` ${year}` : ''}`;
}

/** Calendar days between two times in the local zone; 1 = `at` is yesterday. */
export function daysAgo(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / dayMs);
}

/** Time today, day and time else: `14:06`, `20 Nov 14:06`. */
export function formatMoment(at: number, language: Language, now: number): string {
  if (daysAgo(at, now) === 0) return formatTime(at);
  return `${formatShortDate(at, language, now)} ${formatTime(at)}`;
}

/** Month as a head of a list: `October`, `December 2025`, 中文 `10 月`、`2025 年 12 月`. */
export function formatMonth(at: number, language: Language, now: number): string {
  const { year, month, date } = parts(at);
  const other = year !== parts(now).year;
  if (language === 'zh-CN') return `${other ? `${year} 年 ` : ''}${month} 月`;
  return `${englishLongMonth.format(date)}${other ? ` ${year}` : ''}`;
}

/** `YYYY-MM` as `November 2026`, 中文 `2026 年 11 月`. */
export function formatYearMonth(month: string, language: Language): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  if (language === 'zh-CN') return `${year} 年 ${number} 月`;
  return `${englishLongMonth.format(new Date(2000, number - 1, 1))} ${year}`;
}

/** Six characters: `11 Nov` this year, `Nov 25` for one of another, 中文 `11-11`、`25-11`. */
export function formatTightDate(at: number, language: Language, now: number): string {
  const { year, month } = parts(at);
  if (year === parts(now).year) return formatShortDate(at, language, now);
  return formatMonthMark(`${year}-${two(month)}`, language);
}

/** When a thing was confirmed, in a tight mark: `Mar 26`, 中文 `26-03`. `date` is `YYYY-MM-DD`. */
export function formatMonthMark(date: string, language: Language): string {
  const [year = '', month = ''] = date.split('-');
  if (language === 'zh-CN') return `${year.slice(2)}-${month}`;
  return `${englishMonth.format(new Date(Number(year), Number(month) - 1, 1))} ${year.slice(2)}`;
}

/** A date without time, `YYYY-MM-DD`: `12 May 1984`, 中文 as it is. */
export function formatDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  if (language === 'zh-CN' || !year || !month || !day) return date;
  return `${day} ${englishMonth.format(new Date(year, month - 1, day))} ${year}`;
}

/** Minor units with their currency: `€64.80`, `¥498.00`. */
export function formatMoney(
  money: { minor: number; currency: string },
  language: Language,
): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: money.currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(money.minor / 10 ** digits);
}

/** Made once: making one takes longer than writing a hundred numbers with it. */
const numbers = { en: new Intl.NumberFormat('en'), 'zh-CN': new Intl.NumberFormat('zh-CN') };

export function formatNumber(value: number, language: Language): string {
  return numbers[language].format(value);
}
