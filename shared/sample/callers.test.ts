import { describe, expect, it } from 'vitest';
import { isOpen } from '../domain/tickets/ticket.ts';
import { practiceCallers } from './callers.ts';
import { defaultConfiguration } from './configuration.ts';
import { customersByNumber, recordsOf, testOptions, wholeSample } from './testSample.ts';

const { records } = wholeSample();
const customers = recordsOf(records, 'customer');
const tickets = recordsOf(records, 'ticket');

describe('callers', () => {
  const callers = practiceCallers(testOptions);
  const holders = customersByNumber(records);

  function e164(number: string): string {
    if (number.startsWith('+')) return number;
    if (number.startsWith('00')) return `+${number.slice(2)}`;
    if (number.startsWith('86')) return `+${number}`;
    return `+86${number.replace(/^0/, '')}`;
  }

  it('are about forty, each with another number', () => {
    expect(callers.length).toBe(40);
    expect(new Set(callers.map(({ number }) => e164(number))).size).toBe(40);
    expect(practiceCallers(testOptions)).toEqual(callers);
  });

  it('are found among the contact points as their kind says', () => {
    for (const { kind, number, customerId } of callers) {
      const found = [...(holders.get(e164(number)) ?? [])];
      if (kind === 'known') expect(found).toEqual([customerId]);
      else if (kind === 'shared') expect(found.length).toBeGreaterThan(1);
      else expect(found).toEqual([]);
    }
    const counts = Map.groupBy(callers, ({ kind }) => kind);
    expect(counts.get('shared')?.length).toBe(4);
    expect(counts.get('unknown')?.length).toBe(4);
    expect(counts.get('anonymous')?.length).toBe(1);
  });

  it('count class A customers with open tickets among them', () => {
    const open = new Set(
      tickets.filter(({ fields }) => isOpen(fields.state)).map(({ fields }) => fields.customerId),
    );
    const best = new Set(
      customers.filter(({ fields }) => fields.valueClass === 'A').map(({ id }) => id),
    );
    const found = callers.filter(
      ({ customerId: id }) => id !== undefined && open.has(id) && best.has(id),
    );
    expect(found.length).toBeGreaterThanOrEqual(4);
  });

  it('count the customer with the longest time line among them', () => {
    const entries = Map.groupBy(recordsOf(records, 'contact'), ({ fields }) => fields.customerId);
    const long = [...entries].find(([, own]) => own.length === 300)?.[0];
    expect(callers.map(({ customerId }) => customerId)).toContain(long);
  });

  it('are customers of the sample whatever its now is', () => {
    const later = wholeSample({ ...testOptions, asOfMs: Date.UTC(2027, 4, 5) });
    const ids = new Set(recordsOf(later.records, 'customer').map(({ id }) => id));
    const strange = callers.filter(({ customerId: id }) => id !== undefined && !ids.has(id));
    expect(strange).toEqual([]);
  });

  it('choose queues that exist and arrive in several writings', () => {
    const queues = new Set(defaultConfiguration.queues.map(({ id }) => id));
    expect(callers.filter(({ queue }) => !queues.has(queue))).toEqual([]);
    for (const start of [/^01[3-9]/, /^86/, /^0[2-9]/, /^(\+|00)[1-79]/]) {
      expect(callers.some(({ number }) => start.test(number))).toBe(true);
    }
  });

  it.each([1, 30, 200])('come from a sample of %i customers too', (customers) => {
    const few = practiceCallers({ customers, seed: 7 });
    expect(few.some(({ kind }) => kind === 'known')).toBe(true);
    expect(few.filter(({ kind }) => kind === 'unknown').length).toBe(4);
  });
});
