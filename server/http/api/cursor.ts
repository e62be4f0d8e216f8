import { z } from 'zod';
import { lineageSchema } from '#shared/sync/messages.ts';
import type { FeedPosition } from '../../store/feed/feed.ts';

/** Where a reader stands, and under which line of history it was told (store/feed/lineage.ts). */
export interface ApiCursor {
  position: FeedPosition;
  lineage: string;
}

const maxXid = 2n ** 64n - 1n;
const maxSeq = 2n ** 63n - 1n;
const digits = z.string().regex(/^\d{1,20}$/);
const partsSchema = z.tuple([digits, digits, lineageSchema]);

/** Opaque to programs. */
export function formatCursor({ position, lineage }: ApiCursor): string {
  const parts = [String(position.xid), String(position.seq), lineage];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Null for a text that no server ever gave as a cursor. */
export function parseCursor(text: string): ApiCursor | null {
  const parsed = partsSchema.safeParse(readJson(Buffer.from(text, 'base64url').toString()));
  if (!parsed.success) return null;
  const [xid, seq, lineage] = parsed.data;
  const position = { xid: BigInt(xid), seq: BigInt(seq) };
  return position.xid <= maxXid && position.seq <= maxSeq ? { position, lineage } : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
