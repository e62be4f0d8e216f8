import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

export interface Account {
  userId: string;
  passwordHash: string;
  sipPassword: string | null;
  /** Until when a one-time password opens, ms UTC; null: the user has an own one. */
  oneTimeUntil: number | null;
}

export async function findAccount(db: Db, loginKey: string): Promise<Account | null> {
  return accountOf(db, 'login_key', loginKey);
}

export async function findAccountOfUser(db: Db, userId: string): Promise<Account | null> {
  return accountOf(db, 'user_id', userId);
}

async function accountOf(
  db: Db,
  column: 'login_key' | 'user_id',
  value: string,
): Promise<Account | null> {
  const row = await db
    .selectFrom('account')
    .select(['user_id', 'password_hash', 'sip_password', 'one_time_until'])
    .where(column, '=', value)
    .executeTakeFirst();
  if (!row) return null;
  return {
    userId: row.user_id,
    passwordHash: row.password_hash,
    sipPassword: row.sip_password,
    oneTimeUntil: row.one_time_until,
  };
}

export type NewAccount = Omit<Account, 'oneTimeUntil'> &
  Partial<Pick<Account, 'oneTimeUntil'>> & { loginKey: string };

export async function insertAccounts(tx: Tx, accounts: NewAccount[]): Promise<void> {
  const rows = accounts.map((account) => ({
    user_id: account.userId,
    login_key: account.loginKey,
    password_hash: account.passwordHash,
    sip_password: account.sipPassword,
    one_time_until: account.oneTimeUntil ?? null,
  }));
  await tx.insertInto('account').values(rows).execute();
}

/** What is left out stays. */
export async function changeAccount(
  tx: Tx,
  userId: string,
  change: Partial<Pick<NewAccount, 'loginKey' | 'sipPassword'>>,
): Promise<void> {
  const { loginKey, sipPassword } = change;
  await tx
    .updateTable('account')
    .set({
      user_id: userId,
      ...(loginKey === undefined ? {} : { login_key: loginKey }),
      ...(sipPassword === undefined ? {} : { sip_password: sipPassword }),
    })
    .where('user_id', '=', userId)
    .execute();
}

/** False where the password is not the one (`from`, its hash) any more that was looked at; null: whatever it is. */
export async function replacePassword(
  db: Db | Tx,
  account: Pick<Account, 'userId' | 'passwordHash' | 'oneTimeUntil'>,
  from: string | null,
): Promise<boolean> {
  const { userId, passwordHash, oneTimeUntil } = account;
  const all = db
    .updateTable('account')
    .set({ password_hash: passwordHash, one_time_until: oneTimeUntil })
    .where('user_id', '=', userId);
  const { numUpdatedRows } = await (from === null
    ? all
    : all.where('password_hash', '=', from)
  ).executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function noteSignIn(db: Db, userId: string, atMs: number): Promise<void> {
  await db
    .updateTable('account')
    .set({ signed_in_at: atMs })
    .where('user_id', '=', userId)
    .execute();
}

/** What administrators see of an account beside its record. */
export interface AccountState {
  userId: string;
  hasPhonePassword: boolean;
  lastSignInAt: number | null;
  oneTimeUntil: number | null;
  isSignedIn: boolean;
}

/** Of everybody, or of one. */
export async function readAccountStates(
  db: Db | Tx,
  nowMs: number,
  userId: string | null = null,
): Promise<AccountState[]> {
  const { rows } = await sql<AccountState>`
    select a.user_id as "userId", a.sip_password is not null as "hasPhonePassword",
           a.signed_in_at as "lastSignInAt", a.one_time_until as "oneTimeUntil",
           exists (select from session s
                    where s.user_id = a.user_id and s.expires_at > ${nowMs}) as "isSignedIn"
      from account a
     where ${userId}::uuid is null or a.user_id = ${userId}::uuid`.execute(db);
  return rows;
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
