import type { Db, Tx } from './store.ts';

export interface Session {
  tokenHash: string;
  userId: string;
  device: string;
  expiresAt: number;
}

export async function insertSession(db: Db, session: Session, atMs: number): Promise<void> {
  await db.deleteFrom('session').where('expires_at', '<=', atMs).execute();
  await db
    .insertInto('session')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      device: session.device,
      created_at: atMs,
      expires_at: session.expiresAt,
    })
    .execute();
}

export async function findSession(
  db: Db,
  tokenHash: string,
  nowMs: number,
): Promise<Session | null> {
  const row = await db
    .selectFrom('session')
    .select(['user_id', 'device', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', nowMs)
    .executeTakeFirst();
  if (!row) return null;
  return { tokenHash, userId: row.user_id, device: row.device, expiresAt: row.expires_at };
}

export async function prolongSession(db: Db, tokenHash: string, expiresAt: number): Promise<void> {
  await db
    .updateTable('session')
    .set({ expires_at: expiresAt })
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function deleteSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
}

/** Those of `tokenHashes` that still open something. */
export async function liveSessions(
  db: Db,
  tokenHashes: string[],
  nowMs: number,
): Promise<Set<string>> {
  if (tokenHashes.length === 0) return new Set();
  const rows = await db
    .selectFrom('session')
    .select('token_hash')
    .where('token_hash', 'in', tokenHashes)
    .where('expires_at', '>', nowMs)
    .execute();
  return new Set(rows.map((row) => row.token_hash));
}
