import type { BusinessCalendar } from '#shared/domain/settings/serviceLevels.ts';

type Hours = BusinessCalendar['week'][number];

/** Minutes as `24:00`, hours and minutes. */
export function durationText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Minutes of `24`, `1:30` or `1.5`; null for anything else, 0 and what is too long. */
export function readDuration(text: string): number | null {
  const written = text.normalize('NFKC').trim();
  const clock = /^(\d{1,5}):([0-5]\d)$/u.exec(written);
  const minutes = clock
    ? Number(clock[1]) * 60 + Number(clock[2])
    : /^\d{1,5}(?:\.\d{1,2})?$/u.test(written)
      ? Math.round(Number(written) * 60)
      : 0;
  return minutes >= 1 && minutes <= 1_000_000 ? minutes : null;
}

/** The hours of one day as `09:00-12:00, 13:30-18:00`. */
export function hoursText(week: readonly Hours[], day: number): string {
  return week
    .filter((hours) => hours.day === day)
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, to }) => `${timeText(from)}-${timeText(to)}`)
    .join(', ');
}

function timeText(minute: number): string {
  return [Math.floor(minute / 60), minute % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Null where it cannot be read, or hours end before they begin. */
export function readHours(text: string, day: number): Hours[] | null {
  const spans = text
    .normalize('NFKC')
    .split(/[,;、]/u)
    .map((span) => span.trim())
    .filter(Boolean)
    .map((span): Hours | null => {
      const parts = /^(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})$/u.exec(span);
      if (!parts) return null;
      const [from = -1, to = -1] = [minuteOf(parts[1], parts[2]), minuteOf(parts[3], parts[4])];
      return from >= 0 && to <= 1440 && from < to ? { day, from, to } : null;
    });
  return spans.includes(null) ? null : spans.filter((span) => span !== null);
}

function minuteOf(hours: string | undefined, minutes: string | undefined): number {
  const minute = Number(minutes);
  return minute < 60 ? Number(hours) * 60 + minute : -1;
}
