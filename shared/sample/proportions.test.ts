import { describe, expect, it } from 'vitest';
import { isOpen, ticketStates } from '../domain/tickets/ticket.ts';
import { ticketNo } from './history/ticketNumbers.ts';
import {
  customersByNumber,
  type RecordOf,
  recordsOf,
  testOptions,
  wholeSample,
} from './testSample.ts';

const { asOfMs } = testOptions;
const { records, summary } = wholeSample();
const customers = recordsOf(records, 'customer');
const phones = recordsOf(records, 'contactPoint').filter((point) => point.fields.kind === 'phone');
const contacts = recordsOf(records, 'contact');
const tickets = recordsOf(records, 'ticket');

function share(part: number, whole: number): number {
  return (part / whole) * 100;
}

describe('proportions', () => {
  it.each([
    ['class A', (c: RecordOf<'customer'>) => c.fields.valueClass === 'A', 3.5, 6.5],
    ['class C', (c: RecordOf<'customer'>) => c.fields.valueClass === 'C', 17, 23],
    ['firms', (c: RecordOf<'customer'>) => c.fields.kind === 'company', 12, 18],
    [
      'Chinese persons',
      (c: RecordOf<'customer'>) =>
        c.fields.kind === 'person' && /^\p{Script=Han}+$/u.test(c.fields.name),
      65,
      75,
    ],
    [
      'Western persons',
      (c: RecordOf<'customer'>) =>
        c.fields.kind === 'person' && /^\p{Script=Latin}/u.test(c.fields.name),
      11,
      18,
    ],
    ['pinned notes', (c: RecordOf<'customer'>) => c.fields.pinnedNote !== null, 3, 10],
  ])('%s', (_, test, least, most) => {
    const found = share(customers.filter(test).length, customers.length);
    expect(found).toBeGreaterThan(least);
    expect(found).toBeLessThan(most);
  });

  it('most time lines have 3 to 8 entries, some 40 and more, one 300', () => {
    const lengths = [...Map.groupBy(contacts, ({ fields }) => fields.customerId).values()].map(
      (own) => own.length,
    );
    expect(share(lengths.filter((n) => n >= 3 && n <= 8).length, customers.length)).toBeGreaterThan(
      70,
    );
    expect(lengths.filter((n) => n >= 40).length).toBeGreaterThan(5);
    expect(lengths.filter((n) => n === 300)).toEqual([300]);
  });

  it('two customers in five have several numbers, every one has at least one', () => {
    const own = [...Map.groupBy(phones, ({ fields }) => fields.customerId).values()];
    expect(own.length).toBe(customers.length);
    const several = share(own.filter((points) => points.length > 1).length, customers.length);
    expect(several).toBeGreaterThan(34);
    expect(several).toBeLessThan(46);
  });

  it('about two customers in a hundred share a number', () => {
    const shared = [...customersByNumber(records).values()].filter((holders) => holders.size > 1);
    expect(Math.max(...shared.map((holders) => holders.size))).toBeLessThanOrEqual(4);
    const concerned = share(
      new Set(shared.flatMap((holders) => [...holders])).size,
      customers.length,
    );
    expect(concerned).toBeGreaterThan(1);
    expect(concerned).toBeLessThan(4);
  });

  it('the newest entries are close to now, and work is due around it', () => {
    const dayMs = 86_400_000;
    const newest = Math.max(...contacts.map(({ fields }) => fields.at));
    expect(asOfMs - newest).toBeLessThan(2 * dayMs);
    const open = recordsOf(records, 'task').filter(({ fields }) => fields.state === 'open');
    expect(open.some(({ fields }) => fields.dueAt < asOfMs)).toBe(true);
    expect(open.some(({ fields }) => fields.dueAt > asOfMs)).toBe(true);
    expect(open.every(({ fields }) => Math.abs(fields.dueAt - asOfMs) < 8 * dayMs)).toBe(true);
  });

  it('verified-on dates are fresh, old and missing', () => {
    const dates = recordsOf(records, 'contactPoint').map(({ fields }) => fields.verifiedOn);
    expect(share(dates.filter((date) => date === null).length, dates.length)).toBeGreaterThan(15);
    expect(
      share(dates.filter((date) => date !== null && date > '2026-08-01').length, dates.length),
    ).toBeGreaterThan(20);
    expect(
      share(dates.filter((date) => date !== null && date < '2025-10-01').length, dates.length),
    ).toBeGreaterThan(20);
    expect(dates.every((date) => date === null || date <= '2026-11-01')).toBe(true);
  });

  it('texts are in the customer’s language', () => {
    const english = new Set(
      customers
        .filter(({ fields }) => fields.profile.language?.value === 'English')
        .map(({ id }) => id),
    );
    const theirs = contacts.filter(({ fields }) => english.has(fields.customerId ?? ''));
    expect(theirs.length).toBeGreaterThan(500);
    expect(
      theirs.filter(({ fields }) => /\p{Script=Han}/u.test(fields.title + fields.detail)),
    ).toEqual([]);
    const written = records.flatMap(({ entity, fields }) =>
      entity === 'contact' ? [fields.title, fields.detail] : [],
    );
    expect(written.filter((text) => text.includes('{'))).toEqual([]);
  });
});

describe('tickets', () => {
  it('are in all states, with a history that ends in the state', () => {
    expect(new Set(tickets.map(({ fields }) => fields.state))).toEqual(new Set(ticketStates));
    const steps = Map.groupBy(recordsOf(records, 'ticketEvent'), ({ fields }) => fields.ticketId);
    for (const { id, fields } of tickets) {
      const own = steps.get(id) ?? [];
      const times = own.map((step) => step.fields.at);
      expect(own[0]?.fields.name).toBe('ticket.created');
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const last = own.at(-1)?.fields;
      expect(last?.name === 'ticket.closed').toBe(fields.state === 'closed');
      expect(fields.closedAt).toBe(fields.state === 'closed' ? last?.at : null);
      if (isOpen(fields.state)) expect(asOfMs - fields.createdAt).toBeLessThan(8 * 86_400_000);
    }
  });

  it('have unique numbers, none above the highest of the year', () => {
    const numbers = tickets.map(({ fields }) => fields.no ?? '');
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((no) => !/^20\d{9}$/.test(no))).toEqual([]);
    for (const [year, highest] of Object.entries(summary.highestTicketNumber)) {
      const most = numbers
        .filter((no) => no.startsWith(year))
        .toSorted()
        .at(-1);
      expect(most).toBe(ticketNo(Number(year), highest));
    }
  });
});
