import {
  type BoardMeasure,
  lessIsWorse,
  type Threshold,
} from '#shared/domain/settings/supervision.ts';

/** How a limit of a measure is written: a number, per cent, or seconds. */
export type Unit = 'count' | 'share' | 'time';

export function unitOf(measure: BoardMeasure): Unit {
  if (measure === 'waiting' || measure === 'readyAgents') return 'count';
  return measure === 'serviceLevel' || measure === 'abandonRate' ? 'share' : 'time';
}

/** What stands for one in the unit: a per cent is 0.01, a second 1,000 ms. */
const factors: Record<Unit, number> = { count: 1, share: 0.01, time: 1000 };
const mostOf: Record<Unit, number> = { count: 10_000, share: 1, time: 86_400_000 };

export function writeLimit(value: number, unit: Unit): string {
  return String(Math.round((value / factors[unit]) * 100) / 100);
}

/** Undefined where the text is no number, or one that cannot be a limit. */
export function readLimit(text: string, unit: Unit): number | undefined {
  const written = text.normalize('NFKC').trim().replace(/%$/u, '').trim();
  if (!/^\d{1,6}(?:[.,]\d{1,2})?$/u.test(written)) return undefined;
  const number = Number(written.replace(',', '.'));
  if (unit === 'count' && !Number.isInteger(number)) return undefined;
  // The text has at most two decimals: rounding takes away what binary fractions add.
  const value = Math.round(number * factors[unit] * 1e6) / 1e6;
  if (value > mostOf[unit]) return undefined;
  return unit === 'time' ? Math.round(value) : value;
}

/** Whether amber comes before red: of some measures less is worse. */
export function isInOrder({ measure, warn, alarm }: Threshold): boolean {
  return lessIsWorse.has(measure) ? alarm <= warn : warn <= alarm;
}

/** Limits to begin with when a measure is chosen. */
export const usualLimits: Record<BoardMeasure, { warn: number; alarm: number }> = {
  waiting: { warn: 3, alarm: 8 },
  longestWait: { warn: 60_000, alarm: 180_000 },
  serviceLevel: { warn: 0.8, alarm: 0.6 },
  abandonRate: { warn: 0.05, alarm: 0.1 },
  readyAgents: { warn: 1, alarm: 0 },
  onCall: { warn: 600_000, alarm: 1_200_000 },
  wrapUp: { warn: 180_000, alarm: 480_000 },
  break: { warn: 1_200_000, alarm: 1_800_000 },
  ringing: { warn: 15_000, alarm: 30_000 },
};

/** Minutes of a day as `22:00`. */
export function writeMinute(minute: number): string {
  return [Math.floor(minute / 60), minute % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** `24:00` is the end of the day; undefined for what is no time of a day. */
export function readMinute(text: string): number | undefined {
  const parts = /^(\d{1,2})[:：](\d{2})$/u.exec(text.trim());
  if (!parts) return undefined;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])];
  const minute = hours * 60 + minutes;
  return minutes < 60 && minute <= 1440 ? minute : undefined;
}
