import { sql } from 'kysely';
import { inScope, type Scope } from './feed/scope.ts';
import type { Db } from './store.ts';

export interface ExportedRecord {
  id: string;
  fields: Record<string, unknown>;
}

export type ExportedEntity = 'customer' | 'contactPoint' | 'order' | 'ticket' | 'complaint';

/** Records of an entity behind the id `after` that the reader sees, by their ids; null: from the first. */
export async function readForExport(
  db: Db,
  scope: Scope,
  { entity, after, limit }: { entity: ExportedEntity; after: string | null; limit: number },
): Promise<ExportedRecord[]> {
  const behind = after ?? '00000000-0000-0000-0000-000000000000';
  const { rows } = await sql<ExportedRecord>`
    select id, fields from record
     where entity = ${entity} and id > ${behind}::uuid and ${inScope(scope)}
     order by entity, id limit ${limit}`.execute(db);
  return rows;
}

/** Contact points of these customers that are in use, in the order in which they were made. */
export async function readPointsForExport(
  db: Db,
  scope: Scope,
  customerIds: string[],
): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{ fields: Record<string, unknown> }>`
    select fields from record
     where fields ->> 'customerId' = any(${customerIds}::text[])
       and entity in ('contactPoint', 'contact', 'order', 'ticket', 'task', 'call', 'wrapUp')
       and entity = 'contactPoint' and ${inScope(scope)}
     order by id`.execute(db);
  return rows.map(({ fields }) => fields);
}

export interface NamedCustomer {
  id: string;
  no: string | null;
  name: string;
}

export async function readCustomerNames(
  db: Db,
  scope: Scope,
  ids: string[],
): Promise<NamedCustomer[]> {
  const { rows } = await sql<NamedCustomer>`
    select id, fields ->> 'no' as no, fields ->> 'name' as name from record
     where entity = 'customer' and id = any(${ids}::uuid[]) and ${inScope(scope)}`.execute(db);
  return rows;
}

/** Tickets of these ids that the reader sees. */
export async function readTicketsForExport(
  db: Db,
  scope: Scope,
  ids: string[],
): Promise<ExportedRecord[]> {
  const { rows } = await sql<ExportedRecord>`
    select id, fields from record
     where entity = 'ticket' and id = any(${ids}::uuid[]) and ${inScope(scope)}`.execute(db);
  return rows;
}
