import { describe, expect, it } from 'vitest';
import { type Alert, type Called, callingFor, followAlerts, isQuiet, worsened } from './alerts.ts';
import type { Finding } from './thresholds.ts';

function finding(queueId: string, changes: Partial<Finding> = {}): Finding {
  return {
    ...{ id: `queue:${queueId}:waiting`, subject: { queueId }, measure: 'waiting', level: 'warn' },
    ...{ value: 4, limit: 3, sound: true, notify: true },
    ...changes,
  };
}

const alertsOf = (findings: Finding[], at: number, before: Alert[] = []) =>
  followAlerts(before, findings, at);

describe('alerts', () => {
  it('keep their beginning while they stand, and begin anew when they come again', () => {
    const first = alertsOf([finding('a')], 1000);
    const second = alertsOf([finding('a', { level: 'alarm', value: 9 })], 5000, first);
    expect(second).toMatchObject([{ since: 1000, levelSince: 5000, value: 9 }]);
    expect(alertsOf([], 6000, second)).toEqual([]);
    expect(alertsOf([finding('a')], 7000)).toMatchObject([{ since: 7000 }]);
  });

  it('stand in the order of what needs a look first', () => {
    const before = alertsOf([finding('a')], 1000);
    const now = alertsOf(
      [finding('a'), finding('b'), finding('c', { level: 'alarm' })],
      2000,
      before,
    );
    expect(now.map(({ id }) => id.split(':')[1])).toEqual(['c', 'b', 'a']);
  });

  it.each([
    ['new', [], [finding('a')], 1],
    ['the same', [finding('a')], [finding('a', { value: 5 })], 0],
    ['worse', [finding('a')], [finding('a', { level: 'alarm' })], 1],
    ['better', [finding('a', { level: 'alarm' })], [finding('a')], 0],
    ['gone', [finding('a')], [], 0],
  ] as const)('%s', (_name, before, after, count) => {
    const old = alertsOf([...before], 0);
    expect(worsened(old, alertsOf([...after], 1, old))).toHaveLength(count);
  });
});

describe('what calls', () => {
  const worse = alertsOf([finding('a'), finding('b', { sound: false, notify: false })], 0);

  const never: Called = { toneAt: null, toldAt: new Map() };
  const toldAt = (at: number) => new Map([['queue:a:waiting:warn', at]]);

  it.each([
    ['nobody was called yet', { quiet: false, called: never }, true, 1],
    ['a tone was just heard', { quiet: false, called: { ...never, toneAt: 540_001 } }, false, 1],
    ['a minute ago', { quiet: false, called: { ...never, toneAt: 540_000 } }, true, 1],
    ['just told', { quiet: false, called: { ...never, toldAt: toldAt(300_001) } }, true, 0],
    ['told long ago', { quiet: false, called: { ...never, toldAt: toldAt(300_000) } }, true, 1],
    ['quiet hours', { quiet: true, called: never }, false, 0],
  ])('%s', (_name, state, tone, told) => {
    const calling = callingFor(worse, { ...state, now: 600_000 });
    expect([calling.tone, calling.told.length]).toEqual([tone, told]);
  });

  it('tells of an alarm though the warning was just told', () => {
    const alarm = alertsOf([finding('a', { level: 'alarm' })], 0);
    const called = { ...never, toldAt: toldAt(599_999) };
    expect(callingFor(alarm, { quiet: false, called, now: 600_000 }).told).toHaveLength(1);
  });

  it('is silent where no threshold wants a sound', () => {
    const silent = alertsOf([finding('a', { sound: false })], 0);
    expect(callingFor(silent, { quiet: false, called: never, now: 600_000 }).tone).toBe(false);
  });
});

describe('quiet hours', () => {
  const at = (time: string) => Date.parse(`2026-11-20T${time}:00+08:00`);
  const night = { from: 22 * 60, to: 6 * 60 };
  const noon = { from: 12 * 60, to: 13 * 60 };

  it.each([
    ['21:59', [night], false],
    ['22:00', [night], true],
    ['00:00', [night], true],
    ['05:59', [night], true],
    ['06:00', [night], false],
    ['12:30', [night, noon], true],
    ['13:00', [night, noon], false],
    ['12:30', [], false],
    ['12:00', [{ from: 720, to: 720 }], false],
    ['12:00', [{ from: 0, to: 1440 }], true],
  ])('%s with %j: %s', (time, quietHours, quiet) => {
    expect(isQuiet({ quietHours, timeZone: 'Asia/Shanghai' }, at(time))).toBe(quiet);
  });
});
