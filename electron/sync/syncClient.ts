import type { SyncStatus } from '#shared/contract/models.ts';
import {
  type CentreMessage,
  maxPullChanges,
  type Operation,
  type PushResult,
} from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock, Log } from '../core/providers.ts';
import { backoffMs, obeyedMs } from './backoff.ts';
import { createBoardWatching } from './boardWatch.ts';
import { createClockOffset } from './clockOffset.ts';
import { createComparer } from './comparer.ts';
import { comparisonOf } from './comparing.ts';
import { createHttp } from './http.ts';
import { createLiveLink } from './liveLink.ts';
import { offerLost } from './offerLost.ts';
import { offerMisunderstood } from './offerMisunderstood.ts';
import { pushHalving } from './pushing.ts';
import { createPushPace } from './pushPace.ts';
import { register } from './registering.ts';
import { type ServerAddress, serversOf } from './servers.ts';
import type { Sync } from './sync.ts';
import {
  createTransport,
  type PulledPage,
  RefusedError,
  SignedOutError,
  type Transport,
  UnreachableError,
} from './transport.ts';

export interface SyncOptions {
  cache: Cache;
  serverUrl: ServerAddress;
  clock: Clock;
  log: Log;
  /** 0 ≤ x < 1, for the spread of retries. */
  random?: () => number;
}

/** Changes made in one go travel in one batch, ms. */
const debounceMs = 10;

interface Session {
  token: string;
  transport: Transport;
  abort: AbortController;
}

/** The next page, asked for while the one before is applied. */
interface PageAhead {
  session: Session;
  cursor: string | null;
  page: Promise<PulledPage>;
  /** There was news since it was asked for: it may not hold what that is about. */
  isOfBefore: boolean;
}

/**
 * Keeps one cache and the central server equal. One round at a time: push what waits, pull what is
 * new, page by page, with a push between two pages where something waits. The cursor is stored with
 * each page, so that a first sync that was interrupted goes on where it was.
 */
export function createSync({
  cache,
  serverUrl,
  clock,
  log,
  random = Math.random,
}: SyncOptions): Sync {
  const servers = serversOf(serverUrl);
  const http = createHttp(servers);
  const offset = createClockOffset();
  const comparer = createComparer(cache, { clock, log, random, ready: compareSome });
  const live = createLiveLink(
    { clock, random },
    {
      welcome() {
        board.welcomed();
        attempt();
      },
      news: heardNews,
      board: (message) => board.heard(message),
      pbx(message) {
        for (const hearer of hearers) hearer(message);
      },
      signedOut: () => session && signedOut(session),
      lost: lostLive,
      returning: attempt,
    },
  );
  const board = createBoardWatching(live.say);
  const pace = createPushPace(clock, startRound);
  const listeners = new Set<(status: SyncStatus) => void>();
  const hearers = new Set<(message: CentreMessage) => void>();
  let session: Session | null = null;
  let state: SyncStatus['state'] = 'off';
  let offlineSince: number | null = null;
  let nextTryAt: number | null = null;
  let lastSyncAt: number | null = null;
  let failures = 0;
  let pullDue = false;
  /** The server has named a time before which it does not want to be asked. */
  let isToldToWait = false;
  /** The server may have been started anew, on a database from a backup, since it was last heard. */
  let lookFirst = true;
  let ahead: PageAhead | null = null;
  let round: Promise<void> | null = null;
  let cancelRetry = () => {};
  let cancelPush = () => {};
  let stopCache = () => {};

  function status(): SyncStatus {
    const { waiting, waitingSince, refused } = cache.outbox();
    const comparing = comparisonOf(cache);
    return {
      ...{ state, offlineSince, nextTryAt, waiting, waitingSince, refused, lastSyncAt },
      ...cache.firstSync(),
      comparing,
    };
  }

  function tell(): void {
    if (listeners.size === 0) return;
    const now = status();
    for (const listener of listeners) listener(now);
  }

  function become(next: SyncStatus['state']): void {
    if (next === 'online' || next === 'first-sync') offlineSince = null;
    if (next === 'offline') offlineSince ??= clock.now();
    state = next;
    tell();
  }

  function learnTime(sentAt: number, serverTime: number): void {
    const offsetMs = offset.answered(sentAt, clock.now(), serverTime);
    if (offsetMs !== null) cache.setClockOffset(offsetMs);
  }

  async function pushBatch({ transport }: Session, operations: Operation[]): Promise<void> {
    const sentAt = clock.now();
    const { results, serverTime } = await transport.push(operations);
    learnTime(sentAt, serverTime);
    const asked = new Set(operations.map(({ id }) => id));
    const answered = results.filter(({ operationId }) => asked.has(operationId));
    if (answered.length === 0) throw new UnreachableError('the server answered for no operation');
    cache.acknowledge(answered);
  }

  async function pushWaiting(current: Session): Promise<void> {
    while (session === current) {
      const operations = pace.next(cache.nextOperations(pace.depth()));
      if (operations.length === 0) return;
      try {
        await pushHalving(operations, (some) => pushBatch(current, some), refuseHere);
      } catch (error) {
        if (session === current) noteUnanswered(operations, error);
        throw error;
      }
      pace.taken(operations);
    }
  }

  function refuseHere(refused: PushResult): void {
    log.warn('the server cannot take a change', { operation: refused.operationId });
    cache.acknowledge([refused]);
  }

  /** Of a server that names a time nothing is to be learned. */
  function noteUnanswered(operations: Operation[], error: unknown): void {
    if (!(error instanceof UnreachableError) || error.retryAfterMs !== null) return;
    if (!pace.unanswered(operations)) return;
    log.warn('a change gets no answer: others go before', { operation: operations[0]?.id });
  }

  async function askPage(
    { transport }: Session,
    cursor: string | null,
    lineage: string | null,
  ): Promise<PulledPage> {
    const sentAt = clock.now();
    const page = await transport.pull(cursor, lineage, maxPullChanges);
    learnTime(sentAt, page.serverTime);
    return page;
  }

  /** One page and no more, so that memory stays small. */
  function askAhead(current: Session, { cursor, lineage }: PulledPage): void {
    const page = askPage(current, cursor, lineage ?? cache.lineage());
    // Who wants it hears of it; where nobody does, nothing is lost.
    page.catch(() => {});
    ahead = { session: current, cursor, page, isOfBefore: false };
  }

  function takeAhead(current: Session, cursor: string | null): PageAhead | null {
    const asked = ahead;
    ahead = null;
    return asked?.session === current && asked.cursor === cursor ? asked : null;
  }

  /** True where there is more to pull. */
  async function pullPage(current: Session): Promise<boolean> {
    const cursor = cache.cursor();
    const asked = takeAhead(current, cursor);
    const page = await (asked?.page ?? askPage(current, cursor, cache.lineage()));
    if (page.restarted) {
      log.warn('the server has lost records that this desk has seen: everything is fetched again');
      cache.beginAgain();
    }
    if (page.more && session === current) askAhead(current, page);
    const { changes, serverTime, scope, total } = page;
    if (changes.length > 0 || page.cursor !== cursor || scope !== cache.scope()) {
      await cache.apply(changes, page.cursor, serverTime, { scope, total });
    }
    // After the page: a desk that dies in between asks once more.
    if (page.lineage && page.lineage !== cache.lineage()) cache.setLineage(page.lineage);
    if (!cache.firstSyncDone()) {
      if (page.more) become('first-sync');
      else cache.markFirstSyncDone();
    }
    return page.more || asked?.isOfBefore === true;
  }

  async function registerSelf({ transport }: Session): Promise<void> {
    const sentAt = clock.now();
    const answer = await register(cache, transport, log);
    if (answer === null) return;
    learnTime(sentAt, answer.serverTime);
    offerMisunderstood(cache, answer.knows);
  }

  /** Once all has been handed in, under stamps that nobody believed. */
  function mendClock(): void {
    if (!cache.mendClock()) return;
    log.warn(
      'the clock of this desk was far ahead: it goes on with the right time as a new device',
    );
    lookFirst = true;
  }

  async function exchange(current: Session): Promise<void> {
    if (lookFirst) {
      await registerSelf(current);
      if (session !== current) return;
      // What the server has lost goes before what builds on it.
      pullDue = false;
      if (await pullPage(current)) pullDue = true;
      if (session !== current) return;
      await offerLost(cache, current.transport);
      lookFirst = false;
    }
    for (;;) {
      await pushWaiting(current);
      if (session !== current || !pullDue) return;
      pullDue = false;
      // Set before the next await: news that arrives meanwhile asks for another page.
      if (await pullPage(current)) pullDue = true;
      if (session === current) await offerLost(cache, current.transport);
    }
  }

  async function runRound(current: Session): Promise<void> {
    try {
      await exchange(current);
      if (session !== current) return;
      mendClock();
      succeeded(current);
    } catch (error) {
      if (session === current) failed(current, error);
    }
  }

  function succeeded(current: Session): void {
    lastSyncAt = clock.now();
    failures = 0;
    nextTryAt = null;
    cancelRetry();
    connectLive(current);
    become('online');
  }

  function failed(current: Session, error: unknown): void {
    if (error instanceof SignedOutError) {
      signedOut(current);
      return;
    }
    lookFirst = true;
    pullDue = true;
    ahead = null;
    if (error instanceof RefusedError && error.isCopied && failures === 0) {
      // The push of a desk that was copied: it registers, and goes on. Counted, so that it does so once.
      failures += 1;
      return;
    }
    if (!(error instanceof UnreachableError)) log.error('sync failed', { error: String(error) });
    else log.info('the server cannot be reached', { reason: error.message });
    failures += 1;
    live.rest();
    const retryAfterMs = error instanceof UnreachableError ? error.retryAfterMs : null;
    isToldToWait = retryAfterMs !== null;
    planRetry(retryAfterMs);
    become('offline');
  }

  function signedOut(current: Session): void {
    log.warn('the server has ended this session');
    endSession(current);
    become('signed-out');
  }

  function planRetry(retryAfterMs: number | null): void {
    cancelRetry();
    const waitMs = Math.max(backoffMs(failures, random), obeyedMs(retryAfterMs ?? 0, random));
    nextTryAt = clock.now() + waitMs;
    cancelRetry = clock.after(waitMs, attempt);
  }

  function noteNews(): void {
    pullDue = true;
    if (ahead) ahead.isOfBefore = true;
  }

  function attempt(): void {
    noteNews();
    startRound();
  }

  function startRound(): void {
    const current = session;
    if (!current || round) return;
    cancelRetry();
    isToldToWait = false;
    const planned = nextTryAt !== null;
    nextTryAt = null;
    round = runRound(current).finally(() => ended(current));
    if (planned) tell();
  }

  /** What came after the round had looked for the last time, or a new session. */
  function ended(current: Session): void {
    round = null;
    if (session === current && comparer.isReady()) compareSome();
    if (session && (session !== current || (state !== 'offline' && hasWork()))) startRound();
    if (session && state === 'online') comparer.plan();
  }

  /** A round of its own: nothing is pulled while two states are compared. */
  function compareSome(): void {
    const current = session;
    if (!current || round || state !== 'online') return;
    round = compareRound(current).finally(() => ended(current));
  }

  async function compareRound(current: Session): Promise<void> {
    try {
      const before = comparisonOf(cache);
      const outcome = await comparer.step(current.transport);
      if (session !== current) return;
      if (outcome === 'pull') pullDue = true;
      if (comparisonOf(cache)?.done !== before?.done) tell();
    } catch (error) {
      if (session === current) notCompared(current, error);
    }
  }

  function notCompared(current: Session, error: unknown): void {
    if (!(error instanceof UnreachableError)) {
      failed(current, error);
      return;
    }
    comparer.refused();
    // It tells whether the server is away.
    pullDue = true;
  }

  function hasWork(): boolean {
    return pullDue || pace.open(cache.nextOperations(pace.depth())).length > 0;
  }

  function heardNews(): void {
    // Whoever was told to stay away is not called back by what all others hear as well.
    if (isToldToWait) noteNews();
    else attempt();
  }

  function connectLive({ token }: Session): void {
    live.connect({ serverUrl: servers, token, deviceId: cache.deviceId() });
  }

  /** Asks at once whether the server is still there; the socket comes back a little later. */
  function lostLive(): boolean {
    board.lost();
    if (!session) return false;
    lookFirst = true;
    if (state === 'offline') return false;
    attempt();
    return true;
  }

  function localChange(local: boolean): void {
    tell();
    if (!local || !session || state === 'offline') return;
    cancelPush();
    cancelPush = clock.after(debounceMs, startRound);
  }

  function endSession(current: Session): void {
    if (session === current) session = null;
    ahead = null;
    current.abort.abort();
    live.close();
    board.lost();
    cancelRetry();
    cancelPush();
    pace.forget();
    comparer.stop();
    nextTryAt = null;
  }

  return {
    start(token) {
      if (session) endSession(session);
      const abort = new AbortController();
      const { deviceId, instance } = cache;
      const identity = { token, deviceId, instance, signal: abort.signal };
      session = { token, abort, transport: createTransport(http, identity) };
      stopCache();
      stopCache = cache.listen((_entities, local) => localChange(local));
      failures = 0;
      lookFirst = true;
      become(cache.firstSyncDone() ? 'off' : 'first-sync');
      attempt();
    },
    async stop() {
      if (session) endSession(session);
      stopCache();
      stopCache = () => {};
      await round;
      become('off');
    },
    status,
    retry() {
      failures = 0;
      live.check();
      attempt();
    },
    compare() {
      comparer.begin();
      tell();
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watchBoard: board.watch,
    heard(listener) {
      hearers.add(listener);
      return () => void hearers.delete(listener);
    },
  };
}
