import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chinaWorkingDays } from '../settings/chinaWorkingDays.ts';
import {
  contradictions,
  type ServicePolicy,
  serviceLevelsSchema,
  usualServiceLevels,
} from '../settings/serviceLevels.ts';
import {
  type ClockedTicket,
  limitsOf,
  limitsUnder,
  policyFor,
  toldWord,
  withDueAt,
} from './serviceLevels.ts';

const hourMs = 3_600_000;
const at = (text: string) => Date.parse(text);
const monday = at('2026-11-23T10:00+08:00');

function ticket(more: Partial<ClockedTicket> = {}): ClockedTicket & { dueAt: number | null } {
  return {
    type: 'inquiry',
    priority: 'normal',
    state: 'registered',
    createdAt: monday,
    acknowledgedAt: null,
    respondedAt: null,
    resolvedAt: null,
    reopenedAt: null,
    promisedAt: null,
    closedAt: null,
    pauses: [],
    mergedInto: null,
    dueAt: null,
    ...more,
  };
}

function policy(more: Partial<ServicePolicy> = {}): ServicePolicy {
  return {
    id: 'one',
    name: { en: 'One', 'zh-CN': '一' },
    types: [],
    classes: [],
    priorities: [],
    calendarId: null,
    minutes: { acknowledge: 30, respond: 120, resolve: 600, visit: 60 },
    warnAtPercent: 50,
    ...more,
  };
}

const hoursOn = (hours: number) => monday + hours * hourMs;
const stateOf = (one: ClockedTicket, limit: string, now: number, under = policy()) =>
  limitsOf(one, under, null, now).find((state) => state.limit === limit) ?? null;

describe('which policy', () => {
  const levels = {
    calendars: [],
    policies: [
      policy({ id: 'complaints of gold', types: ['complaint'], classes: ['A'] }),
      policy({ id: 'complaints', types: ['complaint'] }),
      policy({ id: 'urgent', priorities: ['urgent'] }),
    ],
  };
  it.each([
    ['complaint', 'normal', 'A', 'complaints of gold'],
    ['complaint', 'urgent', 'B', 'complaints'],
    ['complaint', 'urgent', null, 'complaints'],
    ['inquiry', 'urgent', 'A', 'urgent'],
    ['inquiry', 'normal', 'A', null],
  ] as const)('%s, %s, class %s', (type, priority, customerClass, expected) => {
    expect(policyFor(levels, { type, priority }, customerClass)?.id ?? null).toBe(expected);
  });
});

describe('limits of a ticket', () => {
  it.each<[string, Partial<ClockedTicket>, string, number, object | null]>([
    [
      'runs',
      {},
      'respond',
      1,
      { state: 'running', dueAt: hoursOn(2), warnAt: hoursOn(1), remainingMs: hourMs },
    ],
    ['is in time at the last moment', {}, 'respond', 2, { state: 'running', remainingMs: 0 }],
    ['is over', {}, 'respond', 3, { state: 'breached', metAt: null, remainingMs: -hourMs }],
    [
      'was met',
      { respondedAt: hoursOn(1) },
      'respond',
      30,
      { state: 'met', metAt: hoursOn(1), remainingMs: hourMs },
    ],
    [
      'was met too late',
      { respondedAt: hoursOn(3) },
      'respond',
      30,
      { state: 'breached', metAt: hoursOn(3), remainingMs: -hourMs },
    ],
    [
      'is met by the resolution as well',
      { resolvedAt: hoursOn(1), state: 'resolved' },
      'respond',
      30,
      { state: 'met' },
    ],
    [
      'is acknowledged by an answer',
      { respondedAt: hoursOn(0.25) },
      'acknowledge',
      9,
      { state: 'met' },
    ],
    [
      'stands',
      { state: 'waiting', pauses: [{ from: hoursOn(1), to: null }] },
      'respond',
      5,
      { state: 'paused', dueAt: hoursOn(6), remainingMs: hourMs },
    ],
    [
      'went on',
      { pauses: [{ from: hoursOn(1), to: hoursOn(4) }] },
      'respond',
      4.5,
      { state: 'running', dueAt: hoursOn(5), warnAt: hoursOn(1) },
    ],
    [
      'was over before it stood',
      { pauses: [{ from: hoursOn(3), to: null }] },
      'respond',
      5,
      { state: 'breached', dueAt: hoursOn(2) },
    ],
    ['has not begun', {}, 'visit', 1, null],
    [
      'begins with the resolution',
      { state: 'resolved', resolvedAt: hoursOn(9) },
      'visit',
      9.5,
      { state: 'running', dueAt: hoursOn(10) },
    ],
    [
      'ends with the ticket',
      { state: 'closed', resolvedAt: hoursOn(9), closedAt: hoursOn(9.5) },
      'visit',
      99,
      { state: 'met' },
    ],
    [
      'counts anew when it is re-opened',
      { reopenedAt: hoursOn(50), state: 'inProgress' },
      'resolve',
      51,
      { state: 'running', dueAt: hoursOn(60) },
    ],
    [
      'ends by the promise where that is sooner',
      { promisedAt: hoursOn(4) },
      'resolve',
      1,
      { dueAt: hoursOn(4), remainingMs: 3 * hourMs },
    ],
    [
      'ends by the policy where that is sooner',
      { promisedAt: hoursOn(40) },
      'resolve',
      1,
      { dueAt: hoursOn(10) },
    ],
    ['of a ticket of before is not known', { state: 'resolved' }, 'resolve', 99, null],
  ])('%s', (_case, fields, limit, hours, expected) => {
    const found = stateOf(ticket(fields), limit, hoursOn(hours));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  it('stand over a weekend in working hours and go on for what was left', () => {
    // 72 working hours from Thursday 15:00; it waits from Friday 15:00 to Monday 09:00.
    const one = ticket({
      createdAt: at('2026-11-19T15:00+08:00'),
      pauses: [{ from: at('2026-11-20T15:00+08:00'), to: at('2026-11-23T09:00+08:00') }],
    });
    const under = usualServiceLevels;
    const [, resolve] = limitsUnder(under, one, null, at('2026-11-23T10:00+08:00'));
    expect(resolve).toMatchObject({ limit: 'resolve', dueAt: at('2026-11-25T09:00+08:00') });
  });

  it('follow the working days of China by default', () => {
    const one = ticket({ createdAt: at('2026-09-30T15:00+08:00') });
    const [respond, resolve] = limitsUnder(usualServiceLevels, one, 'B', one.createdAt);
    expect(respond?.dueAt).toBe(at('2026-10-08T15:00+08:00'));
    expect(resolve?.dueAt).toBe(at('2026-10-10T15:00+08:00'));
  });

  it('of the other defaults run day and night', () => {
    for (const [priority, hours] of [
      ['major', [12, 120]],
      ['urgent', [2, 24]],
    ] as const) {
      const limits = limitsUnder(usualServiceLevels, ticket({ priority }), null, monday);
      expect(limits.map(({ dueAt }) => (dueAt - monday) / hourMs)).toEqual(hours);
    }
  });
});

describe('the next limit', () => {
  const levels = { calendars: [], policies: [policy()] };
  it.each<[string, Partial<ClockedTicket>, number | null]>([
    ['is the first', {}, hoursOn(0.5)],
    ['is the one behind those that are met', { respondedAt: hoursOn(0.1) }, hoursOn(10)],
    ['stays the one that is over', { acknowledgedAt: hoursOn(1) }, hoursOn(2)],
    ['is none while it waits', { pauses: [{ from: hoursOn(0.2), to: null }] }, null],
    ['is the visit once it is resolved', { state: 'resolved', resolvedAt: hoursOn(1) }, hoursOn(2)],
    ['is none in the end', { state: 'closed', resolvedAt: hoursOn(1), closedAt: hoursOn(2) }, null],
  ])('%s', (_case, fields, expected) => {
    expect(withDueAt(ticket(fields), levels, null).dueAt).toBe(expected);
  });

  it('is none of a ticket that is part of another', () => {
    const one = ticket({ mergedInto: '01900000-0000-7000-8000-000000000001' });
    expect(withDueAt({ ...one, dueAt: 5 }, levels, null).dueAt).toBeNull();
    expect(limitsUnder(levels, one, null, monday)).toEqual([]);
  });

  it('is left alone where no policy fits, but a promise counts', () => {
    const none = { calendars: [], policies: [] };
    expect(withDueAt({ ...ticket(), dueAt: 5 }, none, null).dueAt).toBe(5);
    expect(withDueAt(ticket({ promisedAt: hoursOn(3) }), none, null).dueAt).toBe(hoursOn(3));
  });
});

describe('laws of limits', () => {
  const hours = fc.double({ min: 0, max: 300, noNaN: true });

  it('never ends sooner for having stood', () => {
    fc.assert(
      fc.property(hours, hours, fc.constantFrom(null, chinaWorkingDays), (a, b, calendar) => {
        const pause = {
          from: Math.floor(hoursOn(Math.min(a, b))),
          to: Math.ceil(hoursOn(Math.max(a, b))),
        };
        const now = hoursOn(400);
        const dues = [ticket(), ticket({ pauses: [pause] })].map((one) =>
          limitsOf(one, policy(), calendar, now).map(({ dueAt }) => dueAt),
        );
        const [plain = [], paused = []] = dues;
        for (const [index, due] of plain.entries())
          expect(paused[index]).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  it('warns before it ends, and has nothing left exactly then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom(null, chinaWorkingDays),
        (warnAtPercent, calendar) => {
          const under = policy({ warnAtPercent });
          for (const { limit, warnAt, dueAt } of limitsOf(ticket(), under, calendar, monday)) {
            expect(warnAt).toBeLessThanOrEqual(dueAt);
            const then = limitsOf(ticket(), under, calendar, dueAt).find(
              (one) => one.limit === limit,
            );
            expect(then).toMatchObject({ state: 'running', remainingMs: 0, dueAt });
          }
        },
      ),
    );
  });
});

it('keeps what was told of a re-opened ticket apart', () => {
  expect(toldWord('resolve', 'breached', 0)).toBe('resolve.breached');
  expect(toldWord('resolve', 'breached', 2)).toBe('resolve.breached.2');
});

describe('what an administrator may set', () => {
  it('has defaults that hold', () => {
    expect(serviceLevelsSchema.safeParse(usualServiceLevels).success).toBe(true);
  });

  it.each([
    ['a zone that is none', { ...chinaWorkingDays, timeZone: 'Asia/Peking-West' }, 'zone-unknown'],
    [
      'hours that end before they begin',
      { ...chinaWorkingDays, week: [{ day: 1, from: 600, to: 600 }] },
      'hours-reversed',
    ],
    ['no hours at all', { ...chinaWorkingDays, week: [] }, 'never-open'],
    [
      'a day that is free and worked',
      {
        ...chinaWorkingDays,
        makeUpDays: [{ date: '2026-10-01', as: 1, name: { en: '', 'zh-CN': '' } }],
      },
      'date-twice',
    ],
  ])('names %s', (_case, calendar, message) => {
    const levels = { calendars: [calendar], policies: [] };
    expect(contradictions(levels).map((one) => one.message)).toContain(message);
    expect(serviceLevelsSchema.safeParse(levels).success).toBe(false);
  });

  it('names a policy whose calendar is not there', () => {
    const levels = { calendars: [], policies: [policy({ calendarId: 'gone' })] };
    expect(contradictions(levels)).toEqual([
      { message: 'calendar-unknown', path: ['policies', 0, 'calendarId'] },
    ]);
  });
});
