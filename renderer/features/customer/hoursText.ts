import { useTranslation } from 'react-i18next';
import type { CallHours } from '#shared/domain/customers/customer.ts';

export function clockOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Minutes of the day of `9:30`, `09：30` or `21`; null where it is no time of day. 24:00 is its end. */
export function minuteOf(typed: string): number | null {
  const found = /^(\d{1,2})(?::(\d{2}))?$/u.exec(typed.normalize('NFKC').trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const minute = hours * 60 + minutes;
  return minutes > 59 || minute > 1440 ? null : minute;
}

/** Days in runs: 1 to 5, 7. */
export function dayRuns(days: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs;
}

/** "Mon to Fri, 09:00 to 12:00" */
export function useHoursText(): (hours: CallHours) => string {
  const { t } = useTranslation('customer');
  return ({ from, to, days }) => {
    const names = dayRuns(days).map(([first, last]) =>
      first === last
        ? t(`days.${first}`)
        : t('dayRun', { from: t(`days.${first}`), to: t(`days.${last}`) }),
    );
    return t('hoursText', {
      days: names.join(t('listComma')),
      from: clockOf(from),
      to: clockOf(to),
    });
  };
}
