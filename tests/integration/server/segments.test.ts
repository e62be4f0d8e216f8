import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createJobs } from '#server/jobs/createJobs.ts';
import { applyClasses, computeValues } from '#server/segments/customerValues.ts';
import { createSegments } from '#server/segments/segments.ts';
import { countSegment, listSegment } from '#server/store/customers/segments.ts';
import { insertRecords, type NewRecord } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import {
  isInSegment,
  monthsBefore,
  type SegmentCondition,
  type SegmentFacts,
  type SegmentRule,
} from '#shared/domain/segments/segmentRule.ts';
import { standingSegments } from '#shared/domain/segments/standingSegments.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type CustomerValues, segmentMemberSchema } from '#shared/sync/segments.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);

/** Orders of twelve months count. */
const countedFrom = monthsBefore(now, 12);

interface Made {
  id: string;
  mergedInto: string | null;
  facts: Omit<SegmentFacts, 'recency' | 'frequency' | 'monetary'>;
}

const customerArb = fc.record({
  kind: fc.constantFrom('person', 'company'),
  valueClass: fc.constantFrom('A', 'B', 'C'),
  tags: fc.subarray(['vip', 'loud']),
  occupation: fc.constantFrom('', 'Teacher', '教师 teacher'),
  sinceDays: fc.integer({ min: 0, max: 900 }),
  orders: fc.array(
    fc.record({
      days: fc.integer({ min: 0, max: 500 }),
      minor: fc.integer({ min: 0, max: 500 }),
      title: fc.constantFrom('Boiler', 'Filter'),
      state: fc.constantFrom('delivered', 'delivered', 'returned'),
      currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'EUR'),
    }),
    { maxLength: 6 },
  ),
  contactDays: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 2 }),
  tickets: fc.array(
    fc.record({
      type: fc.constantFrom('complaint', 'repair'),
      state: fc.constantFrom('registered', 'closed'),
      days: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 3 },
  ),
});

const sideArb = fc.constantFrom('atLeast' as const, 'atMost' as const);
const monthsArb = fc.integer({ min: 1, max: 18 });
const countArb = fc.integer({ min: 0, max: 4 });
const conditionArb: fc.Arbitrary<SegmentCondition> = fc.oneof(
  fc.record({
    field: fc.constant('valueClass' as const),
    is: fc.subarray(['A' as const, 'B' as const, 'C' as const], { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('kind' as const),
    is: fc.constantFrom('person' as const, 'company' as const),
  }),
  fc.record({
    field: fc.constant('tag' as const),
    has: fc.boolean(),
    tag: fc.constantFrom('vip', "l'oud"),
  }),
  fc.record({
    field: fc.constant('profile' as const),
    id: fc.constantFrom('occupation', 'unknown'),
    is: fc.constantFrom(
      'known' as const,
      'missing' as const,
      'equal' as const,
      'containing' as const,
    ),
    value: fc.constantFrom('Teacher', 'TEACH', '教师', '%'),
  }),
  fc.record({ field: fc.constant('customerFor' as const), is: sideArb, months: monthsArb }),
  fc.record({ field: fc.constant('orders' as const), is: sideArb, count: countArb }),
  fc.record({
    field: fc.constant('amount' as const),
    is: sideArb,
    minor: fc.integer({ min: 0, max: 900 }),
  }),
  fc.record({ field: fc.constant('singleProduct' as const) }),
  fc.record({
    field: fc.constant('daysSinceOrder' as const),
    is: sideArb,
    count: fc.integer({ min: 0, max: 365 }),
  }),
  fc.record({ field: fc.constant('monthsSinceContact' as const), is: sideArb, months: monthsArb }),
  fc.record({
    field: fc.constant('complaints' as const),
    is: sideArb,
    count: countArb,
    months: monthsArb,
  }),
  fc.record({ field: fc.constant('openTickets' as const), is: sideArb, count: countArb }),
  fc.record({
    field: fc.constantFrom('recency' as const, 'frequency' as const, 'monetary' as const),
    is: sideArb,
    fifth: fc.integer({ min: 1, max: 5 }),
  }),
);
const ruleArb: fc.Arbitrary<SegmentRule> = fc.record({
  match: fc.constantFrom('all' as const, 'any' as const),
  conditions: fc.array(conditionArb, { minLength: 1, maxLength: 4 }),
});

/** Customers with their records, and what is known of each in plain words; every fifth is merged into the one before. */
function make(seed: number, count: number): { records: NewRecord[]; customers: Made[] } {
  const records: NewRecord[] = [];
  const customers: Made[] = [];
  const drawn = fc.sample(customerArb, { numRuns: count, seed });
  for (const [index, one] of drawn.entries()) {
    const id = uuidv7();
    const winner = index % 5 === 4 ? customers[index - 1] : undefined;
    const into = winner?.facts;
    const sinceDay = new Date(now - one.sinceDays * dayMs).toISOString().slice(0, 10);
    const counted = one.orders.filter(
      ({ days, state, currency }) =>
        now - days * dayMs >= countedFrom && state === 'delivered' && currency === 'CNY',
    );
    const titles = new Set<string>(counted.map(({ title }) => title));
    const last = (days: number[]) => (days.length === 0 ? null : now - Math.min(...days) * dayMs);
    const facts: Made['facts'] = {
      kind: one.kind,
      valueClass: one.valueClass,
      tags: one.tags,
      profile: one.occupation === '' ? {} : { occupation: one.occupation },
      since: Date.parse(sinceDay),
      orders: counted.length,
      amountMinor: counted.reduce((sum, { minor }) => sum + minor, 0),
      singleProduct: titles.size === 1,
      lastOrderAt: last(counted.map(({ days }) => days)),
      lastContactAt: last(one.contactDays),
      complaintsAt: one.tickets
        .filter(({ type }) => type === 'complaint')
        .map(({ days }) => now - days * dayMs),
      openTickets: one.tickets.filter(({ state }) => state === 'registered').length,
    };
    if (into) {
      into.singleProduct =
        facts.orders === 0
          ? into.singleProduct
          : into.orders === 0
            ? facts.singleProduct
            : into.singleProduct &&
              facts.singleProduct &&
              titles.has(titleOf(records, customers[index - 1]?.id ?? ''));
      into.orders += facts.orders;
      into.amountMinor += facts.amountMinor;
      into.lastOrderAt = latest(into.lastOrderAt, facts.lastOrderAt);
      into.lastContactAt = latest(into.lastContactAt, facts.lastContactAt);
      into.complaintsAt = [...into.complaintsAt, ...facts.complaintsAt];
      into.openTickets += facts.openTickets;
    }
    customers.push({ id, mergedInto: winner?.id ?? null, facts });
    const profile = Object.fromEntries(
      Object.entries(facts.profile).map(([field, value]) => [field, { value }]),
    );
    const { kind, valueClass, tags } = one;
    records.push({
      entity: 'customer',
      id,
      fields: {
        ...{ no: null, name: `Customer ${index}`, kind, valueClass, tags, since: sinceDay },
        ...{ profile, mergedInto: winner?.id ?? null },
      },
    });
    for (const { days, minor, title, state, currency } of one.orders) {
      const at = now - days * dayMs;
      const fields = { customerId: id, at, title, state, amount: { minor, currency } };
      records.push({ entity: 'order', id: uuidv7(), fields });
    }
    for (const days of one.contactDays) {
      const fields = { customerId: id, at: now - days * dayMs };
      records.push({ entity: 'contact', id: uuidv7(), fields });
    }
    for (const { type, state, days } of one.tickets) {
      const fields = { customerId: id, type, state, createdAt: now - days * dayMs };
      records.push({ entity: 'ticket', id: uuidv7(), fields });
    }
  }
  return { records, customers };
}

function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** What the orders of a customer that count were for, where it is one thing. */
function titleOf(records: NewRecord[], customerId: string): string {
  const own = records.find(
    ({ entity, fields }) =>
      entity === 'order' &&
      fields.customerId === customerId &&
      fields.state === 'delivered' &&
      Number(fields.at) >= countedFrom &&
      (fields.amount as { currency: string }).currency === 'CNY',
  );
  return String(own?.fields.title ?? '');
}

/** Fifths by the limits that the computation found. */
function withFifths(made: Made, { cuts }: CustomerValues): SegmentFacts {
  const { facts } = made;
  const fifth = (value: number | null, limits: number[]) =>
    facts.orders === 0 ? null : 1 + limits.filter((limit) => (value ?? 0) > limit).length;
  return {
    ...facts,
    recency: fifth(facts.lastOrderAt, cuts.lastOrderAt),
    frequency: fifth(facts.orders, cuts.orders),
    monetary: fifth(facts.amountMinor, cuts.amountMinor),
  };
}

describe.each(backendNames)('segments on %s', (name) => {
  let backend: Backend;
  let store: Store;
  let values: CustomerValues;
  const { records, customers } = make(20_261_122, 150);
  const clock = createClock('segmentstest', () => now);
  const standing = customers.filter(({ mergedInto }) => mergedInto === null);

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    await store.db.transaction().execute((tx) => insertRecords(tx, records, clock.tick(), now));
    values = await computeValues(store, () => now);
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
  });

  test('the rule in SQL and the rule in words find the same customers', async () => {
    await fc.assert(
      fc.asyncProperty(ruleArb, async (rule) => {
        const expected = standing
          .filter((made) => isInSegment(rule, withFifths(made, values), now))
          .map(({ id }) => id)
          .sort();
        const basis = { now, cuts: values.cuts };
        const page = { after: null, limit: 1000, ...basis };
        const found = await listSegment(store.db, rule, page);
        expect(found.map(({ customerId }) => customerId)).toEqual(expected);
        expect(await countSegment(store.db, rule, basis)).toBe(expected.length);
      }),
      { numRuns: 60 },
    );
  });

  test('pages follow one another without a gap', async () => {
    const rule: SegmentRule = {
      match: 'all',
      conditions: [{ field: 'orders', is: 'atLeast', count: 0 }],
    };
    const met: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = { after, limit: 7, now, cuts: values.cuts };
      const found = await listSegment(store.db, rule, page);
      met.push(...found.map(({ customerId }) => customerId));
      after = found.at(-1)?.customerId ?? null;
      if (after === null) break;
    }
    expect(met).toEqual(standing.map(({ id }) => id).sort());
  });

  test('the top share is A, the bottom share C, and who did the same is in the same class', async () => {
    const amounts = standing.map(({ facts }) => facts.amountMinor).sort((a, b) => b - a);
    const top = Math.ceil((standing.length * 5) / 100);
    const bottom = Math.ceil((standing.length * 20) / 100);
    expect(values).toMatchObject({
      customers: standing.length,
      withOrders: standing.filter(({ facts }) => facts.orders > 0).length,
      aFromMinor: amounts[top - 1],
      cUpToMinor: amounts.at(-bottom),
    });
    const { A, B, C } = values.classes;
    expect(A + B + C).toBe(standing.length);
    expect(A).toBe(amounts.filter((amount) => amount >= (values.aFromMinor ?? 0)).length);
    expect(values.cells.flat().reduce((sum, count) => sum + count, 0)).toBe(values.withOrders);
    const never = new AbortController().signal;
    const parts = { clock, now: () => now };
    expect(await applyClasses(store, parts, values, never)).toBeGreaterThan(0);
    expect(await applyClasses(store, parts, values, never)).toBe(0);
    await computeValues(store, () => now);
    expect(await applyClasses(store, parts, values, never)).toBe(0);
    const inClass = (one: 'A' | 'B' | 'C') =>
      countSegment(
        store.db,
        { match: 'all', conditions: [{ field: 'valueClass', is: [one] }] },
        { now, cuts: values.cuts },
      );
    expect([await inClass('A'), await inClass('B'), await inClass('C')]).toEqual([A, B, C]);
  });

  test.each(Object.entries(standingSegments))('%s can be asked for', async (_id, rule) => {
    expect(await countSegment(store.db, rule, { now, cuts: values.cuts })).toBeGreaterThan(0);
  });

  test('what somebody has wished for counts as running before a node has taken it', async () => {
    const jobs = createJobs(store, { log: () => {}, alone: true });
    const segments = createSegments(store, { jobs, clock, now: () => now });
    expect(await segments.isRunning(store.db)).toBe(false);
    await segments.wish(store.db);
    expect(await segments.isRunning(store.db)).toBe(true);
  });

  test('a date that PostgreSQL does not have, what was given back, a ticket that is part of another', async () => {
    const id = uuidv7();
    const customer = {
      ...{ no: null, name: 'Odd', kind: 'person', valueClass: 'C', tags: ['odd'] },
      ...{ since: '0000-01-01', profile: {}, mergedInto: null },
    };
    const order = { customerId: id, at: now, title: 'Refund', state: 'delivered' };
    const ticket = { customerId: id, type: 'complaint', state: 'registered', createdAt: now };
    const odd: NewRecord[] = [
      { entity: 'customer', id, fields: customer },
      {
        entity: 'order',
        id: uuidv7(),
        fields: { ...order, amount: { minor: -500, currency: 'CNY' } },
      },
      { entity: 'ticket', id: uuidv7(), fields: { ...ticket, mergedInto: uuidv7() } },
    ];
    await store.db.transaction().execute((tx) => insertRecords(tx, odd, clock.tick(), now));
    const { cuts } = await computeValues(store, () => now);
    const page = { after: null, limit: 10, now, cuts };
    const list = (...conditions: SegmentRule['conditions']) =>
      listSegment(store.db, { match: 'all', conditions }, page);
    const tagged = { field: 'tag', has: true, tag: 'odd' } as const;
    const known = { field: 'customerFor', is: 'atLeast', months: 1 } as const;
    const found = await list(tagged, known);
    expect(found.map((member) => segmentMemberSchema.parse(member))).toMatchObject([
      { customerId: id, amountMinor: -500 },
    ]);
    expect(await list(tagged, { field: 'openTickets', is: 'atLeast', count: 1 })).toEqual([]);
    const complained = { field: 'complaints', is: 'atLeast', count: 1, months: 3 } as const;
    expect(await list(tagged, complained)).toEqual([]);
  });
});
