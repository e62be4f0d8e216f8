import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '../permissions.ts';
import {
  type Ticket,
  type TicketEvent,
  ticketActions,
  ticketSchema,
  ticketTypes,
} from './ticket.ts';
import { startStates, stepActorOf, stepsOpen, takeStep } from './ticketFlow.ts';

const people = ['a', 'b', 'c', 'd'].map((letter) => `01980c1e-0000-7000-8000-00000000000${letter}`);
const anyone = fc.constantFrom(...people);

const anyTicket = fc
  .record({
    type: fc.constantFrom(...ticketTypes),
    state: fc.constantFrom(...startStates),
    ownerId: anyone,
    firstContactId: anyone,
  })
  .map((fields) =>
    ticketSchema.parse({
      no: null,
      categoryId: null,
      priority: 'normal',
      subject: 'Boiler leaks',
      description: '',
      customerId: null,
      callId: null,
      queueId: null,
      numberRaw: null,
      firstContactName: 'First',
      createdAt: 0,
      dueAt: null,
      closedAt: null,
      ...fields,
    }),
  );

const anyAttempt = fc.record({
  action: fc.constantFrom(...ticketActions),
  byId: anyone,
  role: fc.constantFrom(...roles),
  ownerId: fc.option(anyone),
  note: fc.option(fc.constantFrom('', 'because')),
  resolution: fc.option(fc.constantFrom(' ', 'Replaced the seal')),
  passedMs: fc.nat(100_000),
});
type Attempt = typeof anyAttempt extends fc.Arbitrary<infer T> ? T : never;

interface Course {
  ticket: Ticket;
  events: TicketEvent[];
}

/** Every ticket on the way, as attempts follow each other; those that are refused change nothing. */
function courses(first: Ticket, attempts: readonly Attempt[]): Course[] {
  let now = 0;
  const way: Course[] = [{ ticket: first, events: [] }];
  for (const [
    at,
    { action, byId, role, ownerId, note, resolution, passedMs },
  ] of attempts.entries()) {
    now += passedMs;
    const { ticket, events } = way.at(-1) ?? { ticket: first, events: [] };
    const taken = takeStep(
      ticket,
      { action, ownerId, note, resolution },
      {
        ticketId: people[0] ?? '',
        id: `01980c1e-0000-7000-9000-${String(at).padStart(12, '0')}`,
        at: now,
        actor: stepActorOf({ id: byId, name: 'Li Na', role }),
        complaintsNeedVisit: true,
      },
    );
    if (!taken.ok) continue;
    const { fields, event } = taken.value;
    way.push({ ticket: { ...ticket, ...fields }, events: [...events, event.fields] });
  }
  return way;
}

function holds(law: (course: Course, before: Course | null) => void): void {
  fc.assert(
    fc.property(anyTicket, fc.array(anyAttempt, { maxLength: 60 }), (ticket, attempts) => {
      const way = courses(ticket, attempts);
      for (const [at, course] of way.entries()) law(course, way[at - 1] ?? null);
    }),
  );
}

describe('whatever steps are tried', () => {
  it('the first-contact owner stays', () => {
    holds(({ ticket }, before) => {
      if (!before) return;
      expect(ticket.firstContactId).toBe(before.ticket.firstContactId);
      expect(ticket.firstContactName).toBe(before.ticket.firstContactName);
    });
  });

  it('the history only grows, by one event for each step', () => {
    holds(({ ticket, events }, before) => {
      if (!before) return;
      expect(events.slice(0, -1)).toEqual(before.events);
      expect(events.at(-1)).toMatchObject({
        at: ticket.lastStep?.at,
        byId: ticket.lastStep?.byId,
        data: { from: before.ticket.state, to: ticket.state },
      });
    });
  });

  it('its clocks stand in waiting, and in no other state', () => {
    holds(({ ticket }) => {
      const open = ticket.pauses.filter(({ to }) => to === null);
      expect(open).toHaveLength(ticket.state === 'waiting' ? 1 : 0);
      expect(ticket.pauses.every(({ from, to }) => to === null || to >= from)).toBe(true);
    });
  });

  it('what its state says is so', () => {
    holds(({ ticket }) => {
      const { state, ownerId, closedAt, resolvedAt, resolution } = ticket;
      expect(closedAt !== null).toBe(state === 'closed');
      if (state === 'resolved' || state === 'returnVisit') {
        expect(resolvedAt).not.toBeNull();
        expect(resolution.trim()).not.toBe('');
      }
      if (state === 'assigned' || state === 'inProgress' || state === 'waiting') {
        expect(ownerId).not.toBeNull();
      }
      expect(ticketSchema.safeParse(ticket).success).toBe(true);
    });
  });

  it('somebody can always go on', () => {
    const lead = stepActorOf({ id: people[3] ?? '', name: 'Lead', role: 'supervisor' });
    holds(({ ticket }) => expect(stepsOpen(ticket, lead, true)).not.toEqual([]));
  });
});
