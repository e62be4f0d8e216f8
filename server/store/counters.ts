import { sql } from 'kysely';
import type { Tx } from './store.ts';

/**
 * The first of the next `count` values of a counter that starts at 1; a transaction that fails gives its values back.
 */
export async function nextValues(tx: Tx, name: string, count: number): Promise<number> {
  const { rows } = await sql<{ value: number }>`
    insert into counter (name, value) values (${name}, ${count})
    on conflict (name) do update set value = counter.value + ${count}
    returning value`.execute(tx);
  const value = rows[0]?.value;
  if (value === undefined) throw new Error(`counter ${name} gave no value`);
  return value - count + 1;
}

/** Let a counter go on above `value`. */
export async function setCounter(tx: Tx, name: string, value: number): Promise<void> {
  await sql`
    insert into counter (name, value) values (${name}, ${value})
    on conflict (name) do update set value = greatest(counter.value, excluded.value)`.execute(tx);
}
