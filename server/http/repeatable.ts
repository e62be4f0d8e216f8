import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Repeatable } from '../store/programs/madeRequests.ts';
import { fingerprintOf, idempotencyKeyOf, sha256Of } from './api/idempotency.ts';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * The request as one that may be sent once more, null without an Idempotency-Key. What it makes may hold a secret that
 * is kept nowhere else: it is sealed with what the asker alone has, the token or key of the request.
 */
export function repeatableOf(request: FastifyRequest): Repeatable | null {
  const idempotencyKey = idempotencyKeyOf(request);
  if (idempotencyKey === null) return null;
  const credential = request.headers.authorization ?? '';
  const key = Buffer.from(hkdfSync('sha256', credential, idempotencyKey, 'made request', 32));
  return {
    asker: sha256Of(credential),
    keyHash: sha256Of(idempotencyKey),
    fingerprint: fingerprintOf(request),
    seal(text) {
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, key, iv);
      const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
      return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64');
    },
    open(text) {
      const bytes = Buffer.from(text, 'base64');
      const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes));
      opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
      const opened = opening.update(bytes.subarray(ivBytes + tagBytes));
      return Buffer.concat([opened, opening.final()]).toString('utf8');
    },
  };
}
