import { type RawBuilder, sql } from 'kysely';

/**
 * The stamps of a record stand in its row, or, where many records were written under one stamp, once for all of them
 * in `clock_set`: they take twice the room of the fields. A set is never changed; a record that is written anew gets
 * stamps of its own.
 *
 * `row` is what the row of `record` is called in the statement.
 */
export function clocksOf(row: string): RawBuilder<Record<string, string>> {
  const [own, set] = [sql.ref(`${row}.clocks`), sql.ref(`${row}.clock_set_id`)];
  return sql`coalesce(${own}, (select held.clocks from clock_set as held where held.id = ${set}))`;
}

/** Bytes of JSON, about: of fields `column`. */
export function sizeOf(column: 'fields' | 'clocks'): RawBuilder<number> {
  const name = sql.ref(column);
  // What is stored compressed may be a hundred times as long.
  return sql<number>`case when pg_column_compression(${name}) is null then pg_column_size(${name})
                          else octet_length(${name}::text) end`;
}

/** Shared stamps are about twice as long as the fields: a name and a stamp for each. */
export const sizeOfClocks = sql<number>`coalesce(${sizeOf('clocks')}, 2 * pg_column_size(fields))`;
