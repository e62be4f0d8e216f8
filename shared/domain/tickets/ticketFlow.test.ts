import { describe, expect, it } from 'vitest';
import {
  type Ticket,
  type TicketAction,
  type TicketState,
  ticketActions,
  ticketSchema,
  ticketStates,
} from './ticket.ts';
import {
  type StepActor,
  type StepCommand,
  stepActorOf,
  stepsOpen,
  takeStep,
} from './ticketFlow.ts';

const id = (n: number) => `01980c1e-0000-7000-8000-00000000000${n}`;
const [ownerId, firstId, visitorId, otherId, leadId, readerId, nextId] = [1, 2, 3, 4, 5, 6, 7].map(
  id,
) as [string, string, string, string, string, string, string];

const actors = {
  owner: stepActorOf({ id: ownerId, name: 'Owner', role: 'agent' }),
  first: stepActorOf({ id: firstId, name: 'First', role: 'agent' }),
  visitor: stepActorOf({ id: visitorId, name: 'Visitor', role: 'agent' }),
  other: stepActorOf({ id: otherId, name: 'Other', role: 'agent' }),
  lead: stepActorOf({ id: leadId, name: 'Lead', role: 'supervisor' }),
  administrator: stepActorOf({ id: leadId, name: 'Admin', role: 'administrator' }),
  reader: stepActorOf({ id: readerId, name: 'Reader', role: 'quality' }),
} satisfies Record<string, StepActor>;
type ActorName = keyof typeof actors;
const actorNames = Object.keys(actors) as ActorName[];

function ticketIn(state: TicketState, fields: Partial<Ticket> = {}): Ticket {
  const paused = state === 'waiting' ? [{ from: 900, to: null }] : [];
  const visited = state === 'returnVisit';
  return ticketSchema.parse({
    no: '20260000001',
    type: 'repair',
    categoryId: null,
    priority: 'normal',
    state,
    subject: 'Boiler leaks',
    description: '',
    customerId: null,
    callId: null,
    queueId: null,
    numberRaw: null,
    ownerId,
    firstContactId: firstId,
    firstContactName: 'First',
    createdAt: 100,
    dueAt: null,
    closedAt: state === 'closed' ? 950 : null,
    resolvedAt: ['resolved', 'returnVisit', 'closed'].includes(state) ? 940 : null,
    acknowledgedAt: state === 'registered' ? null : 200,
    pauses: paused,
    lastStep: visited
      ? {
          id: id(9),
          action: 'visit',
          from: 'resolved',
          at: 950,
          byId: visitorId,
          byName: 'V',
          note: null,
        }
      : null,
    ...fields,
  });
}

const given: Omit<StepCommand, 'action'> = {
  note: 'because',
  ownerId: nextId,
  resolution: 'Replaced the seal',
};

function take(ticket: Ticket, command: StepCommand, actor: StepActor, needsVisit = true) {
  return takeStep(ticket, command, {
    ticketId: id(0),
    id: id(8),
    at: 1000,
    actor,
    complaintsNeedVisit: needsVisit,
  });
}

/** By whom: anyone, in charge, visitor as well, lead; `-` nobody. */
const may: Record<string, readonly ActorName[]> = {
  '-': [],
  any: ['owner', 'first', 'visitor', 'other', 'lead', 'administrator'],
  chg: ['owner', 'first', 'lead', 'administrator'],
  vis: ['owner', 'first', 'visitor', 'lead', 'administrator'],
  led: ['lead', 'administrator'],
};

const table = `
              acknowledge assign return start wait resume resolve visit close reopen escalate
registered    any         any    -      chg   -    -      chg     -     led   -      any
acknowledged  -           any    -      chg   -    -      chg     -     led   -      any
assigned      -           chg    chg    chg   -    -      chg     -     led   -      any
inProgress    -           chg    chg    -     chg  -      chg     -     led   -      any
waiting       -           chg    chg    -     -    any    chg     -     led   -      any
resolved      -           -      -      -     -    -      -       any   chg   any    -
returnVisit   -           -      -      -     -    -      -       -     vis   any    any
closed        -           -      -      -     -    -      -       -     -     any    -
`;

function cells(): { state: TicketState; action: TicketAction; who: readonly ActorName[] }[] {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u));
  return rows.flatMap(([state, ...codes]) =>
    codes.map((code, at) => ({
      state: state as TicketState,
      action: head[at] as TicketAction,
      who: may[code] ?? [],
    })),
  );
}

describe('who may do what in which state', () => {
  it('the table names every state and every action', () => {
    const named = cells();
    expect(new Set(named.map(({ state }) => state))).toEqual(new Set(ticketStates));
    expect(new Set(named.map(({ action }) => action))).toEqual(new Set(ticketActions));
    expect(named).toHaveLength(ticketStates.length * ticketActions.length);
  });

  it.each(cells())('$action in $state', ({ state, action, who }) => {
    for (const name of actorNames) {
      const taken = take(ticketIn(state), { action, ...given }, actors[name]);
      const isAllowed = who.includes(name);
      expect({ name, ok: taken.ok }).toEqual({ name, ok: isAllowed });
      if (!taken.ok) {
        expect(taken.error.code).toBe(who.length === 0 ? 'state-not-allowed' : 'forbidden');
      }
      const open = stepsOpen(ticketIn(state), actors[name], true).map((step) => step.action);
      expect(open.includes(action)).toBe(isAllowed);
    }
  });

  it('a ticket without an owner is anybody’s to work on', () => {
    const ticket = ticketIn('acknowledged', { ownerId: null });
    for (const action of ['start', 'resolve'] as const) {
      const taken = take(ticket, { action, ...given }, actors.other);
      expect(taken).toMatchObject({ ok: true, value: { fields: { ownerId: otherId } } });
      expect(take(ticket, { action, ...given }, actors.reader).ok).toBe(false);
    }
  });

  it('a complaint is closed without a visit by a lead only, where the centre wants it so', () => {
    const close: StepCommand = { action: 'close' };
    const complaint = ticketIn('resolved', { type: 'complaint' });
    expect(take(complaint, close, actors.owner)).toMatchObject({ error: { code: 'forbidden' } });
    expect(take(complaint, close, actors.lead).ok).toBe(true);
    expect(take(complaint, close, actors.owner, false).ok).toBe(true);
    const visited = ticketIn('returnVisit', { type: 'complaint' });
    expect(take(visited, close, actors.visitor)).toMatchObject({ error: { code: 'forbidden' } });
    const unreachable = { ...close, visit: 'unreachable' } as const;
    expect(take(visited, unreachable, actors.visitor).ok).toBe(false);
    const satisfied = { ...close, visit: 'satisfied' } as const;
    expect(take(visited, satisfied, actors.visitor)).toMatchObject({
      value: { event: { fields: { data: { visit: 'satisfied' } } } },
    });
    expect(take(visited, satisfied, actors.other).ok).toBe(false);
  });

  it('what is part of another ticket takes no steps', () => {
    const ticket = ticketIn('inProgress', { mergedInto: id(7) });
    for (const action of ticketActions) {
      const taken = take(ticket, { action, ...given }, actors.lead);
      expect(taken).toMatchObject({ ok: false, error: { code: 'state-not-allowed' } });
    }
    expect(stepsOpen(ticket, actors.lead, true)).toEqual([]);
  });
});

describe('what a step needs', () => {
  const needs: [TicketAction, TicketState, keyof typeof given][] = [
    ['assign', 'registered', 'ownerId'],
    ['assign', 'inProgress', 'ownerId'],
    ['return', 'assigned', 'note'],
    ['resolve', 'inProgress', 'resolution'],
    ['reopen', 'closed', 'note'],
    ['escalate', 'assigned', 'note'],
    ['close', 'inProgress', 'note'],
  ];

  it.each(needs)('%s in %s needs %s', (action, state, field) => {
    for (const nothing of [null, undefined, '', ' \n\t　']) {
      const taken = take(ticketIn(state), { action, ...given, [field]: nothing }, actors.lead);
      expect(taken).toMatchObject({ error: { code: 'missing-field', details: { field } } });
    }
    const only = take(ticketIn(state), { action, [field]: given[field] ?? '' }, actors.lead);
    expect(only.ok).toBe(true);
  });

  it('all others need nothing', () => {
    for (const { state, action, who } of cells()) {
      if (who.length === 0 || needs.some(([a, s]) => a === action && s === state)) continue;
      const taken = take(ticketIn(state), { action }, actors.lead);
      const isNamed = needs.some(([a]) => a === action);
      expect({ state, action, ok: taken.ok || isNamed }).toEqual({ state, action, ok: true });
    }
  });
});

describe('what a step does', () => {
  type Case = [TicketAction, TicketState, Partial<Ticket>];
  const effects: Case[] = [
    ['acknowledge', 'registered', { state: 'acknowledged', acknowledgedAt: 1000 }],
    ['assign', 'registered', { state: 'assigned', ownerId: nextId, acknowledgedAt: 1000 }],
    ['assign', 'assigned', { state: 'assigned', ownerId: nextId }],
    ['assign', 'waiting', { state: 'assigned', pauses: [{ from: 900, to: 1000 }] }],
    ['return', 'inProgress', { state: 'acknowledged', ownerId: null }],
    ['start', 'assigned', { state: 'inProgress', ownerId }],
    ['wait', 'inProgress', { state: 'waiting', pauses: [{ from: 1000, to: null }] }],
    ['resume', 'waiting', { state: 'inProgress', pauses: [{ from: 900, to: 1000 }] }],
    [
      'resolve',
      'waiting',
      {
        state: 'resolved',
        resolvedAt: 1000,
        respondedAt: 1000,
        resolution: 'Replaced the seal',
        pauses: [{ from: 900, to: 1000 }],
      },
    ],
    ['visit', 'resolved', { state: 'returnVisit' }],
    ['close', 'returnVisit', { state: 'closed', closedAt: 1000, resolvedAt: 940 }],
    [
      'reopen',
      'closed',
      { state: 'assigned', closedAt: null, resolvedAt: null, reopened: 1, reopenedAt: 1000 },
    ],
    ['escalate', 'waiting', { state: 'waiting', escalation: 1, pauses: [{ from: 900, to: null }] }],
  ];

  it.each(effects)('%s in %s', (action, state, after) => {
    const held = ticketIn(state);
    const taken = take(held, { action, ...given }, actors.lead);
    if (!taken.ok) throw new Error(taken.error.message);
    expect({ ...held, ...taken.value.fields }).toMatchObject(after);
  });

  it('a ticket that nobody owns is re-opened to be handed out again', () => {
    const taken = take(
      ticketIn('closed', { ownerId: null }),
      { action: 'reopen', note: 'Leaks again' },
      actors.other,
    );
    expect(taken).toMatchObject({ ok: true, value: { fields: { state: 'acknowledged' } } });
  });

  it('leaves a trace that says who, when, why, from where and to where', () => {
    const taken = take(
      ticketIn('inProgress'),
      { action: 'return', note: 'Not ours' },
      actors.owner,
    );
    if (!taken.ok) throw new Error(taken.error.message);
    const { fields, event } = taken.value;
    expect(fields.lastStep).toEqual({
      id: id(8),
      action: 'return',
      from: 'inProgress',
      at: 1000,
      byId: ownerId,
      byName: 'Owner',
      note: 'Not ours',
      visit: null,
    });
    expect(event).toEqual({
      id: id(8),
      fields: {
        ticketId: id(0),
        name: 'ticket.returned',
        at: 1000,
        byId: ownerId,
        byName: 'Owner',
        note: 'Not ours',
        data: { from: 'inProgress', to: 'acknowledged', ownerId: null, formerOwnerId: ownerId },
      },
    });
  });

  it('a desk with a slow clock ends no pause before it began', () => {
    const late = ticketIn('waiting', { pauses: [{ from: 5000, to: null }] });
    const taken = take(late, { action: 'resume' }, actors.owner);
    expect(taken).toMatchObject({ value: { fields: { pauses: [{ from: 5000, to: 5000 }] } } });
  });
});
