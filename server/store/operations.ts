import { sql } from 'kysely';
import type { Operation, PushResult } from '#shared/sync/messages.ts';
import type { Db, Tx } from './store.ts';

export type ReceivedOperation = Omit<Operation, 'entity'> & {
  entity: string;
  /** Refused as a `conflict` where the record is of another version; 0: where it is there. Desks send none. */
  onlyIfVersion?: number;
};
export type StoredResult = PushResult & { author: string };

export async function readResult(db: Db | Tx, operationId: string): Promise<StoredResult | null> {
  const row = await db
    .selectFrom('operation')
    .select(['author', 'outcome', 'version', 'reason', 'message'])
    .where('id', '=', operationId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    operationId,
    author: row.author,
    outcome: row.outcome as PushResult['outcome'],
    version: row.version,
    reason: row.reason as PushResult['reason'],
    message: row.message,
  };
}

/**
 * Take the operation's id for this transaction; false where another one has it. Waits while another
 * transaction with the same id is still undecided.
 */
export async function claimOperation(
  tx: Tx,
  operation: ReceivedOperation,
  device: string,
  atMs: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into operation (id, device, author, entity, entity_id, base_version, clock, made_at,
                           received_at, fields, outcome)
    values (${operation.id}, ${device}, ${operation.authorId}, ${operation.entity},
            ${operation.entityId}, ${operation.baseVersion}, ${operation.clock}, ${operation.at},
            ${atMs}, ${JSON.stringify(operation.fields)}::jsonb, 'rejected')
    on conflict (id) do nothing
    returning id`.execute(tx);
  return rows.length === 1;
}

export async function storeResult(
  tx: Tx,
  result: PushResult,
  detail: { clock: string; lost: string[] },
): Promise<void> {
  await sql`
    update operation
       set outcome = ${result.outcome}, version = ${result.version}, reason = ${result.reason},
           message = ${result.message}, clock = ${detail.clock},
           lost = ${JSON.stringify(detail.lost)}::jsonb
     where id = ${result.operationId}`.execute(tx);
}

/** Those of the ids that this author never brought here. */
export async function unknownOperations(
  db: Db,
  author: string,
  operationIds: readonly string[],
): Promise<string[]> {
  const known = await db
    .selectFrom('operation')
    .select('id')
    .where('id', 'in', operationIds)
    .where('author', '=', author)
    .execute();
  const ids = new Set(known.map(({ id }) => id));
  return operationIds.filter((id) => !ids.has(id));
}

export interface WaitingOperation {
  id: string;
  author: string;
  clock: string;
  fields: Record<string, unknown>;
}

/** Changes taken before the record they are of was here, in the order of their stamps. */
export async function waitingOperations(
  tx: Tx,
  entity: string,
  entityId: string,
): Promise<WaitingOperation[]> {
  return tx
    .selectFrom('operation')
    .select(['id', 'author', 'clock', 'fields'])
    .where('entity', '=', entity)
    .where('entity_id', '=', entityId)
    .where('outcome', '=', 'applied')
    .where('version', 'is', null)
    .orderBy('clock')
    .execute();
}

export async function settleWaiting(tx: Tx, operationId: string, version: number): Promise<void> {
  await tx.updateTable('operation').set({ version }).where('id', '=', operationId).execute();
}
