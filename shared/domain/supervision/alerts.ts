import { zoneOf } from '../serviceLevels/zonedTime.ts';
import type { SupervisionRules } from '../settings/supervision.ts';
import type { Finding } from './thresholds.ts';

/** A finding with the time since which it stands, ms UTC. */
export interface Alert extends Finding {
  since: number;
  /** Since when it is as bad as it is now. */
  levelSince: number;
}

/** A short tone at most so often, ms. */
const toneEveryMs = 60_000;
/** The same is told by the system at most so often, ms. */
const toldAgainMs = 300_000;

/** The alerts of now: what stood before keeps its beginning; alarms first, then the newest. */
export function followAlerts(
  before: readonly Alert[],
  findings: readonly Finding[],
  now: number,
): Alert[] {
  const known = new Map(before.map((alert) => [alert.id, alert]));
  const alerts = findings.map((finding) => {
    const old = known.get(finding.id);
    const since = old?.since ?? now;
    return { ...finding, since, levelSince: old?.level === finding.level ? old.levelSince : now };
  });
  return alerts.sort(
    (a, b) =>
      Number(b.level === 'alarm') - Number(a.level === 'alarm') ||
      b.levelSince - a.levelSince ||
      a.id.localeCompare(b.id),
  );
}

/** What has become worse: new alerts, and warnings that have become alarms. */
export function worsened(before: readonly Alert[], alerts: readonly Alert[]): Alert[] {
  const known = new Map(before.map((alert) => [alert.id, alert.level]));
  return alerts.filter(({ id, level }) => {
    const old = known.get(id);
    return old === undefined || (old === 'warn' && level === 'alarm');
  });
}

/** Whether it is a time of the day without sound and notification. A range whose ends are the same is empty. */
export function isQuiet(
  { quietHours, timeZone }: Pick<SupervisionRules, 'quietHours' | 'timeZone'>,
  now: number,
): boolean {
  const zone = zoneOf(timeZone);
  const localMs = now + (zone?.offsetAt(now) ?? 0);
  const minute = Math.floor((((localMs % dayMs) + dayMs) % dayMs) / minuteMs);
  return quietHours.some(({ from, to }) =>
    from <= to ? minute >= from && minute < to : minute >= from || minute < to,
  );
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What is to be done about what has become worse. */
export interface Calling {
  tone: boolean;
  /** To be told by the system. */
  told: Alert[];
}

/** When the supervisor was called last, ms UTC. */
export interface Called {
  /** By a tone; null: never. */
  toneAt: number | null;
  /** Of each thing at each level, by `calledKey`. */
  toldAt: ReadonlyMap<string, number>;
}

/** One thing at one level: what was told of it is not told again for a while, though it comes and goes. */
export function calledKey({ id, level }: Pick<Alert, 'id' | 'level'>): string {
  return `${id}:${level}`;
}

/** Quiet hours: neither tone nor notification. */
export function callingFor(
  worse: readonly Alert[],
  { quiet, called, now }: { quiet: boolean; called: Called; now: number },
): Calling {
  if (quiet) return { tone: false, told: [] };
  const { toneAt, toldAt } = called;
  const isDue = toneAt === null || now - toneAt >= toneEveryMs;
  const isNew = (alert: Alert) => now - (toldAt.get(calledKey(alert)) ?? 0) >= toldAgainMs;
  return {
    tone: isDue && worse.some(({ sound }) => sound),
    told: worse.filter((alert) => alert.notify && isNew(alert)),
  };
}
