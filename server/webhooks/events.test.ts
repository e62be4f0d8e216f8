import { expect, test } from 'vitest';
import { eventsOf } from './events.ts';

type Fields = Record<string, unknown>;

test.each<[string, string, Fields | null, Fields, string[]]>([
  ['a customer', 'customer', null, { name: 'A' }, ['customer.created']],
  ['a customer changed', 'customer', { name: 'A' }, { name: 'B' }, ['customer.updated']],
  ['a ticket', 'ticket', null, { state: 'registered', ownerId: null }, ['ticket.created']],
  [
    'a ticket with an owner',
    'ticket',
    null,
    { state: 'assigned', ownerId: 'x' },
    ['ticket.created', 'ticket.assigned'],
  ],
  [
    'a ticket goes to another owner',
    'ticket',
    { state: 'assigned', ownerId: 'x' },
    { state: 'assigned', ownerId: 'y' },
    ['ticket.updated', 'ticket.assigned'],
  ],
  [
    'a ticket is given up by its owner',
    'ticket',
    { state: 'assigned', ownerId: 'x' },
    { state: 'registered', ownerId: null },
    ['ticket.updated'],
  ],
  [
    'a ticket is resolved',
    'ticket',
    { state: 'assigned', ownerId: 'x' },
    { state: 'resolved', ownerId: 'x' },
    ['ticket.updated', 'ticket.resolved'],
  ],
  [
    'a resolved ticket is touched',
    'ticket',
    { state: 'resolved', ownerId: 'x' },
    { state: 'resolved', ownerId: 'x', subject: 'B' },
    ['ticket.updated'],
  ],
  [
    'a ticket is closed',
    'ticket',
    { state: 'resolved' },
    { state: 'closed' },
    ['ticket.updated', 'ticket.closed'],
  ],
  ['a note', 'ticketEvent', null, { name: 'ticket.noted' }, ['ticket.noted']],
  ['another step', 'ticketEvent', null, { name: 'ticket.resolved' }, []],
  ['a call begins', 'call', null, { endedAt: null }, []],
  ['a call ends', 'call', { endedAt: null }, { endedAt: 1 }, ['call.ended']],
  ['a call that was over', 'call', null, { endedAt: 1 }, ['call.ended']],
  ['an ended call is touched', 'call', { endedAt: 1 }, { endedAt: 1, heldMs: 1 }, []],
  ['a wrap-up', 'wrapUp', null, { notes: '' }, ['wrapUp.saved']],
  ['a wrap-up edited', 'wrapUp', { notes: '' }, { notes: 'A' }, ['wrapUp.saved']],
  ['a task', 'task', null, { state: 'open' }, ['task.created']],
  [
    'a task put off',
    'task',
    { state: 'open', dueAt: 1 },
    { state: 'open', dueAt: 2 },
    ['task.updated'],
  ],
  ['a task done', 'task', { state: 'open' }, { state: 'done' }, ['task.updated', 'task.done']],
  ['presence', 'presence', null, { state: 'ready' }, []],
])('%s', (_case, entity, before, after, types) => {
  const change = { entity, id: 'id', version: 2, at: 5, before, after };
  expect(eventsOf(change).map(({ type }) => type)).toEqual(types);
});

test('an event names what changed, and the record as it was then', () => {
  const before = { name: 'A', tags: ['x'], profile: { a: 1 }, gone: 1 };
  const after = { name: 'A', tags: ['x', 'y'], profile: { a: 1 }, come: 1 };
  const change = { entity: 'customer', id: 'id', version: 2, at: 5, before, after };
  expect(eventsOf(change)).toMatchObject([
    { at: 5, recordId: 'id', recordVersion: 2, changed: ['come', 'gone', 'tags'], fields: after },
  ]);
});
