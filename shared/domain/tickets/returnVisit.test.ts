import { describe, expect, test } from 'vitest';
import { usualFieldsOf } from '../../sync/usual.ts';
import { returnVisitIdOf } from '../ids.ts';
import { usualReturnVisitRules } from '../settings/returnVisits.ts';
import type { AttemptOutcome, Task } from '../task.ts';
import { afterTry, callingNow, returnVisitOf, type VisitSubject } from './returnVisit.ts';
import type { Ticket, TicketStep } from './ticket.ts';

const hourMs = 3_600_000;
const [ticketId, stepId, first, owner, solver] = [1, 2, 3, 4, 5].map(
  (number) => `019a0000-0000-7000-8000-00000000000${number}`,
) as [string, string, string, string, string];
const resolvedAt = Date.parse('2026-11-23T10:00:00+08:00');
const step: TicketStep = {
  ...{ id: stepId, action: 'resolve', from: 'inProgress', at: resolvedAt },
  ...{ byId: solver, byName: 'Solver', note: null, visit: null },
};
const ticket: Ticket = {
  ...usualFieldsOf('ticket'),
  ...{ no: null, type: 'complaint', categoryId: null, priority: 'normal', state: 'resolved' },
  ...{ subject: 'Leak', description: '', customerId: null, callId: null, queueId: 'support' },
  ...{ numberRaw: '13800138000', ownerId: owner, firstContactId: first, firstContactName: 'First' },
  ...{ createdAt: 1, dueAt: null, closedAt: null, lastStep: step },
};
const subject = (more: Partial<VisitSubject> = {}): VisitSubject => ({
  ...{ ticketId, ticket, customer: null, timeZone: 'Asia/Shanghai' },
  nameOf: (id) => (id === first ? 'First' : id === owner ? 'Owner' : null),
  ...more,
});
const customer = { name: 'Ann', callHours: null, doNotCall: false, number: '+861' };

describe('the return visit of a resolved ticket', () => {
  test('is due a day later, of whoever the customer knows, under an id that follows from the step', () => {
    expect(returnVisitOf(usualReturnVisitRules, subject())).toMatchObject({
      id: returnVisitIdOf(ticketId, stepId),
      fields: {
        ...{ kind: 'returnVisit', ticketId, ownerId: first, ownerName: 'First' },
        ...{ dueAt: resolvedAt + 24 * hourMs, numberRaw: '13800138000', state: 'open' },
      },
    });
  });

  test('is of the owner where the rules say so, and of the solver where both have left', () => {
    const rules = { ...usualReturnVisitRules, by: 'owner' as const };
    expect(returnVisitOf(rules, subject())?.fields.ownerId).toBe(owner);
    expect(returnVisitOf(rules, subject({ nameOf: () => null }))?.fields.ownerId).toBe(solver);
  });

  test('waits for the hours of the customer', () => {
    const hours = { from: 18 * 60, to: 20 * 60, days: [] };
    const due = returnVisitOf(
      usualReturnVisitRules,
      subject({ customer: { ...customer, callHours: hours } }),
    );
    expect(due?.fields.dueAt).toBe(Date.parse('2026-11-24T18:00:00+08:00'));
    expect(due?.fields).toMatchObject({ numberRaw: '+861', customerName: 'Ann' });
  });

  test.each<[string, Partial<VisitSubject>]>([
    ['of another type', { ticket: { ...ticket, type: 'inquiry' } }],
    [
      'not resolved by this step',
      { ticket: { ...ticket, lastStep: { ...step, action: 'start' } } },
    ],
    ['part of another', { ticket: { ...ticket, mergedInto: first } }],
    ['of a customer who is not called', { customer: { ...customer, doNotCall: true } }],
    ['of nobody with a number', { ticket: { ...ticket, numberRaw: null } }],
  ])('is not made for a ticket %s', (_, more) => {
    expect(returnVisitOf(usualReturnVisitRules, subject(more))).toBeNull();
  });
});

describe('tries to reach the customer', () => {
  const tries = (...outcomes: AttemptOutcome[]): Task['attempts'] =>
    outcomes.map((outcome, at) => ({ at, outcome, byId: first, byName: 'A', callId: null }));
  const at = resolvedAt;
  const wishes = { at, laterAt: null, callHours: null, timeZone: 'Asia/Shanghai' };
  const rules = usualReturnVisitRules;

  test.each<[string, AttemptOutcome[], number | null, object]>([
    ['once', ['noAnswer'], null, { kind: 'again', dueAt: at + 4 * hourMs }],
    ['twice', ['noAnswer', 'busy'], null, { kind: 'again', dueAt: at + 4 * hourMs }],
    [
      'as often as allowed',
      ['noAnswer', 'busy', 'noAnswer'],
      null,
      { kind: 'over', outcome: 'close' },
    ],
    [
      'later does not count',
      ['noAnswer', 'later', 'busy'],
      null,
      { kind: 'again', dueAt: at + 4 * hourMs },
    ],
    ['asked for later', ['later'], at + 7, { kind: 'again', dueAt: at + 7 }],
    ['wrong number ends it', ['wrongNumber'], null, { kind: 'over', outcome: 'close' }],
  ])('%s', (_, outcomes, laterAt, next) => {
    expect(afterTry(rules, tries(...outcomes), { ...wishes, laterAt })).toEqual(next);
  });

  test('the next one is within the hours of the customer', () => {
    const callHours = { from: 9 * 60, to: 12 * 60, days: [] };
    expect(afterTry(rules, tries('busy'), { ...wishes, callHours })).toEqual({
      kind: 'again',
      dueAt: Date.parse('2026-11-24T09:00:00+08:00'),
    });
  });
});

test('whether a customer may be called now', () => {
  const hours = { from: 0, to: 60, days: [] };
  const noon = Date.parse('2026-11-23T12:00:00+08:00');
  const one = { callHours: hours, doNotCall: false };
  expect(callingNow(one, noon, 'Asia/Shanghai')).toBe('outsideHours');
  expect(callingNow({ ...one, doNotCall: true }, noon, 'Asia/Shanghai')).toBe('doNotCall');
  expect(callingNow(null, noon, 'Asia/Shanghai')).toBe('fine');
});
