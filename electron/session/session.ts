import { randomBytes } from 'node:crypto';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { SessionView } from '#shared/contract/models/desk.ts';
import { DeskError, type Result } from '#shared/result.ts';
import type { PracticeUsers, SignInResponse } from '#shared/sync/messages.ts';
import type { OwnPassword } from '#shared/sync/users.ts';
import type { EventHub } from '../core/events.ts';
import type { Clock, Log, Secrets } from '../core/providers.ts';
import type { ServerPort } from './serverPort.ts';
import { checkSignIn, forgetSignIn, keepSignIn } from './verifier.ts';

export type SignedIn = Omit<SignInResponse, 'serverTime'> & { offline: boolean };

export interface SessionOptions {
  server: ServerPort;
  serverUrl: string;
  secrets: Secrets;
  clock: Clock;
  log: Log;
  events: EventHub;
  version: string;
}

export interface Credentials {
  login: string;
  password: string;
  newPassword?: string | undefined;
}

/** Who sits at this desk. Opening the cache and the phone for that user is the desk's work. */
export interface Session {
  view(): SessionView;
  user(): SignedIn['user'] | null;
  /**
   * Checks the password with the server, or with what was kept while the server is away. `newPassword`: an own one
   * beside the one-time one, which only the server takes.
   */
  verify(given: Credentials): Promise<SignedIn>;
  /** One's own, asked of the server; kept for signing in while it is away. */
  changePassword(passwords: OwnPassword): Promise<void>;
  begin(signedIn: SignedIn): void;
  end(): Promise<void>;
  /** The sync service tells whether the server answers. */
  reachable(reachable: boolean): void;
  stop(): void;
}

const probeMs = 2000;
/** What the server says of a password that it may have taken before. */
const disowning = new Set<ErrorCode>([
  'wrong-credentials',
  'password-change-needed',
  'password-expired',
]);

export function createSession(options: SessionOptions): Session {
  const { server, serverUrl, secrets, clock, log, events, version } = options;
  let current: SignedIn | null = null;
  let practice: PracticeUsers | null = null;
  let reachable: boolean | null = null;
  let cancelProbe: () => void = () => {};
  let stopped = false;

  function view(): SessionView {
    return {
      state: current ? 'signedIn' : 'signedOut',
      user: current?.user ?? null,
      offline: current?.offline ?? false,
      server: { url: serverUrl, reachable },
      practice: current ? null : practice,
      version,
    };
  }

  function changed(): void {
    events.emit('session.changed', view());
  }

  /** While nobody is signed in, the sign-in page shows whether the server is there and who may practise. */
  async function probe(): Promise<void> {
    if (stopped || current) return;
    const answer = await server.practiceUsers();
    if (stopped || current) return;
    const before = JSON.stringify(view());
    reachable = answer.ok || answer.error.code !== 'server-unreachable';
    if (answer.ok) practice = answer.value;
    if (JSON.stringify(view()) !== before) changed();
    cancelProbe();
    cancelProbe = clock.after(probeMs, () => void probe());
  }

  async function verifyOffline(login: string, password: string): Promise<SignedIn> {
    const kept = await checkSignIn(secrets, login, password);
    if (kept === 'unknown') {
      throw new DeskError(
        'offline-sign-in-unknown',
        'server away and this user never signed in here',
      );
    }
    if (kept === 'wrong')
      throw new DeskError('wrong-credentials', 'password differs from the kept one');
    return { token: kept.token, user: kept.user, phone: kept.phone, offline: true };
  }

  void probe();

  return {
    view,
    user: () => current?.user ?? null,
    async verify({ login, password, newPassword }) {
      const deviceId = await deviceIdOf(secrets);
      const own = newPassword === undefined ? {} : { newPassword };
      const answer = await server.signIn({ login, password, deviceId, ...own });
      if (!answer.ok) {
        const { code, message, details } = answer.error;
        const isAway = code === 'server-unreachable' && newPassword === undefined;
        if (isAway) return verifyOffline(login, password);
        if (disowning.has(code)) await forgetSignIn(secrets, login, password);
        throw new DeskError(code, message, details);
      }
      const { token, user, phone } = answer.value;
      const shown = practice?.users.some((one) => one.login === login && one.password === password);
      const kept = { token, user, phone, practice: shown };
      await keepSignIn(secrets, login, newPassword ?? password, kept);
      return { token, user, phone, offline: false };
    },
    async changePassword(passwords) {
      if (!current) throw new DeskError('signed-out', 'nobody is signed in');
      const { token, user, phone } = current;
      unwrap(await server.changePassword(token, passwords));
      await keepSignIn(secrets, user.login, passwords.newPassword, { token, user, phone });
    },
    begin(signedIn) {
      current = signedIn;
      reachable = !signedIn.offline;
      cancelProbe();
      changed();
    },
    async end() {
      const leaving = current;
      current = null;
      changed();
      void probe();
      if (!leaving) return;
      const told = await server.signOut(leaving.token);
      if (!told.ok) log.info('the server was not told of the sign-out', { code: told.error.code });
    },
    reachable(now) {
      if (!current || reachable === now) return;
      reachable = now;
      if (now) current = { ...current, offline: false };
      changed();
    },
    stop() {
      stopped = true;
      cancelProbe();
    },
  };
}

/** Identity of this desk towards the server, made once. */
async function deviceIdOf(secrets: Secrets): Promise<string> {
  return kept(secrets, 'device-id', () => randomBytes(8).toString('hex'));
}

/** Raw 32-byte key of one user's cache, as hex, made once. */
export async function cacheKeyOf(secrets: Secrets, userId: string): Promise<string> {
  return kept(secrets, `cache-key:${userId}`, () => randomBytes(32).toString('hex'));
}

async function kept(secrets: Secrets, name: string, make: () => string): Promise<string> {
  const stored = await secrets.get(name);
  if (stored) return stored;
  const made = make();
  await secrets.set(name, made);
  return made;
}

/** Turns a `Result` back into a value for code inside the border. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new DeskError(result.error.code, result.error.message, result.error.details);
}
