import { createHash } from 'node:crypto';
import { z } from 'zod';
import { entities } from '#shared/sync/entities.ts';
import { listFields } from '#shared/sync/lists.ts';

const wordLength = 32;
let word: string | null = null;

/**
 * Names what this version of the server can take: its entities, their fields, the values of these, and the
 * lists that merge element by element. Another word is
 * another version; a desk then offers again what the one before did not understand.
 */
export function knowledge(): string {
  if (word === null) {
    const schemas = Object.entries(entities).map(([name, { fields }]) => [
      name,
      z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' }),
    ]);
    const digest = createHash('sha256')
      .update(JSON.stringify([schemas, [...listFields]]))
      .digest('hex');
    word = digest.slice(0, wordLength);
  }
  return word;
}
