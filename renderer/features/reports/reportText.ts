import type { ReportInterval } from '#shared/domain/reports/catalogue.ts';
import type { ColumnType } from '#shared/domain/reports/columns.ts';
import { weekName } from '#shared/domain/reports/range.ts';
import { dayOfDate } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { Language } from '#shared/domain/text/text.ts';
import type { Cell } from '#shared/sync/reports.ts';
import { formatDate, formatNumber, formatSpan } from '../../i18n/format.ts';

/** In which words figures are written. */
export interface Wording {
  language: Language;
  /** An IANA name: whose clocks are meant. */
  zone: string;
}

const noValue = '–';

/** A figure as people read it; what there is none of is a dash. */
export function cellText(cell: Cell | undefined, type: ColumnType, wording: Wording): string {
  if (cell === null || cell === undefined || cell === '') return noValue;
  if (typeof cell === 'string') return type === 'date' ? dateWords(cell, wording) : cell;
  switch (type) {
    case 'rate':
      return shareText(cell);
    case 'duration':
      return formatSpan(cell);
    case 'score':
      return cell.toFixed(2);
    case 'time':
      return momentText(cell, wording);
    default:
      return formatNumber(cell, wording.language);
  }
}

/** `71.4 %`; a whole share without its zero. */
export function shareText(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

const dateWords = (date: string, { language }: Wording) => formatDate(date, language);

const localeOf = (language: Language) => (language === 'zh-CN' ? 'zh-CN' : 'en-GB');

function written(at: number, { language, zone }: Wording, parts: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(localeOf(language), { timeZone: zone, ...parts }).format(at);
}

/** `14:06` in the zone. */
export function clockText(at: number, wording: Wording): string {
  return written(at, wording, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function momentText(at: number, wording: Wording): string {
  return `${dayText(at, wording)} ${clockText(at, wording)}`;
}

function dayText(at: number, wording: Wording): string {
  if (wording.language === 'zh-CN') return isoDay(at, wording).slice(5);
  return written(at, wording, { day: '2-digit', month: 'short' });
}

/** `YYYY-MM-DD` in the zone. */
export function isoDay(at: number, { zone }: Pick<Wording, 'zone'>): string {
  return new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(at);
}

/**
 * The name of an interval: `08:00` (with the day where the range has several), `Sun 22 Nov`, `2026-W47`, `November 2026`.
 */
export function intervalText(
  { from }: { from: number },
  interval: ReportInterval,
  wording: Wording,
  severalDays: boolean,
): string {
  switch (interval) {
    case 'day': {
      const weekday = written(from, wording, { weekday: 'short' });
      return wording.language === 'zh-CN'
        ? `${dayText(from, wording)} ${weekday}`
        : `${weekday} ${dayText(from, wording)}`;
    }
    case 'week':
      return weekName(dayOfDate(isoDay(from, wording)));
    case 'month':
      return written(from, wording, { month: 'long', year: 'numeric' });
    default:
      return severalDays ? momentText(from, wording) : clockText(from, wording);
  }
}

/** Columns that a rate or mean is made of, to be told beside it. */
const partsOfColumn: Readonly<Record<string, readonly string[]>> = {
  serviceLevel: ['answeredInTime', 'offered', 'shortAbandoned', 'unseen'],
  answerSpeed: ['answered'],
  abandonRate: ['abandoned', 'offered', 'unseen'],
  abandonRateWithoutShort: ['abandoned', 'shortAbandoned', 'offered', 'unseen'],
  transferRate: ['transferred', 'answered'],
  handleTime: ['talkTime', 'holdTime', 'afterCallTime', 'dialTime', 'handled'],
  talkTime: ['handled'],
  holdTime: ['handled'],
  afterCallTime: ['handled'],
  dialTime: ['handled'],
  occupancy: ['ringingTime', 'onCallTime', 'wrapUpTime', 'signedInTime', 'breakTime'],
  resolveTime: ['ticketsResolved'],
  oneTouchRate: ['oneTouch', 'complaintsClosed'],
  paretoShare: ['complaints'],
  firstContactRate: ['resolvedAtOnce', 'cases'],
  meanScore: ['scores'],
  topShare: ['scores'],
  satisfiedShare: ['sheets'],
};

/** The parts of a figure with their values, such as `Answered in time 80 · Offered 100`; empty: it has none here. */
export function partsText(
  columnId: string,
  columns: readonly { id: string; type: ColumnType }[],
  cells: readonly Cell[],
  wording: Wording,
  nameOf: (id: string) => string,
): string {
  return (partsOfColumn[columnId] ?? [])
    .flatMap((id) => {
      const at = columns.findIndex((column) => column.id === id);
      const column = columns[at];
      return column ? [`${nameOf(id)} ${cellText(cells[at], column.type, wording)}`] : [];
    })
    .join(' · ');
}
