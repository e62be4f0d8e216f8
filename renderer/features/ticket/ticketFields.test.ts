import { describe, expect, it } from 'vitest';
import { newTicketSchema } from '#shared/contract/methods/tickets.ts';
import {
  defaultDueAt,
  emptyTicket,
  newTicketOf,
  openFields,
  readTicketDraft,
} from './ticketFields.ts';

const now = new Date(2026, 10, 22, 14, 0).getTime();
const hourMs = 3_600_000;
const from = { customerId: null, callId: null };

describe('openFields', () => {
  it.each([
    [{}, ['subject']],
    [{ subject: '  ' }, ['subject']],
    [{ subject: 'Leak' }, []],
    [{ subject: 'x'.repeat(501) }, ['subject']],
    [{ subject: 'Leak', description: 'x'.repeat(100_000) }, []],
    [{ subject: 'Leak', description: 'x'.repeat(100_001) }, ['description']],
    [{ subject: 'Leak', dueText: '11-31' }, ['due']],
    [{ subject: '', dueText: 'yesterday' }, ['subject', 'due']],
  ])('%#', (fields, expected) => {
    expect(openFields({ ...emptyTicket, ...fields }, now)).toEqual(expected);
  });
});

describe('newTicketOf', () => {
  it('promises nothing where no date is typed', () => {
    expect(newTicketOf({ ...emptyTicket, subject: 'Leak' }, from, now).dueAt).toBeNull();
  });

  it.each([
    ['normal', 72],
    ['major', 120],
    ['urgent', 24],
  ] as const)('without service levels it is due by priority %s', (priority, hours) => {
    const ticket = { type: 'repair', priority } as const;
    const none = { calendars: [], policies: [] };
    expect(defaultDueAt(ticket, now, null, null)).toBe(now + hours * hourMs);
    expect(defaultDueAt(ticket, now, none, 'A')).toBe(now + hours * hourMs);
  });

  it('takes the typed date and passes the contract', () => {
    const fields = { ...emptyTicket, subject: 'Café'.normalize('NFD'), dueText: 'tomorrow 18' };
    const ticket = newTicketOf(fields, from, now);
    expect(ticket.dueAt).toBe(now + 28 * hourMs);
    expect(ticket.subject).toBe('Café'.normalize('NFC'));
    expect(newTicketSchema.parse(ticket)).toEqual(ticket);
  });
});

it('reads only drafts it knows', () => {
  expect(readTicketDraft({ subject: 'half' })).toEqual({ subject: 'half' });
  expect(readTicketDraft({ type: 'unheard of' })).toBeNull();
  expect(readTicketDraft(null)).toBeNull();
});
