import type { Clock } from '#shared/sync/clock.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { mergeFields, narrowed, stampsHeld } from '#shared/sync/merge.ts';
import {
  type ImportedChange,
  insertChangeHistory,
  insertImported,
  metBefore,
  type Origin,
  pointsOfCustomers,
  readyForBatch,
} from '../../store/importRows.ts';
import { newsChannel, notify } from '../../store/notices.ts';
import { lockRecords, updateRecords, type WrittenRecord } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { partOf } from '../keys.ts';
import type { Draft, PointDraft, ReadContext } from '../rows/draft.ts';
import { addMissingPoints, changedFields, planCustomers } from './customers.ts';
import { planNumbers } from './numbers.ts';
import { planOrders } from './orders.ts';
import { Plan } from './plan.ts';
import { numberTickets, planTickets } from './tickets.ts';

export interface BatchContext {
  importId: string;
  read: ReadContext;
  /** Names the import in the history, such as `import0000012`. */
  device: string;
  clock: Clock;
  newId: () => string;
  now: () => number;
}

const planners = {
  customers: planCustomers,
  numbers: planNumbers,
  orders: planOrders,
  tickets: planTickets,
};

/** Rows of several entities are written parents first: that is the order in which desks get them. */
const order: EntityName[] = [
  'customer',
  'contactPoint',
  'order',
  'ticket',
  'ticketEvent',
  'contact',
];

/**
 * Decide what becomes of a batch of rows and, other than in a `check`, write it: records, their history and the news of
 * it, all in the caller's transaction.
 */
export async function workBatch(
  tx: Tx,
  drafts: Draft[],
  context: BatchContext,
  task: 'check' | 'run',
): Promise<Plan> {
  await readyForBatch(tx);
  const plan = new Plan(context.read, context.newId);
  const sound = drafts.filter((draft) => draft.problems.length === 0);
  for (const draft of drafts) if (draft.problems.length > 0) plan.count(draft, 'wrong');
  const untold = task === 'check' ? await withoutMet(tx, sound, plan, context.importId) : sound;
  await planners[context.read.kind](tx, untold, plan);
  const changes = await findChanges(tx, plan);
  if (task === 'run') await write(tx, plan, changes, context);
  return plan;
}

/** In a dry run nothing is written that a later batch could meet: the names of earlier rows are kept aside. */
async function withoutMet(tx: Tx, drafts: Draft[], plan: Plan, importId: string): Promise<Draft[]> {
  const kind = plan.context.kind;
  const keysOf = (draft: Draft) =>
    kind === 'numbers'
      ? draft.customer.slice(0, 1).map((key) => `${key} ${draft.points[0]?.normal}`)
      : draft.own;
  // What this very batch says twice is seen by its planner.
  const noted = kind === 'customers' ? ({ names }: Draft) => names : keysOf;
  const keys = [...new Set(drafts.flatMap(noted))];
  const met = await metBefore(tx, importId, keys);
  return drafts.filter((draft) => {
    const key = keysOf(draft).find((one) => met.has(one));
    if (key === undefined) return true;
    if (plan.meet(draft, partOf(key)) === 'change') plan.count(draft, 'updated');
    return false;
  });
}

/** A record that is here, and what of it is to change. */
interface Change {
  record: WrittenRecord;
  fields: Record<string, unknown>;
}

/** Work the changes out on the records as they are, held until the end of the transaction. */
async function findChanges(tx: Tx, plan: Plan): Promise<Change[]> {
  const asked = [...plan.changes.values()];
  if (asked.length === 0) return [];
  const held = await lockRecords(
    tx,
    asked.map(({ entity, id }) => ({ entity, id })),
  );
  const byKey = new Map(held.map((record) => [`${record.entity}/${record.id}`, record]));
  const points = await heldPoints(tx, asked);
  const changes: Change[] = [];
  for (const { entity, id, drafts } of asked) {
    const record = byKey.get(`${entity}/${id}`);
    const fields: Record<string, unknown> = {};
    for (const draft of drafts) {
      const change = changedFields({ ...record?.fields, ...fields }, draft.fields);
      const more =
        entity === 'customer' && addMissingPoints(plan, id, points.get(id) ?? [], draft.points);
      Object.assign(fields, change);
      plan.count(draft, more || Object.keys(change).length > 0 ? 'updated' : 'unchanged');
    }
    if (record && Object.keys(fields).length > 0) changes.push({ record, fields });
  }
  return changes;
}

async function heldPoints(
  tx: Tx,
  asked: { entity: EntityName; id: string }[],
): Promise<Map<string, Pick<PointDraft, 'kind' | 'normal' | 'raw'>[]>> {
  const customers = asked.filter(({ entity }) => entity === 'customer').map(({ id }) => id);
  const points = new Map(
    customers.map((id) => [id, [] as Pick<PointDraft, 'kind' | 'normal' | 'raw'>[]]),
  );
  for (const { customerId, ...point } of await pointsOfCustomers(tx, customers)) {
    points.get(customerId)?.push(point);
  }
  return points;
}

async function write(
  tx: Tx,
  plan: Plan,
  changes: Change[],
  { device, read, clock, newId, now }: BatchContext,
): Promise<void> {
  const tickets = plan.made.get('ticket');
  if (tickets) await numberTickets(tx, tickets, read.nowMs);
  // Taken when everything is read: whatever it stands beside was written before.
  const stamp = stampOf(clock.tick(), device);
  const origin: Origin = { device, authorId: read.importer.id, stamp, atMs: now() };
  for (const entity of order) {
    const made = plan.made.get(entity) ?? [];
    const ids = made.map(({ id }) => id);
    const fields = made.map((one) => one.fields);
    await insertImported(tx, { entity, ids, fields }, origin);
  }
  // An import has seen the records as they are, and they are held: it sorts after all that it replaces, however far
  // ahead the clock was by which that was written.
  const stampAfter = (held: readonly string[]) => stampOf(clock.tick(held), device);
  await writeChanges(tx, changes, origin, { newId, stampAfter });
  if (plan.made.size > 0 || changes.length > 0) await notify(tx, newsChannel);
}

/** A stamp of now that names the import: one job runs it, so no two batches ever have the same. */
function stampOf(tick: string, device: string): string {
  return `${tick.slice(0, tick.lastIndexOf('-'))}-${device}`;
}

async function writeChanges(
  tx: Tx,
  changes: Change[],
  origin: Origin,
  { newId, stampAfter }: { newId: () => string; stampAfter: (held: readonly string[]) => string },
): Promise<void> {
  const records: WrittenRecord[] = [];
  const history: ImportedChange[] = [];
  for (const { record, fields: wanted } of changes) {
    const { entity, id, version: baseVersion } = record;
    // Of profile and tags only what rows bring: what stands beside it may be changing at a desk.
    const fields = narrowed(entity, wanted, record);
    const stamp = stampAfter(stampsHeld(record.clocks, fields));
    const merged = mergeFields(record, { fields, clock: stamp });
    const version = baseVersion + 1;
    records.push({ entity, id, version, fields: merged.fields, clocks: merged.clocks });
    history.push({ operationId: newId(), entity, id, baseVersion, version, stamp, fields });
  }
  if (records.length > 0) await updateRecords(tx, records, origin.atMs);
  await insertChangeHistory(tx, history, origin);
}
