import { describe, expect, it } from 'vitest';
import type { TicketEvent } from '#shared/domain/tickets/ticket.ts';
import { type Person, recipientsOf } from './recipients.ts';

const person = (id: string, role: Person['role'], teamId: string | null, active = true) => ({
  id,
  role,
  teamId,
  active,
});
const people: Person[] = [
  person('ann', 'agent', 'east'),
  person('ben', 'agent', 'east'),
  person('wes', 'agent', 'west'),
  person('sue', 'supervisor', 'east'),
  person('gone', 'supervisor', 'east', false),
  person('adm', 'administrator', null),
];
const ticket = {
  ownerId: 'ben' as string | null,
  firstContactId: 'ann',
  watcherIds: [] as string[],
};

function told(
  name: TicketEvent['name'],
  byId: string,
  data: TicketEvent['data'] = null,
  of: Partial<typeof ticket> = {},
) {
  const found = recipientsOf({ name, byId, data }, { ...ticket, ...of }, people);
  return Object.fromEntries(found.map(({ userId, kind }) => [userId, kind]));
}

describe('who is told of a ticket', () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    [
      'the new owner',
      told('ticket.assigned', 'sue', { ownerId: 'ben' }),
      { ben: 'ticket.assigned' },
    ],
    ['nobody of the own doing', told('ticket.assigned', 'ben', { ownerId: 'ben' }), {}],
    [
      'the new owner, and whose it was',
      told('ticket.assigned', 'sue', { ownerId: 'ben', formerOwnerId: 'ann' }),
      { ben: 'ticket.assigned', ann: 'ticket.reassigned' },
    ],
    [
      'nobody of what they gave away themselves',
      told('ticket.assigned', 'ann', { ownerId: 'ben', formerOwnerId: 'ann' }),
      { ben: 'ticket.assigned' },
    ],
    [
      'nobody of what came back to them',
      told('ticket.assigned', 'sue', { ownerId: 'wes', formerOwnerId: 'ben' }),
      { wes: 'ticket.assigned' },
    ],
    [
      'whose it was, once, where they watch it too',
      told(
        'ticket.assigned',
        'sue',
        { ownerId: 'ben', formerOwnerId: 'ann' },
        { watcherIds: ['ann'] },
      ),
      { ben: 'ticket.assigned', ann: 'ticket.reassigned' },
    ],
    [
      'whose it was, where somebody else has put it back',
      told('ticket.returned', 'sue', { ownerId: null, formerOwnerId: 'ben' }, { ownerId: null }),
      { ben: 'ticket.returned', ann: 'ticket.returned' },
    ],
    [
      'who has to hand it out again',
      told('ticket.returned', 'ben', null, { ownerId: null }),
      { sue: 'ticket.returned', ann: 'ticket.returned' },
    ],
    [
      'owner and first contact',
      told('ticket.reopened', 'wes'),
      { ben: 'ticket.reopened', ann: 'ticket.reopened' },
    ],
    [
      'the supervisors of an unsatisfied customer',
      told('ticket.reopened', 'ann', { visit: 'unsatisfied' }),
      { sue: 'visit.unsatisfied', ben: 'ticket.reopened' },
    ],
    [
      'supervisors first',
      told('ticket.escalated', 'ann', { escalation: 1 }),
      { sue: 'ticket.escalated', ben: 'ticket.escalated' },
    ],
    [
      'then administrators',
      told('ticket.escalated', 'ann', { escalation: 2 }),
      { sue: 'ticket.escalated', adm: 'ticket.escalated', ben: 'ticket.escalated' },
    ],
    [
      'administrators where the team has no supervisor',
      told('ticket.escalated', 'ann', { escalation: 1 }, { ownerId: 'wes' }),
      { adm: 'ticket.escalated', wes: 'ticket.escalated' },
    ],
    ['the owner before the limit ends', told('ticket.warned', ''), { ben: 'ticket.warned' }],
    [
      'the first contact where nobody owns it',
      told('ticket.warned', '', null, { ownerId: null }),
      { ann: 'ticket.warned' },
    ],
    [
      'owner and supervisors once it is over',
      told('ticket.breached', '', { escalation: 1 }),
      { ben: 'ticket.breached', sue: 'ticket.breached' },
    ],
    ['nobody where it was met after all', told('ticket.breached', '', { metAt: 5 }), {}],
    [
      'those who watch',
      told('ticket.noted', 'ben', null, { watcherIds: ['wes', 'ben'] }),
      { wes: 'ticket.watched' },
    ],
    [
      'nobody twice',
      told('ticket.escalated', 'ann', { escalation: 1 }, { watcherIds: ['sue'] }),
      { sue: 'ticket.escalated', ben: 'ticket.escalated' },
    ],
    ['nobody who has left', told('ticket.noted', 'ben', null, { watcherIds: ['gone'] }), {}],
    ['nobody of small changes', told('ticket.changed', 'ben', null, { watcherIds: ['wes'] }), {}],
  ])('%s', (_case, found, expected) => {
    expect(found).toEqual(expected);
  });
});
