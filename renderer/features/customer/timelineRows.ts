import type { TimelineEntry } from '#shared/contract/models/records.ts';
import type { Language } from '#shared/domain/text/text.ts';
import { daysAgo, formatDay, formatMonth } from '../../i18n/format.ts';

export type TimelineRow =
  | { type: 'head'; key: string; group: Group }
  | { type: 'entry'; key: string; entry: TimelineEntry; last: boolean };

/** The head of a run of entries: a day of the last week, the rest of this month, a month before. */
export type Group =
  | { kind: 'today' | 'day'; words: string }
  | { kind: 'yesterday' }
  | { kind: 'earlier'; words: string }
  | { kind: 'month'; words: string };

/** How many days get a head of their own. */
const dayHeads = 7;

function sameMonth(a: number, b: number): boolean {
  const [x, y] = [new Date(a), new Date(b)];
  return x.getMonth() === y.getMonth() && x.getFullYear() === y.getFullYear();
}

function groupOf(at: number, language: Language, now: number): Group {
  const days = daysAgo(at, now);
  if (days <= 0) return { kind: 'today', words: formatDay(at, language, now) };
  if (days === 1) return { kind: 'yesterday' };
  if (days < dayHeads) return { kind: 'day', words: formatDay(at, language, now) };
  const words = formatMonth(at, language, now);
  return sameMonth(at, now) ? { kind: 'earlier', words } : { kind: 'month', words };
}

function keyOf(group: Group): string {
  return 'words' in group ? `${group.kind}:${group.words}` : group.kind;
}

/** Entries, newest first, with a head before each group. `now` is the desk's time, ms UTC. */
export function timelineRows(
  entries: readonly TimelineEntry[],
  language: Language,
  now: number,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let lastKey = '';
  for (const entry of entries) {
    const group = groupOf(entry.at, language, now);
    const key = keyOf(group);
    const previous = rows.at(-1);
    if (key !== lastKey) {
      if (previous?.type === 'entry') previous.last = true;
      rows.push({ type: 'head', key, group });
      lastKey = key;
    }
    rows.push({ type: 'entry', key: entry.id, entry, last: false });
  }
  const end = rows.at(-1);
  if (end?.type === 'entry') end.last = true;
  return rows;
}

/** Older entries after newer ones, each once, newest first. */
export function mergeEntries(
  newer: readonly TimelineEntry[],
  older: readonly TimelineEntry[],
): TimelineEntry[] {
  const seen = new Set(newer.map((entry) => entry.id));
  const all = [...newer, ...older.filter((entry) => !seen.has(entry.id))];
  return all.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
}
