import { monthsBefore } from '#shared/domain/segments/segmentRule.ts';
import type { CustomerValue } from '#shared/domain/settings/customerValue.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields, stampsHeld } from '#shared/sync/merge.ts';
import { type CustomerValues, customerValuesSchema } from '#shared/sync/segments.ts';
import { readConfiguration, readPart } from '../store/configuration.ts';
import {
  amountAt,
  type ClassChange,
  type ClassLimits,
  classChanges,
  countCells,
  countClasses,
  countCustomers,
  type OrdersThatCount,
  readCuts,
  type ValueCounts,
  valueChanges,
  writeValues,
} from '../store/customers/customerValues.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { lockRecords, updateRecords } from '../store/records.ts';
import type { Db, Store, Tx } from '../store/store.ts';

const metaKey = 'customerValues';
/** Customers that change their class in one transaction. */
const slice = 500;
/** Customers whose figures are written in one transaction, and kept in memory at a time. */
const valueSlice = 2_000;
const valuesAtOnce = 100_000;

/** What the last computation came to; null before the first. */
export async function readValues(db: Db | Tx): Promise<CustomerValues | null> {
  const stored = await readMeta(db, metaKey);
  return stored === null ? null : (customerValuesSchema.safeParse(JSON.parse(stored)).data ?? null);
}

/**
 * Bring up to date what the orders of all customers come to, and find the limits of classes and fifths in them. What
 * takes long only reads; what writes is short, so that desks go on hearing of everything.
 */
export async function computeValues(store: Store, now: () => number): Promise<CustomerValues> {
  return store.maintenance(async (db) => {
    const begun = now();
    const rules = await readPart(db, 'customerValue');
    const { currency } = (await readConfiguration(db)) ?? defaultConfiguration;
    await followOrders(db, { from: monthsBefore(begun, rules.months), currency });
    const counts = await countCustomers(db);
    const limits = await limitsOf(db, rules, counts);
    const cuts = await readCuts(db);
    const values: CustomerValues = {
      computedAt: begun,
      tookMs: Math.max(0, now() - begun),
      currency,
      months: rules.months,
      ...counts,
      ...limits,
      classes: await countClasses(db, limits, counts),
      cuts,
      cells: await countCells(db, cuts),
    };
    await writeMeta(db, metaKey, JSON.stringify(values));
    return values;
  });
}

/** Whose orders come to something else than before is written down, some at a time. */
async function followOrders(db: Db, orders: OrdersThatCount): Promise<void> {
  for (;;) {
    const changes = await valueChanges(db, orders, valuesAtOnce);
    for (let from = 0; from < changes.length; from += valueSlice) {
      const some = changes.slice(from, from + valueSlice);
      await db.transaction().execute((tx) => writeValues(tx, some));
    }
    if (changes.length < valuesAtOnce) return;
  }
}

/**
 * Limits by rank: the top share is A, the bottom share C. Who ordered for the same is in the same class, and who
 * ordered nothing is never A.
 */
async function limitsOf(
  tx: Db,
  { topPercent, bottomPercent }: CustomerValue,
  { customers, withOrders }: ValueCounts,
): Promise<ClassLimits> {
  const top = Math.ceil((customers * topPercent) / 100);
  const bottom = Math.ceil((customers * bottomPercent) / 100);
  const withNone = customers - withOrders;
  const aFromMinor =
    top === 0 || withOrders === 0
      ? null
      : await amountAt(tx, Math.min(top, withOrders) - 1, 'highest');
  if (bottom === 0) return { aFromMinor, cUpToMinor: null };
  const cUpToMinor = bottom <= withNone ? 0 : await amountAt(tx, bottom - withNone - 1, 'lowest');
  return { aFromMinor, cUpToMinor };
}

/**
 * Put every customer into the class that the orders say, slice by slice, each a change like any other that all desks
 * hear of. Answers how many changed.
 */
export async function applyClasses(
  store: Store,
  { clock, now }: { clock: Clock; now: () => number },
  limits: ClassLimits,
  signal: AbortSignal,
): Promise<number> {
  let changed = 0;
  for (;;) {
    const changes = await store.maintenance((db) => classChanges(db, limits, valuesAtOnce));
    for (let from = 0; from < changes.length; from += slice) {
      signal.throwIfAborted();
      const some = changes.slice(from, from + slice);
      await store.db.transaction().execute((tx) => changeClasses(tx, { clock, now }, some));
    }
    changed += changes.length;
    if (changes.length < valuesAtOnce) return changed;
  }
}

async function changeClasses(
  tx: Tx,
  { clock, now }: { clock: Clock; now: () => number },
  changes: ClassChange[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const wanted = new Map(changes.map(({ id, valueClass }) => [id, valueClass]));
  const held = await lockRecords(
    tx,
    changes.map(({ id }) => ({ entity: 'customer', id })),
  );
  const moved = held.map((record) => {
    const stamp = clock.tick(stampsHeld(record.clocks, { valueClass: null }));
    const write = { fields: { valueClass: wanted.get(record.id) }, clock: stamp };
    const { fields, clocks } = mergeFields(record, write);
    return { ...record, fields, clocks, version: record.version + 1 };
  });
  await updateRecords(tx, moved, now());
  await notify(tx, newsChannel);
  return changes.length;
}
