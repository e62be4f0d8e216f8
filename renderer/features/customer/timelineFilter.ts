import type { TimelineFilter } from '#shared/contract/methods/customers.ts';
import type { TimelineEntry } from '#shared/contract/models/records.ts';

/** What the agent looks for in a time line; days `YYYY-MM-DD` of this machine, empty for none. */
export interface Wanted {
  kind: TimelineEntry['kind'] | null;
  text: string;
  fromDay: string;
  toDay: string;
}

export const everything: Wanted = { kind: null, text: '', fromDay: '', toDay: '' };

function startOf(day: string, plusDays = 0): number | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  const at = new Date(year, month - 1, date + plusDays).getTime();
  return at >= 0 ? at : 0;
}

/** The filter as the desk takes it; the last day counts to its end. */
export function filterOf({ kind, text, fromDay, toDay }: Wanted): TimelineFilter {
  return {
    kinds: kind === null ? [] : [kind],
    text: text.trim().slice(0, 200),
    from: startOf(fromDay),
    to: startOf(toDay, 1),
  };
}

export function isEverything(wanted: Wanted): boolean {
  const { kinds, text, from, to } = filterOf(wanted);
  return kinds.length === 0 && text === '' && from === null && to === null;
}
