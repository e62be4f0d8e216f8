import { describe, expect, it } from 'vitest';
import { type ClockedTicket, limitsOf } from '#shared/domain/serviceLevels/serviceLevels.ts';
import { judge } from './judge.ts';

const hourMs = 3_600_000;
const start = 1_795_000_000_000;
const hours = (count: number) => start + count * hourMs;
const id = '01900000-0000-7000-8000-000000000001';

/** A ticket with one limit of ten hours, warned of after five, overdue after fifteen. */
function verdict(
  now: number,
  ticket: Partial<ClockedTicket> & { limitsTold?: string[]; reopened?: number } = {},
  quietBefore = 0,
) {
  const whole = {
    type: 'inquiry' as const,
    priority: 'normal' as const,
    state: 'inProgress' as const,
    createdAt: start,
    acknowledgedAt: start,
    respondedAt: start,
    resolvedAt: null,
    reopenedAt: null,
    promisedAt: null,
    closedAt: null,
    pauses: [],
    mergedInto: null,
    limitsTold: [],
    reopened: 0,
    escalation: 0,
    ...ticket,
  };
  const policy = {
    id: 'one',
    name: { en: '', 'zh-CN': '' },
    types: [],
    classes: [],
    priorities: [],
    calendarId: null,
    minutes: { resolve: 600 },
    warnAtPercent: 50,
  };
  return judge(id, whole, limitsOf(whole, policy, null, now), { now, quietBefore });
}

const namesOf = ({ events }: ReturnType<typeof judge>) => events.map(({ name }) => name);

describe('what is told of a limit', () => {
  it.each<[string, number, string[], string[], number]>([
    ['nothing at first', 1, [], [], 0],
    ['nothing at the very moment', 5, [], [], 0],
    ['a warning', 6, [], ['ticket.warned'], 0],
    ['no second warning', 7, ['resolve.warned'], [], 0],
    ['the breach', 11, ['resolve.warned'], ['ticket.breached'], 1],
    ['the breach alone where the warning was missed', 11, [], ['ticket.breached'], 1],
    ['that it is long over', 16, ['resolve.warned', 'resolve.breached'], ['ticket.escalated'], 1],
  ])('%s', (_case, at, limitsTold, names, escalation) => {
    const told = verdict(hours(at), { limitsTold });
    expect(namesOf(told)).toEqual(names);
    expect(told.fields.escalation ?? 0).toBe(escalation);
  });

  it('is remembered with all that passed unseen', () => {
    expect(verdict(hours(16)).fields.limitsTold).toEqual([
      'resolve.warned',
      'resolve.breached',
      'resolve.overdue',
    ]);
  });

  it('is nothing while the ticket waits for the customer', () => {
    const waiting = { state: 'waiting' as const, pauses: [{ from: hours(4), to: null }] };
    expect(verdict(hours(99), waiting)).toEqual({ fields: {}, events: [], lookAt: null });
  });

  it('is nothing where it was met in time, and no escalation where it was met too late', () => {
    expect(namesOf(verdict(hours(99), { resolvedAt: hours(9), state: 'resolved' }))).toEqual([]);
    const late = verdict(hours(99), { resolvedAt: hours(12), state: 'resolved' });
    expect(namesOf(late)).toEqual(['ticket.breached']);
    expect(late.fields.escalation).toBeUndefined();
    expect(late.events[0]?.data).toMatchObject({ limit: 'resolve', metAt: hours(12) });
  });

  it('is no news where it passed before the ticket came here', () => {
    expect(verdict(hours(11), {}, hours(11))).toMatchObject({ fields: {}, events: [] });
  });

  it('is told anew of a re-opened ticket', () => {
    const told = { limitsTold: ['resolve.warned', 'resolve.breached'] };
    const again = verdict(hours(31), { ...told, reopened: 1, reopenedAt: hours(20) });
    expect(namesOf(again)).toEqual(['ticket.breached']);
  });
});

it('says when to look again: just behind the next moment that counts', () => {
  expect([1, 6, 11, 16].map((at) => verdict(hours(at)).lookAt)).toEqual([
    hours(5) + 1,
    hours(10) + 1,
    hours(15) + 1,
    null,
  ]);
});
