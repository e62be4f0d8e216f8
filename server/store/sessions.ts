import { sql } from 'kysely';
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
    select s.token_hash as "tokenHash", s.user_id as "userId", s.device, s.expires_at as "expiresAt", u.fields,
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

/** End all sessions of a user; their tokens' hashes. */
export async function deleteSessionsOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx
    .deleteFrom('session')
    .where('user_id', '=', userId)
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
