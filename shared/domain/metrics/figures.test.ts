import { describe, expect, test } from 'vitest';
import { zoneOf } from '../serviceLevels/zonedTime.ts';
import { type AgentStretch, agentTimeIn, occupancyOf } from './agentTime.ts';
import { expectedWaitMs } from './expectedWait.ts';
import { type CaseContact, firstContactRate, firstContactsIn } from './firstContact.ts';
import { type IntervalLength, intervalOf, intervalsIn } from './interval.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('occupancy', () => {
  const stretch = (
    state: AgentStretch['state'],
    from: number,
    to: number | null,
  ): AgentStretch => ({
    ...{ agentId: 'a', state, reason: null, from: from * minute },
    to: to === null ? null : to * minute,
  });
  const shift = [
    stretch('ready', 0, 10),
    stretch('ringing', 10, 11),
    stretch('onCall', 11, 20),
    stretch('wrapUp', 20, 25),
    stretch('break', 25, 35),
    stretch('ready', 35, null),
  ];
  test('busy ÷ (signed in - break)', () => {
    const time = agentTimeIn(shift, { from: 0, to: hour }, 40 * minute);
    expect(occupancyOf(time)).toBe(15 / 30);
  });
  test('cut at the edges of the interval', () => {
    const time = agentTimeIn(shift, { from: 15 * minute, to: 30 * minute }, 40 * minute);
    expect(time).toMatchObject({ onCall: 5 * minute, wrapUp: 5 * minute, break: 5 * minute });
    expect(occupancyOf(time)).toBe(1);
  });
  test('none for somebody who was on break', () => {
    expect(
      occupancyOf(agentTimeIn([stretch('break', 0, 5)], { from: 0, to: hour }, hour)),
    ).toBeNull();
  });
});

test.each([
  [{ handleMs: 120_000, ahead: 4, agents: 2 }, 240_000],
  [{ handleMs: null, ahead: 3, agents: 3 }, 90_000],
  [{ handleMs: 120_000, ahead: 0, agents: 2 }, 0],
  [{ handleMs: 120_000, ahead: 4, agents: 0 }, null],
])('expected wait of %j', (given, expected) => {
  expect(expectedWaitMs(given)).toBe(expected);
});

describe('first-contact resolution', () => {
  const contact = (
    at: number,
    resolved: boolean,
    parts: Partial<CaseContact> = {},
  ): CaseContact => ({
    ...{ customerId: 'c', categoryId: 'leak', at: at * day, resolved, ...parts },
  });
  const all = { from: 0, to: 100 * day };
  test.each<[string, CaseContact[], number, number]>([
    ['resolved, and quiet', [contact(1, true)], 1, 1],
    ['not resolved', [contact(1, false)], 1, 0],
    ['resolved, but back within 7 days', [contact(1, true), contact(8, true)], 1, 0],
    ['back later is another case', [contact(1, true), contact(8.1, true)], 2, 2],
    ['about something else', [contact(1, true), contact(2, true, { categoryId: 'bill' })], 2, 2],
    ['another customer', [contact(1, true), contact(2, true, { customerId: 'd' })], 2, 2],
    ['again and again is one case', [contact(1, true), contact(6, true), contact(11, true)], 1, 0],
  ])('%s', (_what, contacts, cases, atOnce) => {
    const figures = firstContactsIn(contacts, all, 200 * day);
    expect(figures).toEqual({ cases, atOnce, provisional: 0 });
    expect(firstContactRate(figures)).toBe(atOnce / cases);
  });
  test('the newest 7 days are provisional', () => {
    const figures = firstContactsIn([contact(1, true), contact(9, true)], all, 10 * day);
    expect(figures).toEqual({ cases: 2, atOnce: 2, provisional: 1 });
  });
  test('a case whose first contact was before is none of the interval', () => {
    const figures = firstContactsIn(
      [contact(1, true), contact(3, true)],
      { from: 2 * day, to: 9 * day },
      99 * day,
    );
    expect(figures.cases).toBe(0);
  });
});

describe('intervals', () => {
  const at = (text: string) => Date.parse(text);
  const inZone = (name: string) => {
    const zone = zoneOf(name);
    if (!zone) throw new Error(name);
    return zone;
  };
  test.each<[string, string, IntervalLength, string, string]>([
    ['2026-11-22T10:07:00Z', 'Asia/Shanghai', '15min', '2026-11-22T10:00Z', '2026-11-22T10:15Z'],
    ['2026-11-22T10:37:00Z', 'Asia/Shanghai', '30min', '2026-11-22T10:30Z', '2026-11-22T11:00Z'],
    ['2026-11-22T10:37:00Z', 'Asia/Kolkata', '60min', '2026-11-22T10:30Z', '2026-11-22T11:30Z'],
    ['2026-11-22T10:07:00Z', 'Asia/Shanghai', 'day', '2026-11-21T16:00Z', '2026-11-22T16:00Z'],
    // Sunday belongs to the week that began on Monday.
    ['2026-11-22T10:07:00Z', 'Asia/Shanghai', 'week', '2026-11-15T16:00Z', '2026-11-22T16:00Z'],
    ['2026-12-31T20:00:00Z', 'Asia/Shanghai', 'month', '2026-12-31T16:00Z', '2027-01-31T16:00Z'],
    // The day on which the clocks go back has 25 hours, the one on which they go forward 23.
    ['2026-10-25T12:00:00Z', 'Europe/Berlin', 'day', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', 'day', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    // The hour that comes twice: two intervals of their own.
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '60min', '2026-10-25T00:00Z', '2026-10-25T01:00Z'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '60min', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
  ])('%s in %s by %s', (moment, zone, length, from, to) => {
    expect(intervalOf(at(moment), length, inZone(zone))).toEqual({ from: at(from), to: at(to) });
  });
  test.each(['Europe/Berlin', 'America/New_York', 'Asia/Shanghai', 'Asia/Kathmandu'])(
    'follow one another without a gap in %s',
    (name) => {
      const autumn = { from: at('2026-10-10T00:00Z'), to: at('2026-11-15T00:00Z') };
      for (const length of ['30min', '60min', 'day', 'week', 'month'] as const) {
        const intervals = intervalsIn(autumn, length, inZone(name));
        for (const [index, interval] of intervals.entries()) {
          const next = intervals[index + 1];
          if (next) expect(next.from).toBe(interval.to);
        }
      }
    },
  );
});
