import type { Database } from 'better-sqlite3';
import type { EntityName } from '#shared/sync/entities.ts';
import { readClocks, writeClocks } from './clocksText.ts';
import type { Column, Table } from './columns.ts';
import { derivedColumns } from './derived.ts';
import { tables } from './tables.ts';

type Value = string | number | null;
type Row = Record<string, Value>;

export interface StoredRecord {
  fields: Record<string, unknown>;
  clocks: Record<string, string>;
  /** Version of the server; 0 where the server does not have the record yet. */
  version: number;
}

export interface TypedTable {
  read(id: string): StoredRecord | null;
  /** False where the record does not fit the columns: this version cannot show it. */
  write(id: string, record: StoredRecord, onlyNewer: boolean): boolean;
  version(id: string): number | null;
  remove(id: string): void;
}

/** Statements and conversions of one entity's table. */
export function createTypedTable(db: Database, entity: EntityName): TypedTable {
  const table = tables[entity];
  const derived = derivedColumns[entity] ?? [];
  const names = new Set(table.columns.map(({ name }) => name));
  const upsert = upsertSql(
    table,
    derived.map(({ name }) => name),
  );
  const force = db.prepare(upsert);
  const newer = db.prepare(`${upsert} WHERE excluded."version" >= "${table.name}"."version"`);
  const select = db.prepare<[string], Row>(`SELECT * FROM "${table.name}" WHERE "id" = ?`);
  const version = db
    .prepare<[string], number>(`SELECT "version" FROM "${table.name}" WHERE "id" = ?`)
    .pluck();
  const remove = db.prepare(`DELETE FROM "${table.name}" WHERE "id" = ?`);

  return {
    read(id) {
      const row = select.get(id);
      return row ? decode(table, row) : null;
    },
    write(id, record, onlyNewer) {
      const values: Value[] = [id];
      for (const column of table.columns) {
        const value = encode(column, record.fields[column.name] ?? column.absent);
        if (value === undefined) return false;
        values.push(value);
      }
      for (const column of derived) values.push(column.of(record.fields));
      values.push(extraOf(record.fields, names));
      values.push(record.version, writeClocks(record.fields, record.clocks));
      (onlyNewer ? newer : force).run(values);
      return true;
    },
    version: (id) => version.get(id) ?? null,
    remove: (id) => void remove.run(id),
  };
}

function upsertSql(table: Table, derived: string[]): string {
  const columns = [...table.columns.map(({ name }) => name), ...derived];
  const all = ['id', ...columns, 'extra', 'version', 'clocks'].map((name) => `"${name}"`);
  const set = all.slice(1).map((name) => `${name} = excluded.${name}`);
  return `INSERT INTO "${table.name}" (${all.join(', ')}) VALUES (${all.map(() => '?').join(', ')})
    ON CONFLICT ("id") DO UPDATE SET ${set.join(', ')}`;
}

/** Undefined where the value does not fit the column. */
function encode(column: Column, value: unknown): Value | undefined {
  if (value === null || value === undefined) return column.nullable ? null : undefined;
  switch (column.type) {
    case 'text':
      if (typeof value !== 'string') return undefined;
      return column.words && !column.words.has(value) ? undefined : value;
    case 'integer':
      return Number.isSafeInteger(value) ? Number(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : undefined;
    case 'json':
      return typeof value === 'object' ? JSON.stringify(value) : undefined;
  }
}

function extraOf(fields: Record<string, unknown>, names: ReadonlySet<string>): string | null {
  let extra: Record<string, unknown> | null = null;
  for (const name of Object.keys(fields)) {
    if (names.has(name)) continue;
    extra ??= {};
    extra[name] = fields[name];
  }
  return extra ? JSON.stringify(extra) : null;
}

function decode(table: Table, row: Row): StoredRecord {
  const fields: Record<string, unknown> = {};
  for (const column of table.columns) fields[column.name] = decodeValue(column, row[column.name]);
  if (row.extra) Object.assign(fields, JSON.parse(String(row.extra)));
  return {
    fields,
    clocks: readClocks(String(row.clocks), fields),
    version: Number(row.version),
  };
}

function decodeValue(column: Column, value: Value | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (column.type === 'boolean') return value === 1;
  return column.type === 'json' ? JSON.parse(String(value)) : value;
}
