import type { NewRecord } from '../store/records.ts';

/** Made-up customers with their histories, the same every day for the same number of customers. */
export function practiceRecords(_customers: number, _nowMs: number): Iterable<NewRecord> {
  return [];
}
