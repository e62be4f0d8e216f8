import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { localDate } from '#shared/domain/localDate.ts';
import { type JournalFilter, journalFilterSchema } from '#shared/sync/journal.ts';
import { goTo } from '../../app/routes.ts';

export const journalPeriods = ['today', 'yesterday', 'week', 'month', 'quarter', 'own'] as const;
export type JournalPeriod = (typeof journalPeriods)[number];

/** Lengths that calls are told apart by, ms. */
export const talkLengths = {
  any: { talkAtLeastMs: null, talkAtMostMs: null },
  short: { talkAtLeastMs: 0, talkAtMostMs: 30_000 },
  middle: { talkAtLeastMs: 30_001, talkAtMostMs: 180_000 },
  long: { talkAtLeastMs: 180_001, talkAtMostMs: 600_000 },
  longest: { talkAtLeastMs: 600_001, talkAtMostMs: null },
} as const;
export type TalkLength = keyof typeof talkLengths;

/** What the journal is asked for: days, and which calls of them. */
export interface JournalWish {
  period: JournalPeriod;
  /** Of the period `own`: first and last day, `YYYY-MM-DD` here. */
  firstDay: string;
  lastDay: string;
  talk: TalkLength;
  /** Where times to the ms are asked for, as by a report: instead of the days. */
  span: { from: number; to: number } | null;
  narrowed: Omit<JournalFilter, 'from' | 'to' | 'talkAtLeastMs' | 'talkAtMostMs'>;
  customerName: string | null;
}

const nothingNarrowed = journalFilterSchema.parse({ from: 0, to: 0 });

export const usualWish: JournalWish = {
  period: 'week',
  firstDay: '',
  lastDay: '',
  talk: 'any',
  span: null,
  narrowed: narrowedBy({}),
  customerName: null,
};

function narrowedBy(parts: Partial<JournalWish['narrowed']>): JournalWish['narrowed'] {
  const { from, to, talkAtLeastMs, talkAtMostMs, ...rest } = nothingNarrowed;
  return { ...rest, ...parts };
}

const daysBack: Record<Exclude<JournalPeriod, 'own' | 'yesterday'>, number> = {
  today: 0,
  week: 6,
  month: 29,
  quarter: 91,
};

/** Midnights of this machine: `now` is ms UTC. */
function midnight(now: number, days: number): number {
  const date = new Date(now);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + days);
  return date.getTime();
}

function midnightOf(day: string, days: number): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  return midnight(new Date(year, month - 1, date).getTime(), days);
}

/** From when to when, ms UTC, the end exclusive. */
export function spanOf(
  { period, firstDay, lastDay, span }: JournalWish,
  now: number,
): { from: number; to: number } {
  if (span) return span;
  const tomorrow = midnight(now, 1);
  if (period === 'yesterday') return { from: midnight(now, -1), to: midnight(now, 0) };
  if (period !== 'own') return { from: midnight(now, -daysBack[period]), to: tomorrow };
  const from = midnightOf(firstDay, 0) ?? midnight(now, 0);
  return { from, to: Math.max(from, midnightOf(lastDay, 1) ?? tomorrow) };
}

/** Own days begin with those that were looked at. `now` is ms UTC. */
export function withPeriod(wish: JournalWish, period: JournalPeriod, now: number): JournalWish {
  if (period !== 'own' || wish.period === 'own') return { ...wish, period };
  const { from, to } = spanOf(wish, now);
  return { ...wish, period, firstDay: localDate(from), lastDay: localDate(to - 1) };
}

export function filterOf(wish: JournalWish, now: number): JournalFilter {
  return { ...wish.narrowed, ...spanOf(wish, now), ...talkLengths[wish.talk] };
}

/** How many things beside the days narrow the calls down. */
export function narrowedCount({ narrowed, talk }: JournalWish): number {
  const { recorded, number, dispositionIds, callRefs, ...others } = narrowed;
  const chosen = Object.values(others).filter((value) => value !== null).length;
  const more = [recorded, number !== '', dispositionIds.length > 0, callRefs.length > 0];
  return chosen + more.filter(Boolean).length + (talk === 'any' ? 0 : 1);
}

const wishStore = createStore<{ wish: JournalWish }>(() => ({ wish: usualWish }));

export function useJournalWish(): [JournalWish, (wish: JournalWish) => void] {
  const wish = useStore(wishStore, (state) => state.wish);
  return [wish, (next) => wishStore.setState({ wish: next })];
}

/** The wish as it was before anybody asked for something. */
export function forgetWish(): void {
  wishStore.setState({ wish: usualWish });
}

/** Opens the journal on these calls and no others. */
export function openJournal(
  narrowed: Partial<JournalWish['narrowed']>,
  more: Partial<Pick<JournalWish, 'span' | 'period' | 'customerName'>> = {},
): void {
  wishStore.setState({ wish: { ...usualWish, ...more, narrowed: narrowedBy(narrowed) } });
  goTo('journal');
}
