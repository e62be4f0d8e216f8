import type { EntityName } from '../sync/entities.ts';
import { usualFieldsOf } from '../sync/usual.ts';
import { addHistory } from './history/history.ts';
import { addOpenTask } from './history/tasks.ts';
import { TicketNumbers } from './history/ticketNumbers.ts';
import { earliestAsOfMs, planCustomer } from './people/customerPlan.ts';
import { addCustomer } from './people/customerRecords.ts';
import { maxCustomers } from './people/numbers.ts';
import { Random } from './random.ts';
import type { SampleRecord } from './record.ts';
import { type SampleSize, streams } from './size.ts';

export interface SampleOptions extends SampleSize {
  /** "Now" of the sample, ms UTC, from 2026-01-01 on: nothing happened later, open work is due around it. */
  asOfMs: number;
}

export interface SampleSummary {
  customers: number;
  /** Records made, by entity. */
  records: Partial<Record<EntityName, number>>;
  /** Highest ticket number of each year, without the year: the server's counters go on above. */
  highestTicketNumber: Record<string, number>;
}

/** Why these options make no sample, in words for whoever typed them; null where they do. */
export function sampleProblem({ customers, seed, asOfMs }: SampleOptions): string | null {
  if (!Number.isSafeInteger(customers) || customers < 1 || customers > maxCustomers) {
    return `customers must be a whole number from 1 to ${maxCustomers}`;
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    return `seed must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`;
  }
  if (!Number.isSafeInteger(asOfMs) || asOfMs < earliestAsOfMs) {
    return 'the sample cannot end before 2026-01-01';
  }
  return null;
}

const usual = new Map<EntityName, object>();

/** With every field that it may have: a desk holds them all, and would be told apart from the server by those it lacks. */
export function completed(record: SampleRecord): SampleRecord {
  const { entity } = record;
  const given = usual.get(entity) ?? usualFieldsOf(entity);
  usual.set(entity, given);
  Object.assign(record.fields, { ...given, ...record.fields });
  return record;
}

/** Open tasks beside follow-ups: up to one in twenty customers, and not more than so many in all. */
const maxOpenTasks = 1500;

/**
 * Customers with all that belongs to them, one record after another; each customer comes before
 * what refers to it. Same options, same records. Memory does not grow with the number of customers,
 * but for a table of the ticket numbers taken (about 1 byte a customer and year).
 * The generator returns the summary when it is done.
 * @throws RangeError where `sampleProblem` finds one.
 */
export function* generateSample(options: SampleOptions): Generator<SampleRecord, SampleSummary> {
  const problem = sampleProblem(options);
  if (problem !== null) throw new RangeError(problem);
  const { customers, seed, asOfMs } = options;
  const ticketNumbers = new TicketNumbers(customers);
  const openTaskChance = Math.min(0.05, maxOpenTasks / customers);
  const records: Partial<Record<EntityName, number>> = {};
  const into: SampleRecord[] = [];

  for (let index = 0; index < customers; index++) {
    const random = new Random(seed, streams.history, index);
    const plan = planCustomer(options, index);
    addCustomer(into, plan, asOfMs, random);
    const making = { into, plan, asOfMs, random, ticketNumbers };
    addHistory(making);
    if (random.chance(openTaskChance)) addOpenTask(making);
    for (const record of into) {
      records[record.entity] = (records[record.entity] ?? 0) + 1;
      yield completed(record);
    }
    into.length = 0;
  }
  return { customers, records, highestTicketNumber: ticketNumbers.highest() };
}
