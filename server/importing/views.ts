import { z } from 'zod';
import type { ImportCounts, ImportView } from '#shared/sync/importing.ts';
import {
  fileFailureSchema,
  importSettingsSchema,
  importViewSchema,
} from '#shared/sync/importing.ts';
import { type ImportRow, readBatches } from '../store/imports.ts';
import type { Db } from '../store/store.ts';
import { emptyCounts } from './batch/plan.ts';

/** Names an import in the history and on the records' stamps. */
export function deviceOf(no: number): string {
  return `import${String(no).padStart(7, '0')}`;
}

const batchSizeSchema = z.object({ batchRows: z.int().positive() });

/** Rows of a batch of this import; null where they were not noted. */
export function batchSizeOf(settings: unknown): number | null {
  return batchSizeSchema.safeParse(settings).data?.batchRows ?? null;
}

export function sumCounts(all: Iterable<ImportCounts>): ImportCounts {
  const sum = emptyCounts();
  for (const counts of all) {
    sum.rows += counts.rows;
    sum.new += counts.new;
    sum.updated += counts.updated;
    sum.unchanged += counts.unchanged;
    sum.skipped += counts.skipped;
    sum.flagged += counts.flagged;
    sum.wrong += counts.wrong;
    for (const [reason, count] of Object.entries(counts.reasons)) {
      const key = reason as keyof ImportCounts['reasons'];
      sum.reasons[key] = (sum.reasons[key] ?? 0) + count;
    }
  }
  return sum;
}

/** An import as it is told to people: the counts of one that is under way are summed up from its batches. */
export async function viewOf(db: Db, row: ImportRow): Promise<ImportView> {
  const busy = row.state === 'running' || row.state === 'checking';
  const counts = busy
    ? sumCounts((await readBatches(db, row.id)).map((batch) => batch.counts))
    : row.counts;
  const total = row.totalBytes ?? 0;
  return importViewSchema.parse({
    id: row.id,
    no: row.no,
    kind: row.kind,
    fileName: row.fileName,
    state: row.state,
    size: row.size,
    received: row.received,
    settings: importSettingsSchema.safeParse(row.settings).data ?? null,
    counts,
    progress: busy ? (total > 0 ? Math.min(1, row.readBytes / total) : 0) : null,
    failure: fileFailureSchema.safeParse(row.failure).data ?? null,
    createdAt: row.createdAt,
    createdByName: row.userName,
    endedAt: row.endedAt,
  });
}
