import type { Db } from '../store.ts';

/** How long an answer is kept for those who ask again. */
export const idempotencyMs = 24 * 3_600_000;

export interface IdempotentRequest {
  fingerprint: string;
  /** Ids under which the request is carried out, however often it is tried: push applies an operation once. */
  operationId: string;
  recordId: string;
  /** What was answered, as JSON; null while it is not known. */
  answer: string | null;
}

/**
 * Take an Idempotency-Key of an API key, or find what was asked under it before. Whoever died between
 * the write and the answer leaves its ids to the next try; whose operation was refused leaves only that of the record,
 * since an operation that is known is answered as it was, and the reason may be gone by now.
 */
export async function claimRequest(
  db: Db,
  { apiKeyId, idempotencyKey }: { apiKeyId: string; idempotencyKey: string },
  fresh: Omit<IdempotentRequest, 'answer'>,
  nowMs: number,
): Promise<IdempotentRequest> {
  await db
    .deleteFrom('idempotent_request')
    .where('created_at', '<=', nowMs - idempotencyMs)
    .execute();
  await db
    .insertInto('idempotent_request')
    .values({
      api_key_id: apiKeyId,
      idempotency_key: idempotencyKey,
      fingerprint: fresh.fingerprint,
      operation_id: fresh.operationId,
      record_id: fresh.recordId,
      answer: null,
      created_at: nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const read = () =>
    db
      .selectFrom('idempotent_request')
      .select(['fingerprint', 'operation_id', 'record_id', 'answer'])
      .where('api_key_id', '=', apiKeyId)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst();
  let row = await read();
  if (row?.answer === null && (await wasRefused(db, row.operation_id))) {
    await db
      .updateTable('idempotent_request')
      .set({ operation_id: fresh.operationId })
      .where('api_key_id', '=', apiKeyId)
      .where('idempotency_key', '=', idempotencyKey)
      .where('operation_id', '=', row.operation_id)
      .where('answer', 'is', null)
      .execute();
    row = await read();
  }
  if (!row) return { ...fresh, answer: null };
  const { fingerprint, operation_id: operationId, record_id: recordId, answer } = row;
  return { fingerprint, operationId, recordId, answer };
}

async function wasRefused(db: Db, operationId: string): Promise<boolean> {
  const row = await db
    .selectFrom('operation')
    .select('outcome')
    .where('id', '=', operationId)
    .executeTakeFirst();
  return row?.outcome === 'rejected';
}

/** Keeps the first answer and gives it back: two tries at once answer alike. */
export async function keepAnswer(
  db: Db,
  { apiKeyId, idempotencyKey }: { apiKeyId: string; idempotencyKey: string },
  answer: string,
): Promise<string> {
  await db
    .updateTable('idempotent_request')
    .set({ answer })
    .where('api_key_id', '=', apiKeyId)
    .where('idempotency_key', '=', idempotencyKey)
    .where('answer', 'is', null)
    .execute();
  const row = await db
    .selectFrom('idempotent_request')
    .select('answer')
    .where('api_key_id', '=', apiKeyId)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst();
  return row?.answer ?? answer;
}
