import type { EntityName } from '#shared/sync/entities.ts';
import type { ReceivedOperation } from '../store/operations.ts';
import type { Author, Refusal } from './rules.ts';

type Fields = Record<string, unknown>;

/** Fields that hold the name of whoever did it, and nothing else of them. */
const bareNames: Partial<Record<string, string>> = { task: 'doneBy', customerMerge: 'undoneBy' };
/** Fields in which each entry says who made it. */
const nested = ['lastStep', 'attempts'];
/** Records that name their author and that others may change later. */
const madeBy: Partial<Record<EntityName, string>> = { attachment: 'byId', customerMerge: 'byId' };

/**
 * The operation with the name of its author as the account has it: a desk hands it in as text beside the id (`byId`,
 * `byName`; `ownerId`, `ownerName` …), and whoever hands in another one would sign as somebody else. Programs write no
 * names of their own (http/api).
 */
export function signed(author: Author, operation: ReceivedOperation): ReceivedOperation {
  if ('writes' in author) return operation;
  const { entity } = operation;
  const fields = signedFields(author, operation.fields);
  const bare = bareNames[entity];
  if (bare !== undefined && typeof fields[bare] === 'string') fields[bare] = author.name;
  return { ...operation, fields };
}

/** As `signed`, of fields whose entity has no bare names. */
export function signedFields(author: { id: string; name: string }, given: Fields): Fields {
  const fields = { ...given };
  for (const key of Object.keys(fields)) {
    const idKey = key.endsWith('Name') ? `${key.slice(0, -'Name'.length)}Id` : null;
    if (idKey !== null && fields[idKey] === author.id) fields[key] = author.name;
  }
  for (const key of nested) {
    const value = fields[key];
    if (Array.isArray(value)) fields[key] = value.map((one) => entryOf(author, one));
    else if (value !== undefined) fields[key] = entryOf(author, value);
  }
  return fields;
}

function entryOf(author: { id: string; name: string }, entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    ? signedFields(author, entry as Fields)
    : entry;
}

/** Nobody makes a record in the name of somebody else. */
export function refusalOfSignature(
  author: Author,
  { entity, fields }: { entity: EntityName; fields: Fields },
): Refusal | null {
  const field = madeBy[entity];
  if (field === undefined || fields[field] === author.id) return null;
  return { reason: 'not-yours', message: `${field}: is not who hands it in` };
}
