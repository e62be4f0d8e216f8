/** The day on this machine, `YYYY-MM-DD`. `ms` is UTC. */
export function localDate(ms: number): string {
  const date = new Date(ms);
  return dateText(date.getFullYear(), date.getMonth() + 1, date.getDate());
}

/** The same day some months away, `YYYY-MM-DD`; the last day of a month that is shorter. */
export function monthsAway(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dateText(first.getUTCFullYear(), first.getUTCMonth() + 1, Math.min(day, last));
}

/** Whether the calendar has that day. */
export function isDate(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  // Years before 100 mean 1900 and later where a date is made of numbers.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function dateText(year: number, month: number, day: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
