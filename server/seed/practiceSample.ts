import { generateSample } from '#shared/sample/generate.ts';
import { earliestAsOfMs } from '#shared/sample/people/customerPlan.ts';
import { setCounter } from '../store/counters.ts';
import { insertRecords, type NewRecord } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { ticketCounter } from '../sync/serverFields.ts';

/** The same in every practice centre, so that its callers are customers. */
export const practiceSeed = 7;
const batchSize = 2_000;

/** Store made-up customers with their histories up to the start of today; new tickets are numbered on from theirs. */
export async function insertPracticeSample(
  tx: Tx,
  { customers, stamp, nowMs }: { customers: number; stamp: string; nowMs: number },
): Promise<void> {
  const asOfMs = Math.max(new Date(nowMs).setHours(0, 0, 0, 0), earliestAsOfMs);
  const records = generateSample({ customers, seed: practiceSeed, asOfMs });
  let batch: NewRecord[] = [];
  let next = records.next();
  while (!next.done) {
    batch.push(next.value);
    if (batch.length === batchSize) {
      await insertRecords(tx, batch, stamp, nowMs);
      batch = [];
    }
    next = records.next();
  }
  await insertRecords(tx, batch, stamp, nowMs);
  for (const [year, highest] of Object.entries(next.value.highestTicketNumber)) {
    await setCounter(tx, ticketCounter(Number(year)), highest);
  }
}
