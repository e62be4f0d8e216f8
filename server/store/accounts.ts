import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

export interface Account {
  userId: string;
  passwordHash: string;
  sipPassword: string | null;
}

export async function findAccount(db: Db, loginKey: string): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(['user_id', 'password_hash', 'sip_password'])
    .where('login_key', '=', loginKey)
    .executeTakeFirst();
  if (!row) return null;
  return { userId: row.user_id, passwordHash: row.password_hash, sipPassword: row.sip_password };
}

export async function insertAccounts(
  tx: Tx,
  accounts: (Account & { loginKey: string })[],
): Promise<void> {
  const rows = accounts.map(({ userId, loginKey, passwordHash, sipPassword }) => ({
    user_id: userId,
    login_key: loginKey,
    password_hash: passwordHash,
    sip_password: sipPassword,
  }));
  await tx.insertInto('account').values(rows).execute();
}

const dayMs = 86_400_000;

/**
 * Count an attempt to sign in before its password is looked at, so that attempts side by side cannot
 * outrun the limit. Answers until when (ms UTC) the login is locked, or null where the attempt may go on.
 */
export async function countAttempt(
  db: Db,
  loginKey: string,
  limit: { failures: number; lockMs: number; nowMs: number },
): Promise<number | null> {
  const { failures, lockMs, nowMs } = limit;
  await db
    .deleteFrom('sign_in_attempt')
    .where('last_at', '<', nowMs - dayMs)
    .execute();
  // A lock that ends later than one made now is of a clock that has been set back.
  const isOver = sql`(held.locked_until <= ${nowMs} or held.locked_until > ${nowMs + lockMs}::bigint)`;
  const { rows } = await sql<{ failures: number; locked_until: number | null }>`
    insert into sign_in_attempt as held (login_key, failures, last_at, locked_until)
    values (${loginKey}, 1, ${nowMs}, null)
    on conflict (login_key) do update set
      last_at = ${nowMs},
      failures = case when ${isOver} then 1 else held.failures + 1 end,
      locked_until = case
        when ${isOver} then null
        when held.locked_until is not null then held.locked_until
        when held.failures + 1 >= ${failures} then ${nowMs + lockMs}::bigint
      end
    returning failures, locked_until`.execute(db);
  const row = rows[0];
  return row && row.failures > failures ? row.locked_until : null;
}

/** A right password ends the row of wrong ones. */
export async function clearAttempts(db: Db, loginKey: string): Promise<void> {
  await db.deleteFrom('sign_in_attempt').where('login_key', '=', loginKey).execute();
}
