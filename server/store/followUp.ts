import { sql } from 'kysely';
import type { Tx } from './store.ts';

/** The number by which to call a customer, as it was written; the preferred one first. */
export async function readNumberToCall(
  tx: Tx,
  customerIds: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ raw: string }>`
    select fields ->> 'raw' as raw from record
     where fields ->> 'customerId' = any(${[...customerIds]}::text[])
       and entity in ('contactPoint', 'contact', 'order', 'ticket', 'task', 'call', 'wrapUp')
       and entity = 'contactPoint' and fields ->> 'kind' = 'phone'
       and (fields ->> 'retired')::boolean is not true
       and coalesce(fields ->> 'consent', '') <> 'refused'
     order by (fields ->> 'preferred')::boolean desc nulls last, id limit 1`.execute(tx);
  return rows[0]?.raw ?? null;
}

/** A task that somebody gave to somebody else. */
export interface GivenTask {
  taskId: string;
  ownerId: string;
  authorId: string;
  /** When the server took it, ms UTC. */
  at: number;
}

/** The last time each of these tasks changed hands since then, by others than the new owner. */
export async function readGivenTasks(
  tx: Tx,
  taskIds: readonly string[],
  sinceMs: number,
): Promise<GivenTask[]> {
  const { rows } = await sql<GivenTask>`
    select distinct on (entity_id) entity_id as "taskId", fields ->> 'ownerId' as "ownerId",
           author as "authorId", received_at as at
      from operation
     where entity = 'task' and entity_id = any(${[...taskIds]}::uuid[])
       and received_at >= ${sinceMs}::bigint and fields ? 'ownerId'
       and not fields ? 'createdAt' and outcome <> 'rejected'
     order by entity_id, received_at desc`.execute(tx);
  return rows.filter(({ ownerId, authorId }) => ownerId !== authorId);
}
