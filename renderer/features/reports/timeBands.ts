import type { ReportResult } from '#shared/sync/reports.ts';
import { isoDay, type Wording } from './reportText.ts';

export interface Band {
  key: string;
  name: string;
  date: string;
  stretches: { state: string; reason: string; from: number; to: number }[];
}

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Rows of the time table by agent and day, each with what the agent did when; what still goes on ends at `now`. */
export function bandsOf(
  { columns, rows }: Pick<ReportResult, 'columns' | 'rows'>,
  now: number,
): Band[] {
  const at = new Map(columns.map(({ id }, place) => [id, place]));
  const bands = new Map<string, Band>();
  for (const { cells, link } of rows) {
    const cell = (id: string) => cells[at.get(id) ?? -1];
    const from = cell('stretchFrom');
    if (typeof from !== 'number') continue;
    const to = cell('stretchTo');
    const date = String(cell('date') ?? '');
    const name = String(cell('agent') ?? '');
    const key = `${date} ${link?.kind === 'agent' ? link.agentId : name}`;
    const band = bands.get(key) ?? { key, name, date, stretches: [] };
    band.stretches.push({
      state: String(cell('state') ?? ''),
      reason: String(cell('reason') ?? ''),
      from,
      to: typeof to === 'number' ? to : Math.max(from, now),
    });
    bands.set(key, band);
  }
  return [...bands.values()].sort(
    (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0) || a.name.localeCompare(b.name),
  );
}

/** The minute of its day at which a time lies, by the clocks of the zone; 1440 at the end of `date`. */
export function minuteOf(at: number, date: string, wording: Wording): number {
  const day = isoDay(at, wording);
  if (day < date) return 0;
  if (day > date) return dayMs / minuteMs;
  const text = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: wording.zone, hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
  }).format(at);
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return hour * 60 + minute + second / 60;
}

/** First and last full hour of what the bands show. */
export function hoursOf(bands: readonly Band[], wording: Wording): { first: number; last: number } {
  const minutes = bands.flatMap(({ date, stretches }) =>
    stretches.flatMap(({ from, to }) => [
      minuteOf(from, date, wording),
      minuteOf(to, date, wording),
    ]),
  );
  if (minutes.length === 0) return { first: 0, last: 24 };
  const first = Math.floor(Math.min(...minutes) / 60);
  return { first, last: Math.max(first + 1, Math.ceil(Math.max(...minutes) / 60)) };
}
