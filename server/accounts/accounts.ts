import { createHash, randomBytes } from 'node:crypto';
import { isStorable } from '#shared/domain/primitives.ts';
import { userSchema } from '#shared/domain/user.ts';
import { loginKey } from '#shared/domain/users/login.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PhoneAccount, SignedInUser, SignInRequest } from '#shared/sync/messages.ts';
import type { OwnPassword } from '#shared/sync/users.ts';
import type { PbxOptions } from '../options.ts';
import {
  type Account,
  clearAttempts,
  countAttempt,
  findAccount,
  findAccountOfUser,
  noteSignIn,
  replacePassword,
} from '../store/accounts.ts';
import { notify, signedOutChannel } from '../store/notices.ts';
import { readRecord } from '../store/records.ts';
import {
  deleteSession,
  deleteSessionsOf,
  findSessions,
  insertSession,
  liveSessions,
  prolongSession,
} from '../store/sessions.ts';
import type { Db } from '../store/store.ts';
import { askTogether } from '../traffic/askTogether.ts';
import { noteUser } from './noteUser.ts';
import { hashOwn, mayChangePassword, opensWith } from './ownPassword.ts';
import { nobodyVerifier, type PasswordCost, verifyPassword } from './password.ts';

export const sessionMs = 14 * 86_400_000;
/** A session is written again at most this often. */
const prolongEveryMs = 3_600_000;
export const maxFailures = 5;
export const lockMs = 60_000;

export interface SignedIn {
  token: string;
  user: SignedInUser;
  phone: PhoneAccount | null;
}

/** Who stands behind a token. */
export interface Caller {
  /** As the centre has the user now, but for the extension: there the phone stays as it was signed in. */
  user: SignedInUser;
  /** Ids of everybody in the user's team, the user's own included; empty without a team. */
  team: string[];
  tokenHash: string;
  /** The desk that signed in. */
  device: string;
}

export interface Accounts {
  /**
   * Fails with `wrong-credentials`, or `account-locked` (details: `retryAfterMs`); where the password is right, as
   * `opensWith` and `hashOwn` of ownPassword.ts say.
   */
  signIn(request: SignInRequest): Promise<Result<SignedIn>>;
  /**
   * Another password of one's own; all other sessions of the user end. Fails with `wrong-credentials` (the old one),
   * `account-locked`, `password-refused`, `practice-user`.
   */
  changePassword(caller: Caller, passwords: OwnPassword): Promise<Result<null>>;
  signOut(tokenHash: string): Promise<void>;
  /** Null for a token that is unknown, expired or belongs to someone who left. */
  callerOf(token: string): Promise<Caller | null>;
  stillOpen(tokenHashes: string[]): Promise<Set<string>>;
}

export interface AccountsOptions {
  now: () => number;
  mode: 'practice' | 'site';
  pbx: PbxOptions | null;
  passwordCost?: PasswordCost | undefined;
}

export function createAccounts(db: Db, options: AccountsOptions): Accounts {
  const { now, mode, pbx, passwordCost } = options;
  const verifyNobody = nobodyVerifier(passwordCost);

  /** Counted before the password is looked at. */
  async function locked(login: string): Promise<Result<never> | null> {
    const nowMs = now();
    const limit = { failures: maxFailures, lockMs, nowMs };
    const lockedUntil = await countAttempt(db, loginKey(login), limit);
    if (lockedUntil === null) return null;
    const retryAfterMs = Math.max(0, lockedUntil - nowMs);
    return fail('account-locked', 'too many wrong passwords', { retryAfterMs });
  }

  async function isRight(account: Account | null, password: string): Promise<boolean> {
    return account ? verifyPassword(password, account.passwordHash) : verifyNobody(password);
  }

  async function credentials(login: string, password: string) {
    const account = await findAccount(db, loginKey(login));
    if (!(await isRight(account, password)) || !account) return null;
    const user = await readUser(db, account.userId);
    return user ? { user, account } : null;
  }

  /** The hash under which the session begins: an own password that came along takes the place of the one-time one. */
  async function settled(
    account: Account,
    { login, password, newPassword }: SignInRequest,
  ): Promise<Result<string>> {
    const opens = opensWith(account, newPassword, now());
    if (!opens.ok) return opens;
    if (newPassword === undefined) return ok(account.passwordHash);
    const own = await hashOwn({ login, password, newPassword }, passwordCost);
    if (!own.ok) return own;
    const { userId, passwordHash } = account;
    const replaced = { userId, passwordHash: own.value, oneTimeUntil: null };
    return (await replacePassword(db, replaced, passwordHash)) ? own : wrongCredentials();
  }

  const sessionOf = askTogether((tokenHashes) => findSessions(db, tokenHashes, now()));

  return {
    async signIn(request) {
      const { login, password, deviceId } = request;
      if (!isStorable(login)) return wrongCredentials();
      const refused = await locked(login);
      if (refused) return refused;
      const found = await credentials(login, password);
      if (!found) return wrongCredentials();
      await clearAttempts(db, loginKey(login));
      const { user, account } = found;
      const hash = await settled(account, request);
      if (!hash.ok) return hash;
      const token = randomBytes(32).toString('base64url');
      const atMs = now();
      const session = {
        tokenHash: hashToken(token),
        userId: user.id,
        device: deviceId,
        expiresAt: atMs + sessionMs,
        extension: user.extension,
      };
      const begun = await insertSession(db, session, { passwordHash: hash.value, atMs });
      if (!begun) return wrongCredentials();
      await noteSignIn(db, user.id, atMs);
      return ok({ token, user, phone: phoneOf(user, account.sipPassword, pbx) });
    },

    async changePassword({ user, tokenHash, device }, { password, newPassword }) {
      const may = mayChangePassword(user.id, mode);
      if (!may.ok) return may;
      const refused = await locked(user.login);
      if (refused) return refused;
      const account = await findAccountOfUser(db, user.id);
      if (!(await isRight(account, password)) || !account) return wrongCredentials();
      await clearAttempts(db, loginKey(user.login));
      const own = await hashOwn({ login: user.login, password, newPassword }, passwordCost);
      if (!own.ok) return own;
      const replaced = { userId: user.id, passwordHash: own.value, oneTimeUntil: null };
      return db.transaction().execute(async (tx) => {
        if (!(await replacePassword(tx, replaced, account.passwordHash))) return wrongCredentials();
        const ended = await deleteSessionsOf(tx, user.id, tokenHash);
        for (const other of ended) await notify(tx, signedOutChannel, other);
        const by = { id: user.id, name: user.name, device };
        await noteUser(tx, { by, user, action: 'team.password.changed', atMs: now() });
        return ok(null);
      });
    },

    async signOut(tokenHash) {
      await db.transaction().execute(async (tx) => {
        await deleteSession(tx, tokenHash);
        await notify(tx, signedOutChannel, tokenHash);
      });
    },

    async callerOf(token) {
      const tokenHash = hashToken(token);
      const session = await sessionOf(tokenHash);
      const user = session && activeUser(session.userId, session.fields);
      if (!user) return null;
      const expiresAt = now() + sessionMs;
      if (expiresAt - session.expiresAt > prolongEveryMs) {
        await prolongSession(db, tokenHash, expiresAt);
      }
      const { team, device, extension } = session;
      return { user: { ...user, extension }, team, tokenHash, device };
    },

    stillOpen: (tokenHashes) => liveSessions(db, tokenHashes, now()),
  };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function wrongCredentials() {
  return fail('wrong-credentials', 'login or password is wrong');
}

async function readUser(db: Db, id: string): Promise<SignedInUser | null> {
  return activeUser(id, (await readRecord(db, 'user', id))?.fields);
}

function activeUser(id: string, fields: unknown): SignedInUser | null {
  const parsed = userSchema.safeParse(fields);
  if (!parsed.success || !parsed.data.active) return null;
  const { login, name, role, teamId, extension, queueIds } = parsed.data;
  return { id, login, name, role, teamId, extension, queueIds };
}

function phoneOf(
  user: SignedInUser,
  sipPassword: string | null,
  pbx: PbxOptions | null,
): PhoneAccount | null {
  if (!pbx || !user.extension || sipPassword === null) return null;
  return {
    uri: `sip:${user.extension}@${pbx.sipDomain}`,
    server: pbx.wsUrl,
    user: user.extension,
    password: sipPassword,
  };
}
