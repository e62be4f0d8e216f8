import { sql } from 'kysely';
import type { Db } from './store.ts';

export interface Registration {
  deviceId: string;
  instance: string;
  /** The instance under which the desk was registered before; null for the first time. */
  previous: string | null;
  /** The line of history that the desk's last page came from. */
  lineage: string | null;
  userId: string;
}

/**
 * Writes down that `instance` is the desk now. False where the one registered now is neither this one nor its
 * `previous`: another desk has gone on under the same device id. A database that does not know the desk's line of
 * history comes from a backup, and what it knows of desks is of before.
 */
export async function registerDevice(
  db: Db,
  { deviceId, instance, previous, lineage, userId }: Registration,
  atMs: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into device as held (id, instance, user_id, seen_at)
    values (${deviceId}, ${instance}, ${userId}, ${atMs})
    on conflict (id) do update
       set instance = excluded.instance, user_id = excluded.user_id, seen_at = excluded.seen_at
     where held.instance in (excluded.instance, ${previous}::text)
        or (${lineage}::text is not null
            and not exists (select from lineage where token = ${lineage}::text))
    returning id`.execute(db);
  return rows.length === 1;
}

/** The instances registered last, by device id; none for a desk that never was. */
export async function instancesOf(db: Db, deviceIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; instance: string }>`
    select id, instance from device where id = any(${deviceIds}::text[])`.execute(db);
  return new Map(rows.map(({ id, instance }) => [id, instance]));
}
