import type { z } from 'zod';
import { changeSchemaOf, type EntityName, entities } from '#shared/sync/entities.ts';
import { isListChange } from '#shared/sync/lists.ts';
import type { Versioned } from '#shared/sync/merge.ts';

/** A record may not grow beyond this, as JSON in UTF-8. */
const maxRecordBytes = 1_048_576;
const maxDepth = 20;
const maxMessage = 300;

/**
 * Why these fields cannot be stored, naming the field, or null where they can. A new record needs
 * every field of its schema; a change is held against the fields it has. Fields that nobody here
 * knows pass: a newer desk may have them.
 */
export function invalidFields(
  schema: z.ZodObject,
  fields: Record<string, unknown>,
  kind: 'new' | 'change',
): string | null {
  const parsed = (kind === 'new' ? schema : changeSchema(schema)).safeParse(fields);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0];
  return shortened(`${issue?.path.join('.')}: ${issue?.message}`);
}

/** Names come from outside: they may be long, and half a surrogate pair would be left where one is cut. */
function shortened(message: string): string {
  return message.slice(0, maxMessage).toWellFormed();
}

const changeSchemas = new WeakMap<z.ZodObject, z.ZodObject>();

/** Made once for each entity: making a schema takes far longer than using it. */
function changeSchema(schema: z.ZodObject): z.ZodObject {
  const known = changeSchemas.get(schema) ?? changeSchemaOf(schema);
  changeSchemas.set(schema, known);
  return known;
}

export function tooLarge(fields: Record<string, unknown>): string | null {
  const bytes = Buffer.byteLength(JSON.stringify(fields));
  return bytes > maxRecordBytes ? `record: larger than ${maxRecordBytes} bytes` : null;
}

/**
 * Why the lists that a change adds to cannot be as long as it makes them: two that fill one up at the same time each
 * know only their own. Their stamps count as well, whatever a change names.
 */
export function overfull(
  entity: EntityName,
  change: Record<string, unknown>,
  { fields, clocks }: Versioned,
): string | null {
  const names = Object.keys(change).filter((name) => isListChange(change[name]));
  if (names.length === 0) return null;
  const lists = Object.fromEntries(names.map((name) => [name, fields[name]]));
  return invalidFields(entities[entity].fields, lists, 'change') ?? tooLarge(clocks);
}

/** PostgreSQL stores no U+0000 and no half of a surrogate pair, in names as in values. */
export function unstorable(value: unknown): string | null {
  const message = unstorableAt(value, [], 0);
  return message && shortened(message);
}

function unstorableAt(value: unknown, path: string[], depth: number): string | null {
  if (depth > maxDepth)
    return `${path.slice(0, 2).join('.')}: nested deeper than ${maxDepth} levels`;
  if (typeof value === 'string') {
    const storable = value.isWellFormed() && !value.includes('\0');
    return storable ? null : `${path.join('.')}: contains a character that is not text`;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    if (!name.isWellFormed() || name.includes('\0')) return 'a name is not text';
    const found = unstorableAt(part, [...path, name], depth + 1);
    if (found) return found;
  }
  return null;
}
