/** The same day some months away, ms UTC in the local calendar. */
export function addMonths(at: number, months: number): number {
  const date = new Date(at);
  return date.setMonth(date.getMonth() + months);
}

/** Whole months since a day `YYYY-MM-DD`; never negative. */
export function monthsSince(date: string, now: number): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const today = new Date(now);
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month;
  return Math.max(0, months - (today.getDate() < day ? 1 : 0));
}
