import { createHash, randomBytes } from 'node:crypto';
import { isStorable } from '#shared/domain/primitives.ts';
import { userSchema } from '#shared/domain/user.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { PhoneAccount, SignedInUser, SignInRequest } from '#shared/sync/messages.ts';
import type { PbxOptions } from '../options.ts';
import { clearAttempts, countAttempt, findAccount } from '../store/accounts.ts';
import { notify, signedOutChannel } from '../store/notices.ts';
import { readRecord } from '../store/records.ts';
import {
  deleteSession,
  findSessions,
  insertSession,
  liveSessions,
  prolongSession,
} from '../store/sessions.ts';
import type { Db } from '../store/store.ts';
import { askTogether } from '../traffic/askTogether.ts';
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
  user: SignedInUser;
  /** Ids of everybody in the user's team, the user's own included; empty without a team. */
  team: string[];
  tokenHash: string;
  /** The desk that signed in. */
  device: string;
}

export interface Accounts {
  /** Fails with `wrong-credentials`, or `account-locked` (details: `retryAfterMs`). */
  signIn(request: SignInRequest): Promise<Result<SignedIn>>;
  signOut(tokenHash: string): Promise<void>;
  /** Null for a token that is unknown, expired or belongs to someone who left. */
  callerOf(token: string): Promise<Caller | null>;
  stillOpen(tokenHashes: string[]): Promise<Set<string>>;
}

export function createAccounts(
  db: Db,
  {
    now,
    pbx,
    passwordCost,
  }: { now: () => number; pbx: PbxOptions | null; passwordCost?: PasswordCost | undefined },
): Accounts {
  const verifyNobody = nobodyVerifier(passwordCost);

  async function credentials(login: string, password: string) {
    const account = await findAccount(db, loginKey(login));
    const right = account
      ? await verifyPassword(password, account.passwordHash)
      : await verifyNobody(password);
    if (!account || !right) return null;
    const user = await readUser(db, account.userId);
    return user ? { user, sipPassword: account.sipPassword } : null;
  }

  const sessionOf = askTogether((tokenHashes) => findSessions(db, tokenHashes, now()));

  return {
    async signIn({ login, password, deviceId }) {
      if (!isStorable(login)) return wrongCredentials();
      const key = loginKey(login);
      const nowMs = now();
      const lockedUntil = await countAttempt(db, key, { failures: maxFailures, lockMs, nowMs });
      if (lockedUntil !== null) {
        return fail('account-locked', 'too many wrong passwords', {
          retryAfterMs: Math.max(0, lockedUntil - nowMs),
        });
      }
      const found = await credentials(login, password);
      if (!found) return wrongCredentials();
      await clearAttempts(db, key);
      const token = randomBytes(32).toString('base64url');
      const session = {
        tokenHash: hashToken(token),
        userId: found.user.id,
        device: deviceId,
        expiresAt: now() + sessionMs,
      };
      await insertSession(db, session, now());
      return ok({ token, user: found.user, phone: phoneOf(found.user, found.sipPassword, pbx) });
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
      return { user, team: session.team, tokenHash, device: session.device };
    },

    stillOpen: (tokenHashes) => liveSessions(db, tokenHashes, now()),
  };
}

/** One spelling of a login: case and width do not count. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').toLowerCase();
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
