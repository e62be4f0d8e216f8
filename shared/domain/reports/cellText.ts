import type { Interval } from '../metrics/interval.ts';
import { dateOfDay, type Zone } from '../serviceLevels/zonedTime.ts';
import type { ReportInterval } from './catalogue.ts';
import type { ColumnType } from './columns.ts';
import { weekName } from './range.ts';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** A cell as people read it: `12.5 %`, `0:00:16`, `2026-11-22 09:30`; nothing where there is no value. */
export function cellText(type: ColumnType, value: number | string | null, zone: Zone): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  switch (type) {
    case 'rate':
      return `${(value * 100).toFixed(1)} %`;
    case 'duration':
      return durationText(value);
    case 'score':
      return value.toFixed(2);
    case 'time':
      return timeText(value, zone);
    default:
      return String(value);
  }
}

/** `h:mm:ss`, rounded to whole seconds; hours go on counting behind a day. */
export function durationText(ms: number): string {
  const rounded = Math.round(ms / secondMs) * secondMs;
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor((rounded % hourMs) / minuteMs);
  const seconds = Math.floor((rounded % minuteMs) / secondMs);
  return `${Math.floor(rounded / hourMs)}:${two(minutes)}:${two(seconds)}`;
}

/** What the clocks of the zone show, `YYYY-MM-DD HH:mm`. */
export function timeText(at: number, zone: Zone): string {
  return new Date(at + zone.offsetAt(at)).toISOString().slice(0, 16).replace('T', ' ');
}

/** `2026-11-22 09:30`, `2026-11-22`, `2026-W47` with its days, `2026-11`. */
export function intervalText({ from, to }: Interval, interval: ReportInterval, zone: Zone): string {
  const day = zone.dayOf(from);
  const date = dateOfDay(day);
  switch (interval) {
    case 'day':
      return date;
    case 'week':
      return `${weekName(day)} (${date} – ${dateOfDay(zone.dayOf(to - 1))})`;
    case 'month':
      return date.slice(0, 7);
    case 'whole':
      return `${date} – ${dateOfDay(zone.dayOf(to - 1))}`;
    default:
      return `${timeText(from, zone)} – ${timeText(to, zone).slice(11)}`;
  }
}
