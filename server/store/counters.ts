import { sql } from 'kysely';
import type { Tx } from './store.ts';

/** Next value of a counter that starts at 1; a transaction that fails gives its value back. */
export async function nextValue(tx: Tx, name: string): Promise<number> {
  const { rows } = await sql<{ value: number }>`
    insert into counter (name, value) values (${name}, 1)
    on conflict (name) do update set value = counter.value + 1
    returning value`.execute(tx);
  const value = rows[0]?.value;
  if (value === undefined) throw new Error(`counter ${name} gave no value`);
  return value;
}

/** Let a counter go on above `value`. */
export async function setCounter(tx: Tx, name: string, value: number): Promise<void> {
  await sql`
    insert into counter (name, value) values (${name}, ${value})
    on conflict (name) do update set value = greatest(counter.value, excluded.value)`.execute(tx);
}
