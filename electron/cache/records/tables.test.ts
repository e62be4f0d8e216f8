import { expect, test } from 'vitest';
import { z } from 'zod';
import { entities, entityNames } from '#shared/sync/entities.ts';
import type { Column } from './columns.ts';
import { tables } from './tables.ts';

/** What the schema of a field asks of its column. */
function columnOf(
  name: string,
  schema: z.core.$ZodType,
): Pick<Column, 'name' | 'type' | 'nullable'> {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any' });
  const branches = json.anyOf ?? [json];
  const nullable = branches.some((branch) => typeof branch === 'object' && branch.type === 'null');
  const main = branches.find((branch) => typeof branch === 'object' && branch.type !== 'null');
  const type = typeof main === 'object' ? main.type : undefined;
  return { name, nullable, type: columnType(String(type)) };
}

function columnType(type: string): Column['type'] {
  if (type === 'string') return 'text';
  if (type === 'integer') return 'integer';
  return type === 'boolean' ? 'boolean' : 'json';
}

test.each(entityNames)('%s has a column for every field of its schema', (entity) => {
  const wanted = Object.entries(entities[entity].fields.shape).map(([name, schema]) =>
    columnOf(name, schema),
  );
  const columns = tables[entity].columns.map(({ name, type, nullable }) => ({
    name,
    nullable,
    type,
  }));
  expect(columns).toEqual(wanted);
});

test.each(entityNames)('%s knows the words of every closed list', (entity) => {
  for (const [name, schema] of Object.entries(entities[entity].fields.shape)) {
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' });
    const branches = [json, ...(json.anyOf ?? [])];
    const words = branches.flatMap((branch) =>
      typeof branch === 'object' && branch.enum ? branch.enum : [],
    );
    const column = tables[entity].columns.find((one) => one.name === name);
    expect([...(column?.words ?? [])].sort(), name).toEqual(words.sort());
  }
});
