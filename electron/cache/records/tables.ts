import type { EntityName } from '#shared/sync/entities.ts';
import type { Table } from './columns.ts';
import { callTables } from './tables/callTables.ts';
import { centreTables } from './tables/centreTables.ts';
import { customerTables } from './tables/customerTables.ts';
import { followUpTables } from './tables/followUpTables.ts';
import { peopleTables } from './tables/peopleTables.ts';
import { ticketTables } from './tables/ticketTables.ts';

/**
 * The typed table of every entity: a column carries the name of its field, so that a row is the
 * record and hot reads convert nothing. `tables.test.ts` holds this list to the schemas in shared.
 */
export const tables: Record<EntityName, Table> = {
  ...customerTables,
  ...callTables,
  ...ticketTables,
  ...followUpTables,
  ...peopleTables,
  ...centreTables,
};

/** `"a", "b"` with an optional alias in front of each: the fields of an entity for a SELECT. */
export function columnList(entity: EntityName, alias?: string): string {
  const prefix = alias ? `${alias}.` : '';
  return tables[entity].columns.map(({ name }) => `${prefix}"${name}"`).join(', ');
}
