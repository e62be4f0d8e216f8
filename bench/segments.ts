import pg from 'pg';
import { applyClasses, computeValues } from '#server/segments/customerValues.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { createClock } from '#shared/sync/clock.ts';
import { type Bench, percentile, plainFigure, ratioFigure } from './figure.ts';
import { startSiteCluster } from './siteServer.ts';

const customers = Number(process.env.SWITCHBOARD_BENCH_CUSTOMERS ?? 1_000_000);
const ordersEach = 10;
const rounds = Number(process.env.SWITCHBOARD_BENCH_ROUNDS ?? 3);
const mostRatio = 1.5;

/**
 * All customers' figures, as one would ask for them by hand. They are added up there, so that no rows travel: of
 * figures that nobody reads PostgreSQL would compute none.
 */
const byHand = `
  select count(*), sum(orders), sum(amount), min(first), max(last), max(at) from (
    select fields ->> 'customerId' as customer, count(*) as orders,
           sum((fields #>> '{amount,minor}')::bigint) as amount,
           min(fields ->> 'title') as first, max(fields ->> 'title') as last,
           max((fields ->> 'at')::bigint) as at
      from record
     where entity = 'order' and (fields ->> 'at')::bigint >= $1
       and fields #>> '{amount,currency}' = 'CNY'
       and fields ->> 'state' not in ('cancelled', 'returned')
     group by 1) as added`;

/**
 * Values and classes of all customers computed anew, with nearly all of them in the right class already, as in every
 * night but the first. Baseline: one aggregate over the same orders, in the same database.
 */
export const bench: Bench = async () => {
  const cluster = await startSiteCluster();
  if (!cluster) return [];
  const url = cluster.makeDatabase();
  const store = await openStore({ kind: 'postgres', url });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await fill(client);
  const now = () => Date.now();
  const clock = createClock('benchsegment', now);
  const first = performance.now();
  await recompute(store, clock);
  const firstMs = performance.now() - first;
  await client.query('vacuum analyze record');
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const hand = () => client.query(byHand, [Date.now() - 365 * 86_400_000]);
    const mine = () => recompute(store, clock);
    for (const one of round % 2 === 0 ? [hand, mine] : [mine, hand]) {
      const from = performance.now();
      await one();
      (one === mine ? ours : plain).push(performance.now() - from);
    }
  }
  await client.end();
  await store.close();
  await cluster.stop();
  const [value, baseline] = [percentile(ours, 0.5) / 1000, percentile(plain, 0.5) / 1000];
  const name = `segments: values of ${customers.toLocaleString('en')} customers`;
  return [
    ratioFigure(name, 's', value, baseline, mostRatio, rounds),
    plainFigure('segments: the first time, every class changes', 's', firstMs / 1000, 1),
  ];
};

async function recompute(store: Store, clock: ReturnType<typeof createClock>): Promise<void> {
  const now = () => Date.now();
  const values = await computeValues(store, now);
  await applyClasses(store, { clock, now }, values, new AbortController().signal);
}

/** Customers and their orders of two years, made where they lie; the indexes of other readers are left out. */
async function fill(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index
      where indrelid = 'record'::regclass and not indisprimary
        and indexrelid <> 'record_merged'::regclass`,
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await client.query('alter table record disable trigger all');
  const id = (group: string, number: string) =>
    `('${group}' || lpad(to_hex(${number}), 12, '0'))::uuid`;
  await client.query(
    `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
     select 'customer', ${id('00000000-0000-7000-8000-', 'i')}, 1,
            jsonb_build_object('no', i::text, 'kind', 'person', 'name', 'Customer ' || i,
                               'valueClass', 'B', 'since', '2024-01-01', 'tags', '[]'::jsonb,
                               'profile', '{}'::jsonb, 'mergedInto', null),
            '{}', 0, 0
       from generate_series(1, $1::integer) as i`,
    [customers],
  );
  await client.query(
    `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
     select 'order', ${id('00000000-0000-7000-9000-', 'i')}, 1,
            jsonb_build_object('customerId', ${id('00000000-0000-7000-8000-', '1 + (i::bigint * 7919) % $2')},
                               'no', i::text, 'at', $3::bigint - (random() * 63072000000)::bigint,
                               'title', 'Article ' || i % 40, 'state', 'delivered',
                               'amount', jsonb_build_object('minor', (random() * 500000)::integer,
                                                            'currency', 'CNY')),
            '{}', 0, 0
       from generate_series(1, $1::integer) as i`,
    [customers * ordersEach, customers, Date.now()],
  );
  await client.query('vacuum analyze record');
}
