import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

export interface Session {
  tokenHash: string;
  userId: string;
  device: string;
  expiresAt: number;
  /** The extension that its phone is at from sign-in to sign-out; null: none. */
  extension: string | null;
}

/** False where the password that was looked at (`passwordHash`) is not the user's any more. */
export async function insertSession(
  db: Db,
  { tokenHash, userId, device, expiresAt, extension }: Session,
  { passwordHash, atMs }: { passwordHash: string; atMs: number },
): Promise<boolean> {
  await db.deleteFrom('session').where('expires_at', '<=', atMs).execute();
  // Held against whoever is resetting it just now: the session begins before, and is ended, or not at all.
  const { rows } = await sql`
    insert into session (token_hash, user_id, device, created_at, expires_at, extension)
    select ${tokenHash}, user_id, ${device}, ${atMs}::bigint, ${expiresAt}::bigint, ${extension ?? ''}::text
      from account
     where user_id = ${userId} and password_hash = ${passwordHash}
       for share
    returning token_hash`.execute(db);
  return rows.length > 0;
}

/** An open session with the record of its user, and the ids of everybody in the user's team. */
export interface OpenSession extends Session {
  fields: Record<string, unknown>;
  team: string[];
}

/** Those of the sessions that are open, by their token's hash. In one query: every request asks. */
export async function findSessions(
  db: Db,
  tokenHashes: string[],
  nowMs: number,
): Promise<Map<string, OpenSession>> {
  const { rows } = await sql<Omit<OpenSession, 'team'> & { team: string | null }>`
    select s.token_hash as "tokenHash", s.user_id as "userId", s.device, s.expires_at as "expiresAt",
           nullif(coalesce(s.extension, u.fields ->> 'extension'), '') as extension, u.fields,
           (select string_agg(c.id::text, ',') from record c
             where c.entity = 'user' and c.fields ->> 'teamId' = u.fields ->> 'teamId') as team
      from session s join record u on u.entity = 'user' and u.id = s.user_id
     where s.token_hash = any(${tokenHashes}::text[]) and s.expires_at > ${nowMs}`.execute(db);
  return new Map(
    rows.map(({ team, ...session }) => [
      session.tokenHash,
      { ...session, team: team === null ? [] : team.split(',') },
    ]),
  );
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

/** End all sessions of a user, or all but one; their tokens' hashes. */
export async function deleteSessionsOf(
  tx: Tx,
  userId: string,
  butOf: string | null = null,
): Promise<string[]> {
  const all = tx.deleteFrom('session').where('user_id', '=', userId);
  const rows = await (butOf === null ? all : all.where('token_hash', '!=', butOf))
    .returning('token_hash')
    .execute();
  return rows.map((row) => row.token_hash);
}

/** Whether a user is signed in anywhere. */
export async function hasSession(db: Db, userId: string, nowMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('session')
    .select('token_hash')
    .where('user_id', '=', userId)
    .where('expires_at', '>', nowMs)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
