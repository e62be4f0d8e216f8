import type { EntityName } from '../sync/entities.ts';
import { generateSample, type SampleOptions, type SampleSummary } from './generate.ts';
import type { SampleRecord } from './record.ts';

/** The sample that the tests beside look at. */
export const testOptions: SampleOptions = {
  customers: 2000,
  seed: 7,
  asOfMs: Date.UTC(2026, 10, 1, 4),
};

export interface WholeSample {
  records: SampleRecord[];
  summary: SampleSummary;
}

/** A whole sample in memory. */
export function wholeSample(options = testOptions): WholeSample {
  const records: SampleRecord[] = [];
  const generator = generateSample(options);
  for (;;) {
    const step = generator.next();
    if (step.done) return { records, summary: step.value };
    records.push(step.value);
  }
}

export type RecordOf<E extends EntityName> = Extract<SampleRecord, { entity: E }>;

export function recordsOf<E extends EntityName>(
  records: readonly SampleRecord[],
  entity: E,
): RecordOf<E>[] {
  return records.filter((record): record is RecordOf<E> => record.entity === entity);
}

/** Ids of the customers behind each normalised phone number. */
export function customersByNumber(records: readonly SampleRecord[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { fields } of recordsOf(records, 'contactPoint')) {
    if (fields.kind !== 'phone' || fields.normal === null) continue;
    const holders = found.get(fields.normal) ?? new Set();
    found.set(fields.normal, holders.add(fields.customerId));
  }
  return found;
}
