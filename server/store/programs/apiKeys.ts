import { sql } from 'kysely';
import type { ApiScope } from '#shared/domain/apiScopes.ts';
import type { ApiKey, ApiKeyChange } from '#shared/sync/integrations.ts';
import type { Db, Tx } from '../store.ts';
import type { ApiKeyTable } from '../tables.ts';

export interface StoredKey {
  key: ApiKey;
  secretHash: string;
}

/** The newest first, those revoked included. */
export async function listKeys(db: Db): Promise<ApiKey[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(keyOf);
}

/** By the visible beginning; expired and revoked keys are found as well. */
export async function findKey(db: Db, prefix: string): Promise<StoredKey | null> {
  const row = await db
    .selectFrom('api_key')
    .selectAll()
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  return row ? { key: keyOf(row), secretHash: row.secret_hash } : null;
}

export async function insertKey(db: Db | Tx, { key, secretHash }: StoredKey): Promise<void> {
  await db
    .insertInto('api_key')
    .values({
      id: key.id,
      name: key.name,
      prefix: key.prefix,
      secret_hash: secretHash,
      scopes: sql`${JSON.stringify(key.scopes)}::jsonb`,
      requests_per_minute: key.requestsPerMinute,
      created_at: key.createdAt,
      created_by: key.createdById,
      created_by_name: key.createdByName,
      expires_at: key.expiresAt,
      last_used_at: null,
      revoked_at: null,
      revoked_by_name: null,
    })
    .execute();
}

/** Null for a key that is unknown or revoked. */
export async function changeKey(
  db: Db | Tx,
  id: string,
  change: ApiKeyChange,
): Promise<ApiKey | null> {
  const { name, scopes, requestsPerMinute, expiresAt } = change;
  const row = await db
    .updateTable('api_key')
    .set({
      // Something is always set, so that an empty change is one that changes nothing.
      id,
      ...(name === undefined ? {} : { name }),
      ...(scopes === undefined ? {} : { scopes: sql`${JSON.stringify(scopes)}::jsonb` }),
      ...(requestsPerMinute === undefined ? {} : { requests_per_minute: requestsPerMinute }),
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ? keyOf(row) : null;
}

/** Null for a key that is unknown or was revoked before. */
export async function revokeKey(
  db: Db | Tx,
  id: string,
  { atMs, byName }: { atMs: number; byName: string },
): Promise<ApiKey | null> {
  const row = await db
    .updateTable('api_key')
    .set({ revoked_at: atMs, revoked_by_name: byName })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
  return row ? keyOf(row) : null;
}

export async function noteKeyUse(db: Db, id: string, atMs: number): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: atMs }).where('id', '=', id).execute();
}

function keyOf(row: ApiKeyTable): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as ApiScope[],
    requestsPerMinute: row.requests_per_minute,
    createdAt: row.created_at,
    createdById: row.created_by,
    createdByName: row.created_by_name,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    revokedByName: row.revoked_by_name,
  };
}
