import { z } from 'zod';
import { idSchema, isStorable, timeSchema } from '#shared/domain/primitives.ts';
import { exactKeyOf, readHome } from '../../settings/homeCountry.ts';
import { isBehind, readLineage } from '../../store/feed/lineage.ts';
import {
  listResources,
  type ResourceFilter,
  type ResourceFilters,
  type ResourcePage,
} from '../../store/programs/resources.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { type ApiCursor, formatCursor, parseCursor } from './cursor.ts';
import type { Resource } from './resource.ts';

export const maxItems = 500;

const wordSchema = z.string().min(1).max(200).refine(isStorable, 'contains what is not text');

const filterSchemas: Record<ResourceFilter, z.ZodType> = {
  updatedSince: z.coerce
    .number()
    .pipe(timeSchema)
    .describe('Written at or after this time, ms UTC. To follow changes, keep the cursor instead.'),
  externalId: wordSchema.describe('The one with this name in another program.'),
  customerId: idSchema.describe('Of this customer.'),
  ticketId: idSchema.describe('Of this ticket.'),
  callId: idSchema.describe('Of this call.'),
  ownerId: idSchema.describe('Of this owner.'),
  agentId: idSchema.describe('Of this agent.'),
  state: wordSchema.describe('In this state.'),
  no: wordSchema.describe('With this number.'),
  number: wordSchema.describe('With this telephone number, written in whichever way.'),
};

export function querySchemaOf({ filters }: Resource): z.ZodObject {
  const shape = filters.map((name) => [name, filterSchemas[name].optional()]);
  return z.strictObject({
    cursor: z.string().max(300).optional().describe('From an answer before; left out: everything.'),
    limit: z.coerce.number().int().min(1).max(maxItems).default(100).describe('Items at a time.'),
    ...(Object.fromEntries(shape) as Record<string, z.ZodType>),
  });
}

export interface ListQuery extends ResourceFilters {
  cursor?: string | undefined;
  limit: number;
}

export interface ListPage extends ResourcePage {
  cursor: string | null;
}

/**
 * One page of records in the order in which they were committed. Throws 400 for a cursor that is none,
 * 410 `cursor-gone` for one that knows of more than this database, which was restored from a backup.
 */
export async function listPage(
  { store, feedOrigin: origin }: Pick<ServerContext, 'store' | 'feedOrigin'>,
  { entity }: Resource,
  { cursor, limit, ...filters }: ListQuery,
): Promise<ListPage> {
  const from = cursor === undefined ? null : readCursor(cursor);
  const number = filters.number === undefined ? {} : await numberFilter(store.db, filters.number);
  // One snapshot for page and lineage, as in sync/pull.ts.
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const lineage = await readLineage(tx, from?.lineage ?? null);
      if (from && isBehind(lineage, { from: from.position, origin })) {
        const detail = 'the server was restored from a backup: begin without a cursor';
        throw new ProblemError(410, 'cursor-gone', detail);
      }
      const position = from?.position ?? null;
      const request = { entity, origin, from: position, limit, filters: { ...filters, ...number } };
      const page = await listResources(tx, request);
      const end = page.end ?? position;
      return { ...page, cursor: end && formatCursor({ position: end, lineage: lineage.token }) };
    });
}

function readCursor(text: string): ApiCursor {
  const cursor = parseCursor(text);
  if (!cursor) throw new ProblemError(400, 'invalid-input', 'cursor: was not given by this server');
  return cursor;
}

async function numberFilter(
  db: ServerContext['store']['db'],
  written: string,
): Promise<{ number: string }> {
  const number = exactKeyOf(written, await readHome(db));
  if (number === null) {
    throw new ProblemError(400, 'invalid-input', 'number: cannot be read as a telephone number');
  }
  return { number };
}
