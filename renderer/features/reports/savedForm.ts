import type { ReportRequest } from '#shared/domain/reports/request.ts';
import { type NewSavedReport, newSavedReportSchema } from '#shared/domain/reports/savedReport.ts';
import type { SavedReport } from '#shared/sync/reports.ts';

/** A saved report as it is filled in. */
export interface SavedDraft {
  name: string;
  shared: boolean;
  format: NewSavedReport['format'];
  every: 'never' | 'day' | 'week' | 'month';
  /** `HH:MM`. */
  time: string;
  weekday: string;
  day: string;
  to: 'mail' | 'folder';
  addresses: string;
}

export const emptySaved: SavedDraft = {
  ...{ name: '', shared: false, format: 'xlsx', every: 'never', time: '07:00' },
  ...{ weekday: '1', day: '1', to: 'mail', addresses: '' },
};

export type SavedGap = 'name' | 'time' | 'day' | 'addresses';

const two = (value: number) => String(value).padStart(2, '0');

export function savedDraftOf({
  name,
  shared,
  format,
  schedule,
  delivery,
}: SavedReport): SavedDraft {
  const minute = schedule?.minute ?? 420;
  return {
    ...{ name, shared, format, every: schedule?.every ?? 'never' },
    time: `${two(Math.floor(minute / 60))}:${two(minute % 60)}`,
    weekday: String(schedule?.every === 'week' ? schedule.weekday : 1),
    day: String(schedule?.every === 'month' ? schedule.day : 1),
    to: delivery?.to ?? 'mail',
    addresses: delivery?.to === 'mail' ? delivery.addresses.join(', ') : '',
  };
}

/** Addresses as they are typed: apart by commas, semicolons, spaces or lines. */
export function addressesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;，；]+/u).filter((one) => one !== ''))];
}

function minuteOf(time: string): number | null {
  const [, hours, minutes] =
    /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.normalize('NFKC').trim()) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** The report as it would be saved, or which fields of the form are not right yet. */
export function readSaved(
  draft: SavedDraft,
  request: ReportRequest,
): { report: NewSavedReport } | { gaps: SavedGap[] } {
  const minute = minuteOf(draft.time);
  const scheduled = draft.every !== 'never';
  const at = { minute: minute ?? -1, zone: request.zone };
  const read = newSavedReportSchema.safeParse({
    ...{ name: draft.name.trim(), request, shared: draft.shared, format: draft.format },
    schedule: scheduled ? scheduleOf(draft, at) : null,
    delivery: !scheduled
      ? null
      : draft.to === 'folder'
        ? { to: 'folder' }
        : { to: 'mail', addresses: addressesOf(draft.addresses) },
  });
  if (read.success) return { report: read.data };
  const gaps = read.error.issues.map(({ path }): SavedGap => {
    if (path[0] === 'name') return 'name';
    if (path[0] === 'delivery') return 'addresses';
    return path[1] === 'day' ? 'day' : 'time';
  });
  return { gaps: [...new Set(gaps)] };
}

function scheduleOf(
  { every, weekday, day }: SavedDraft,
  at: { minute: number; zone: string },
): unknown {
  if (every === 'week') return { every, weekday: Number(weekday), ...at };
  if (every === 'month') return { every, day: day.trim() === '' ? null : Number(day), ...at };
  return { every, ...at };
}
