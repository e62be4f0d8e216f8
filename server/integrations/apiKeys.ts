import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '#shared/domain/ids.ts';
import type { ApiKey, CreatedApiKey, NewApiKey } from '#shared/sync/integrations.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import { findKey, insertKey, noteKeyUse } from '../store/programs/apiKeys.ts';
import type { Db, Tx } from '../store/store.ts';

/** `sb_`, 8 visible characters, then 32 random bytes; nothing else is ever taken for a key. */
const keyPattern = /^(sb_[0-9a-z]{8})_[\w-]{43}$/;
/** The use of a key is written down at most this often. */
const noteEveryMs = 60_000;

const letters = '0123456789abcdefghjkmnpqrstvwxyz';

/** A new key; the secret is told here and never again. */
export async function createApiKey(
  db: Db | Tx,
  by: SignedInUser,
  request: NewApiKey,
  nowMs: number,
): Promise<CreatedApiKey> {
  const prefix = `sb_${[...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('')}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const key: ApiKey = {
    id: newId(),
    name: request.name,
    prefix,
    scopes: [...new Set(request.scopes)],
    requestsPerMinute: request.requestsPerMinute,
    createdAt: nowMs,
    createdById: by.id,
    createdByName: by.name,
    expiresAt: request.expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    revokedByName: null,
  };
  await insertKey(db, { key, secretHash: hashOf(secret) });
  return { key, secret };
}

/**
 * The key that this text is; null where it is unknown, expired or revoked. Asked of the database every
 * time, so that a revoked key ends at once on every node.
 */
export async function apiKeyOf(db: Db, text: string, nowMs: number): Promise<ApiKey | null> {
  const prefix = keyPattern.exec(text)?.[1];
  const found = prefix === undefined ? null : await findKey(db, prefix);
  if (!found || !isSame(found.secretHash, hashOf(text))) return null;
  const { key } = found;
  if (key.revokedAt !== null) return null;
  if (key.expiresAt !== null && key.expiresAt <= nowMs) return null;
  if (nowMs - (key.lastUsedAt ?? 0) > noteEveryMs) await noteKeyUse(db, key.id, nowMs);
  return key;
}

/** The device under which what a key writes stands in the history, such as `api4f7k2m9q`. */
export function deviceOf({ prefix }: ApiKey): string {
  return `api${prefix.slice('sb_'.length)}`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In a time that says nothing of where they differ. */
function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
