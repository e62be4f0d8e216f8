import type { EntityName } from '#shared/sync/entities.ts';
import { tables } from '../records/tables.ts';

/** A row as SQLite gives it: flags are numbers, lists and objects are JSON. */
export type Row = Record<string, unknown>;

/**
 * Reader of rows that hold the columns of an entity, and perhaps `waiting`, beside others that are taken as they are.
 * In place: these rows are fresh, and copying each would double the cost of a read.
 */
export function rowsOf<View extends object>(entity: EntityName): (rows: Row[]) => View[] {
  const { columns } = tables[entity];
  const json = columns.filter(({ type }) => type === 'json').map(({ name }) => name);
  const flags = columns.filter(({ type }) => type === 'boolean').map(({ name }) => name);
  flags.push('waiting');
  return (rows) => {
    for (const row of rows) {
      for (const name of flags) if (typeof row[name] === 'number') row[name] = row[name] === 1;
      for (const name of json) if (typeof row[name] === 'string') row[name] = parsed(row[name]);
    }
    return rows as View[];
  };
}

/** Most lists are empty. */
function parsed(json: string): unknown {
  return json === '[]' ? [] : JSON.parse(json);
}
