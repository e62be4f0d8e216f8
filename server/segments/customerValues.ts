import { monthsBefore } from '#shared/domain/segmentRule.ts';
import type { CustomerValue } from '#shared/domain/settings/customerValue.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { Clock } from '#shared/sync/clock.ts';
import { mergeFields, stampsHeld } from '#shared/sync/merge.ts';
import { type CustomerValues, customerValuesSchema } from '#shared/sync/segments.ts';
import { readConfiguration, readPart } from '../store/configuration.ts';
import {
  addUpOrders,
  amountAt,
  type ClassChange,
  type ClassLimits,
  countCells,
  countClasses,
  countCustomers,
  findClassChanges,
  readCuts,
  takeClassChanges,
  type ValueCounts,
} from '../store/customerValues.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { newsChannel, notify } from '../store/notices.ts';
import { lockName, lockRecords, updateRecords } from '../store/records.ts';
import type { Db, Store, Tx } from '../store/store.ts';

const metaKey = 'customerValues';
/** Customers that change their class in one transaction. */
const slice = 500;

/** What the last computation came to; null before the first. */
export async function readValues(db: Db | Tx): Promise<CustomerValues | null> {
  const stored = await readMeta(db, metaKey);
  return stored === null ? null : (customerValuesSchema.safeParse(JSON.parse(stored)).data ?? null);
}

/** Add up the orders of all customers anew, and find the limits of classes and fifths in them. */
export async function computeValues(store: Store, now: () => number): Promise<CustomerValues> {
  return store.maintenance((db) =>
    db.transaction().execute(async (tx) => {
      await lockName(tx, 'meta', metaKey);
      const begun = now();
      const rules = await readPart(tx, 'customerValue');
      const configuration = (await readConfiguration(tx)) ?? defaultConfiguration;
      const { currency } = configuration;
      await addUpOrders(tx, { from: monthsBefore(begun, rules.months), currency });
      const counts = await countCustomers(tx);
      const limits = await limitsOf(tx, rules, counts);
      const cuts = await readCuts(tx);
      const values: CustomerValues = {
        computedAt: begun,
        tookMs: Math.max(0, now() - begun),
        currency,
        months: rules.months,
        ...counts,
        ...limits,
        classes: await countClasses(tx, limits, counts),
        cuts,
        cells: await countCells(tx, cuts),
      };
      await findClassChanges(tx, limits);
      await writeMeta(tx, metaKey, JSON.stringify(values));
      return values;
    }),
  );
}

/**
 * Limits by rank: the top share is A, the bottom share C. Who ordered for the same is in the same class, and who
 * ordered nothing is never A.
 */
async function limitsOf(
  tx: Tx,
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
 * hear of. What one run did not get to is done by the next. Answers how many changed.
 */
export async function applyClasses(
  { db }: Store,
  { clock, now }: { clock: Clock; now: () => number },
  signal: AbortSignal,
): Promise<number> {
  let changed = 0;
  for (;;) {
    signal.throwIfAborted();
    const taken = await db
      .transaction()
      .execute(async (tx) => changeClasses(tx, { clock, now }, await takeClassChanges(tx, slice)));
    if (taken === 0) return changed;
    changed += taken;
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
