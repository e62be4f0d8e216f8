import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A secret as the Standard Webhooks specification writes it: `whsec_` and base64 of 32 random bytes. */
export function createWebhookSecret(): string {
  return `${prefix}${randomBytes(secretBytes).toString('base64')}`;
}

/**
 * Headers of a delivery after the Standard Webhooks specification (version 1, symmetric): HMAC-SHA256 over
 * `id.timestamp.body`, the timestamp in seconds UTC, base64; one signature for each secret that counts.
 */
export function signatureHeaders(
  { id, atMs, body }: { id: string; atMs: number; body: string },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64');
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
    return `v1,${digest}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
