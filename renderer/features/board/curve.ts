import type { Zone } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { BoardCurve } from '#shared/sync/board.ts';

type Point = BoardCurve['today'][number];
type Measure = 'offered' | 'answered';

const slotMinutes = 30;
const slotsOfDay = (24 * 60) / slotMinutes;
const minuteMs = 60_000;
const dayMs = 86_400_000;

/** A day's calls by half hours of the clock, three days over each other. */
export interface DayCurve {
  /** `08:00` … */
  labels: string[];
  today: (number | null)[];
  yesterday: number[];
  lastWeek: number[];
  /** Today until now, and until the same time of the day before and a week ago. */
  soFar: { today: number; yesterday: number; lastWeek: number };
}

/** Minute of the day that the clocks of the zone show. */
function minuteIn(zone: Zone, at: number): number {
  const localMs = at + zone.offsetAt(at);
  return Math.floor((((localMs % dayMs) + dayMs) % dayMs) / minuteMs);
}

function bySlot(points: readonly Point[], measure: Measure, zone: Zone): number[] {
  const slots = Array.from({ length: slotsOfDay }, () => 0);
  for (const point of points) {
    const slot = Math.floor(minuteIn(zone, point.at) / slotMinutes);
    slots[slot] = (slots[slot] ?? 0) + point[measure];
  }
  return slots;
}

function until(points: readonly Point[], measure: Measure, zone: Zone, minute: number): number {
  return points
    .filter(({ at }) => minuteIn(zone, at) <= minute)
    .reduce((sum, point) => sum + point[measure], 0);
}

const two = (value: number) => String(value).padStart(2, '0');

/** The curve between the first and the last half hour in which there was a call on any of the days, or is now. */
export function dayCurveOf(
  { today, yesterday, lastWeek }: BoardCurve,
  measure: Measure,
  { zone, now }: { zone: Zone; now: number },
): DayCurve {
  const minute = minuteIn(zone, now);
  const running = Math.floor(minute / slotMinutes);
  const days = [today, yesterday, lastWeek].map((points) => bySlot(points, measure, zone));
  const [ofToday = [], ofYesterday = [], ofLastWeek = []] = days;
  const busy = ofToday.map((_, slot) => slot === running || days.some((day) => day[slot] !== 0));
  const from = busy.indexOf(true);
  const to = busy.lastIndexOf(true) + 1;
  return {
    labels: Array.from({ length: to - from }, (_, place) => {
      const start = (from + place) * slotMinutes;
      return `${two(Math.floor(start / 60))}:${two(start % 60)}`;
    }),
    today: ofToday.slice(from, to).map((value, place) => (from + place <= running ? value : null)),
    yesterday: ofYesterday.slice(from, to),
    lastWeek: ofLastWeek.slice(from, to),
    soFar: {
      today: until(today, measure, zone, minute),
      yesterday: until(yesterday, measure, zone, minute),
      lastWeek: until(lastWeek, measure, zone, minute),
    },
  };
}
