import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { agentTimeIn, occupancyOf } from '../../domain/metrics/agentTime.ts';
import { type CallEvent, callEventSchema } from '../../domain/metrics/callEvents.ts';
import { historyOf } from '../../domain/metrics/callHistory.ts';
import { waitMsOf } from '../../domain/metrics/queueEntry.ts';
import { countEntries, ratesOf, usualTargets } from '../../domain/metrics/queueFigures.ts';
import { hourMs } from '../history/days.ts';
import { type CallHistoryOptions, callDays, centreOf, planDay } from './callDays.ts';
import { expectedOn, homeDayOf, startOfDay } from './demand.ts';
import { simulateDay } from './simulateDay.ts';

const monday = homeDayOf(Date.UTC(2026, 9, 12, 4));
const fortnight = { calls: 12_000, seed: 7, fromDay: monday, days: 14, queues: 5 };
const later = startOfDay(monday + 30);

function wholeHistory(options: CallHistoryOptions) {
  const days = [...callDays(options)];
  return { days, events: days.flatMap(({ events }) => events) };
}

const { days, events } = wholeHistory(fortnight);
const history = historyOf(events);
const counts = countEntries(history.entries, usualTargets, later);
const rates = ratesOf(counts);

function digest(told: readonly CallEvent[]): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}

describe('a history of calls', () => {
  test('is the same again with the same seed, and another with another', () => {
    const small = { ...fortnight, calls: 300, days: 2 };
    expect(digest(wholeHistory(small).events)).toBe(digest(wholeHistory(small).events));
    expect(digest(wholeHistory({ ...small, seed: 8 }).events)).not.toBe(
      digest(wholeHistory(small).events),
    );
  });

  test('has as many incoming calls as were asked for, and events that fit their schema', () => {
    const calls = days.flatMap(({ journeys }) => journeys);
    expect(calls.filter(({ direction }) => direction === 'in')).toHaveLength(fortnight.calls);
    expect(new Set(calls.map(({ callRef }) => callRef)).size).toBe(calls.length);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    const some = events.filter((_, index) => index % 7 === 0);
    const wrong = some.filter((event) => !callEventSchema.safeParse(event).success);
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('tells each day in the order of time, and nothing goes on over night', () => {
    for (const { day, events: told } of days) {
      const times = told.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times[0]).toBeGreaterThan(startOfDay(day));
      expect(times.at(-1)).toBeLessThan(startOfDay(day + 1));
      const { entries, handles, stretches } = historyOf(told);
      expect(entries.filter(({ end }) => end === null)).toEqual([]);
      expect(handles.filter(({ doneAt }) => doneAt === null)).toEqual([]);
      const open = stretches.filter(({ to, state }) => to === null && state !== 'signedOut');
      expect(open).toEqual([]);
    }
  });

  test('offered = answered + abandoned + call-backs + overflowed', () => {
    const { offered, answered, abandoned, callBacks, overflowed } = counts;
    expect(answered + abandoned + callBacks + overflowed).toBe(offered);
    expect(history.entries.filter(({ transferred }) => transferred).length).toBeGreaterThan(200);
    expect(callBacks).toBeGreaterThan(5);
    expect(overflowed).toBeGreaterThan(20);
    expect(counts.shortAbandoned).toBeGreaterThan(50);
    expect(history.ringNoAnswers.length).toBeGreaterThan(100);
    expect(history.handles.filter(({ holdMs }) => holdMs > 0).length).toBeGreaterThan(1000);
    const out = history.handles.filter(({ direction }) => direction === 'out');
    expect(out.length / fortnight.calls).toBeGreaterThan(0.1);
    expect(out.filter(({ talkMs }) => talkMs === 0).length).toBeGreaterThan(100);
  });

  test('has figures as they are in life', () => {
    expect(rates.serviceLevel).toBeGreaterThan(0.65);
    expect(rates.serviceLevel).toBeLessThan(0.92);
    expect(rates.abandonRate).toBeGreaterThan(0.02);
    expect(rates.abandonRate).toBeLessThan(0.1);
    expect(rates.transferRate).toBeGreaterThan(0.03);
    expect(rates.transferRate).toBeLessThan(0.08);
    const time = agentTimeIn(history.stretches, { from: 0, to: later }, later);
    expect(occupancyOf(time)).toBeGreaterThan(0.45);
    expect(occupancyOf(time)).toBeLessThan(0.85);
    expect(time.break).toBeGreaterThan(time.ringing);
  });

  test('has its days and hours: Mondays, weekends, two peaks with lunch between them', () => {
    const perDay = days.map(({ journeys }) => journeys.filter((j) => j.direction === 'in').length);
    const of = (day: number) => (perDay[day] ?? 0) + (perDay[day + 7] ?? 0);
    expect(of(0)).toBeGreaterThan(of(3));
    expect(of(5)).toBeLessThan(of(3) * 0.7);
    expect(of(6)).toBeLessThan(of(3) * 0.6);
    const perHour = new Map<number, number>();
    for (const { enteredAt } of history.entries) {
      const hour = Math.floor((enteredAt - startOfDay(homeDayOf(enteredAt))) / hourMs);
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    const at = (hour: number) => perHour.get(hour) ?? 0;
    expect(at(10)).toBeGreaterThan(at(12) * 1.5);
    expect(at(15)).toBeGreaterThan(at(12) * 1.3);
    expect(at(7)).toBe(0);
    // Only calls that were passed on after the lines had closed.
    expect(at(20)).toBeLessThan(10);
    // 国庆节 and an ordinary Tuesday.
    expect(expectedOn(monday - 10)).toBeLessThan(expectedOn(monday + 1) / 2);
  });

  test('waits follow the load: more calls for the same shifts wait longer, and more give up', () => {
    const centre = centreOf({ ...fortnight, queues: 5 });
    const withCalls = (calls: number) => {
      const [queue] = centre.queues;
      const source = () => ({ queueId: queue?.id ?? '', number: null });
      const size = { seed: 7, day: monday + 1, calls };
      const { events: told } = simulateDay(planDay(centre, size, source, () => '+8613490000000'));
      const { entries, stretches } = historyOf(told);
      const span = { from: startOfDay(size.day), to: startOfDay(size.day + 1) };
      const of = countEntries(entries, usualTargets, later);
      return { ...ratesOf(of), busy: occupancyOf(agentTimeIn(stretches, span, span.to)) ?? 0 };
    };
    const [few, some, many] = [500, 1000, 1500].map(withCalls);
    if (!few || !some || !many) throw new Error('three days were made');
    expect([few.busy < some.busy, some.busy < many.busy]).toEqual([true, true]);
    for (const name of ['answerSpeedMs', 'abandonRate'] as const) {
      expect(some[name]).toBeGreaterThan(few[name] ?? 0);
      expect(many[name]).toBeGreaterThan(some[name] ?? 0);
    }
    expect(some.serviceLevel).toBeLessThan(few.serviceLevel ?? 0);
    expect(many.serviceLevel).toBeLessThan(some.serviceLevel ?? 0);
  });

  test('nobody is on two calls at once, and every answer follows an offer', () => {
    const busyUntil = new Map<string, number>();
    for (const handle of history.handles.toSorted((a, b) => startOf(a) - startOf(b))) {
      expect(startOf(handle)).toBeGreaterThanOrEqual(busyUntil.get(handle.agentId) ?? 0);
      busyUntil.set(handle.agentId, handle.doneAt ?? 0);
    }
    const longest = Math.max(...history.entries.map((entry) => waitMsOf(entry, later)));
    expect(longest).toBeLessThan(hourMs);
  });
});

type Handle = (typeof history.handles)[number];

function startOf({ doneAt, dialMs, talkMs, holdMs, afterCallMs }: Handle): number {
  return (doneAt ?? 0) - dialMs - talkMs - holdMs - afterCallMs;
}
