import type { Interval } from '#shared/domain/metrics/interval.ts';
import { catalogue, type ReportInterval } from '#shared/domain/reports/catalogue.ts';
import { timeText } from '#shared/domain/reports/cellText.ts';
import type { ColumnType } from '#shared/domain/reports/columns.ts';
import { weekName } from '#shared/domain/reports/range.ts';
import { filledWord, wordOf } from '#shared/domain/reports/texts.ts';
import { dateOfDay, type Zone, zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { Cell, ReportResult, ReportRow } from '#shared/sync/reports.ts';

export interface DocumentColumn {
  title: string;
  type: ColumnType;
}

/** A report as it is written into files: everything in words but the values. */
export interface ReportDocument {
  title: string;
  zone: Zone;
  /** Range, zone, grouping, filters, when it was made, until when it is provisional. */
  facts: { label: string; text: string }[];
  formulas: { label: string; text: string }[];
  notes: string[];
  /** Interval and group first, where it has them. */
  columns: DocumentColumn[];
  rows: Cell[][];
  /** As many as columns; null of a list. */
  totals: Cell[] | null;
  words: { formulas: string; notes: string; page(page: number, pages: number): string };
}

/** A report in words: what CSV, XLSX and PDF are made of. */
export function documentOf(result: ReportResult): ReportDocument {
  const { request, columns, rows, totals } = result;
  const { language } = request;
  const zone = zoneOf(request.zone) ?? utc;
  const word = (list: string, name: string) => wordOf(language, list, name);
  const { shape } = catalogue[request.report];
  const byInterval = shape === 'figures' && request.interval !== 'whole';
  const byGroup = shape === 'figures' && request.groupBy !== 'none';
  const leading: DocumentColumn[] = [
    ...(byInterval
      ? [{ title: word('column', 'interval'), type: leadingType(request.interval) }]
      : []),
    ...(byGroup ? [{ title: word('group', request.groupBy), type: 'text' as const }] : []),
  ];
  const lead = ({ interval, group }: Pick<ReportRow, 'interval' | 'group'>): Cell[] => [
    ...(byInterval && interval ? [leadingCell(interval, request.interval, zone)] : []),
    ...(byGroup ? [group?.name ?? null] : []),
  ];
  return {
    title: word('report', request.report),
    zone,
    facts: factsOf(result, zone),
    formulas: columns
      .filter(({ formula }) => formula !== null)
      .map(({ id, formula }) => ({
        label: word('column', id),
        text: word('formula', formula ?? id),
      })),
    notes: result.notes.map((note) => word('note', note)),
    columns: [...leading, ...columns.map(({ id, type }) => ({ title: word('column', id), type }))],
    rows: rows.map((row) => [...lead(row), ...row.cells]),
    totals:
      totals === null
        ? null
        : [...leading.map((_, index) => (index === 0 ? word('word', 'total') : null)), ...totals],
    words: {
      formulas: word('word', 'formulas'),
      notes: word('word', 'notes'),
      page: (page, pages) =>
        filledWord(language, 'word', 'page', { page: String(page), pages: String(pages) }),
    },
  };
}

const utc: Zone = {
  offsetAt: () => 0,
  dayOf: (at) => Math.floor(at / 86_400_000),
  instantOf: (day, minute) => day * 86_400_000 + minute * 60_000,
};

/** Quarters and hours are times and days are dates, so that a spreadsheet sorts them. */
function leadingType(interval: ReportInterval): ColumnType {
  if (interval.endsWith('min')) return 'time';
  return interval === 'day' ? 'date' : 'text';
}

function leadingCell({ from }: Interval, interval: ReportInterval, zone: Zone): Cell {
  if (interval.endsWith('min')) return from;
  const day = zone.dayOf(from);
  if (interval === 'week') return weekName(day);
  return interval === 'month' ? dateOfDay(day).slice(0, 7) : dateOfDay(day);
}

function factsOf(result: ReportResult, zone: Zone): ReportDocument['facts'] {
  const { request, days, generatedAt, provisional, filters } = result;
  const { language } = request;
  const word = (name: string) => wordOf(language, 'word', name);
  const names = (all: string[]) => all.join(language === 'en' ? ', ' : '、');
  const narrowed = filters.map(
    ({ filter, names: named }) => `${wordOf(language, 'filter', filter)}: ${names(named)}`,
  );
  return [
    { label: word('range'), text: `${days.from} – ${days.to}` },
    { label: word('zone'), text: request.zone },
    {
      label: word('by'),
      text: names([
        wordOf(language, 'interval', request.interval),
        wordOf(language, 'group', request.groupBy),
      ]),
    },
    { label: word('filters'), text: narrowed.length === 0 ? word('all') : narrowed.join('; ') },
    { label: word('generatedAt'), text: timeText(generatedAt, zone) },
    { label: word('figures'), text: provisional ? provisionText(result, zone) : word('final') },
  ];
}

/** Until when, or that nobody knows, and why. */
function provisionText({ request, provisional }: ReportResult, zone: Zone): string {
  if (!provisional) return '';
  const { language } = request;
  const names = provisional.awaited.join(language === 'en' ? ', ' : '、');
  const reasons = provisional.reasons.map((reason) =>
    filledWord(language, 'provisional', reason, { names }),
  );
  const until =
    provisional.until === null
      ? wordOf(language, 'word', 'provisional')
      : filledWord(language, 'word', 'provisionalUntil', {
          until: timeText(provisional.until, zone),
        });
  return `${until}: ${reasons.join('; ')}`;
}
