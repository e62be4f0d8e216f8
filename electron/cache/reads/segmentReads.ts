import type { Database } from 'better-sqlite3';
import { type SavedSegment, savedSegmentSchema } from '#shared/contract/methods/segments.ts';

export interface SegmentReads {
  /** Those that are not retired, oldest first. Rules that this version cannot read are left out. */
  segments(): SavedSegment[];
  segment(id: string): SavedSegment | null;
}

interface Row {
  id: string;
  name: string;
  description: string;
  rule: string;
  standing: string | null;
  createdAt: number;
  createdBy: string;
  retired: number;
}

export function createSegmentReads(db: Database): SegmentReads {
  const all = db.prepare<[], Row>(
    'SELECT * FROM segment WHERE "retired" = 0 ORDER BY "createdAt", "id"',
  );
  const one = db.prepare<[string], Row>('SELECT * FROM segment WHERE "id" = ?');
  return {
    segments: () => all.all().flatMap((row) => readable(row) ?? []),
    segment(id) {
      const row = one.get(id);
      return row ? readable(row) : null;
    },
  };
}

function readable(row: Row): SavedSegment | null {
  const read = savedSegmentSchema.safeParse({
    ...row,
    name: JSON.parse(row.name),
    description: JSON.parse(row.description),
    rule: JSON.parse(row.rule),
    retired: row.retired === 1,
  });
  return read.data ?? null;
}
