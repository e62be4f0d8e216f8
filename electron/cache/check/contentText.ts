import { hash } from 'node:crypto';

/**
 * JSON as PostgreSQL writes `jsonb`: shorter names first, then by bytes; a blank behind colons and commas. Numbers are
 * written as JavaScript does: very large and very small ones look otherwise there.
 */
export function contentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(contentText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([one], [other]) => compareNames(one, other))
    .map(([name, part]) => `${JSON.stringify(name)}: ${contentText(part)}`);
  return `{${parts.join(', ')}}`;
}

const plain = /^[\x20-\x7e]*$/;

function compareNames(one: string, other: string): number {
  if (plain.test(one) && plain.test(other)) {
    return one.length - other.length || (one < other ? -1 : 1);
  }
  const [bytes, otherBytes] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length - otherBytes.length || Buffer.compare(bytes, otherBytes);
}

/** SHA-256 of a record's fields and clocks, hex: what `server/store/feed/ranges.ts` comes to for the same record. */
export function contentHash(fields: unknown, clocks: unknown): string {
  return hash('sha256', contentText(fields) + contentText(clocks));
}
