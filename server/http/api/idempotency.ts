import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { claimRequest, keepAnswer } from '../../store/programs/idempotentRequests.ts';
import type { ServerContext } from '../context.ts';
import { ProblemError } from '../problems.ts';
import type { ApiAnswer } from './answers.ts';
import { keyOf } from './requireKey.ts';
import type { RequestIds } from './write.ts';

export const postHeadersSchema = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe(
      '1 to 255 visible characters. The same key and body within 24 hours: the same answer.',
    ),
});

/**
 * Carry out a POST once, however often it is sent with the same Idempotency-Key
 * (draft-ietf-httpapi-idempotency-key-header): the first success is kept and repeated for 24 hours; the
 * same key with another request is 422 `idempotency-mismatch`. What fails may be tried again. Without
 * the header every request stands for itself.
 */
export async function once(
  { store, options }: Pick<ServerContext, 'store' | 'options'>,
  request: FastifyRequest,
  work: (ids: RequestIds) => Promise<ApiAnswer>,
): Promise<ApiAnswer> {
  const fresh = { operationId: newId(), recordId: newId() };
  const idempotencyKey = idempotencyKeyOf(request);
  if (idempotencyKey === null) return work(fresh);
  const claim = { apiKeyId: keyOf(request).id, idempotencyKey };
  const fingerprint = fingerprintOf(request);
  const held = await claimRequest(store.db, claim, { ...fresh, fingerprint }, options.now());
  if (held.fingerprint !== fingerprint) {
    const detail = 'this Idempotency-Key came with another request before';
    throw new ProblemError(422, 'idempotency-mismatch', detail);
  }
  if (held.answer !== null) return replayed(held.answer);
  const answer = await work(held);
  const text = JSON.stringify(answer);
  const kept = await keepAnswer(store.db, claim, text);
  return kept === text ? answer : replayed(kept);
}

function replayed(text: string): ApiAnswer {
  const answer = JSON.parse(text) as ApiAnswer;
  return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
}

/** Throws 400 for one that is none. */
export function idempotencyKeyOf({ headers }: FastifyRequest): string | null {
  const value = headers['idempotency-key'];
  if (value === undefined) return null;
  if (typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value)) return value;
  throw new ProblemError(
    400,
    'invalid-input',
    'Idempotency-Key: must be 1 to 255 visible ASCII characters',
  );
}

export function fingerprintOf({ method, url, body }: FastifyRequest): string {
  return sha256Of(JSON.stringify([method, url, body]));
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
