import type { CentreMessage } from '#shared/sync/messages.ts';
import type { Cache } from '../cache/cache.ts';
import type { Clock, Log } from '../core/providers.ts';
import { backoffMs, obeyedMs } from './backoff.ts';
import { createBoardWatching } from './boardWatch.ts';
import { createComparer } from './comparer.ts';
import { comparisonOf } from './comparing.ts';
import { createExchange } from './exchange.ts';
import { createHttp } from './http.ts';
import { createLiveLink } from './liveLink.ts';
import { createPuller } from './puller.ts';
import { createPusher } from './pusher.ts';
import { type ServerAddress, serversOf } from './servers.ts';
import type { Sync } from './sync.ts';
import { createSyncTold } from './syncTold.ts';
import { createTimed } from './timedAnswers.ts';
import {
  createTransport,
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
  const told = createSyncTold(cache, clock);
  const timed = createTimed(cache, clock);
  const isCurrent = (transport: Transport) => session?.transport === transport;
  const pusher = createPusher(cache, { clock, log, timed, isCurrent, again: startRound });
  const puller = createPuller(cache, {
    ...{ log, timed, isCurrent },
    firstSyncGoesOn: () => told.become('first-sync'),
  });
  const exchange = createExchange(cache, { log, timed, pusher, puller, isCurrent });
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
  const hearers = new Set<(message: CentreMessage) => void>();
  let session: Session | null = null;
  let failures = 0;
  /** The server has named a time before which it does not want to be asked. */
  let isToldToWait = false;
  let round: Promise<void> | null = null;
  let cancelRetry = () => {};
  let cancelPush = () => {};
  let stopCache = () => {};

  async function runRound(current: Session): Promise<void> {
    try {
      await exchange.run(current.transport);
      if (session === current) succeeded(current);
    } catch (error) {
      if (session === current) failed(current, error);
    }
  }

  function succeeded(current: Session): void {
    told.synced();
    failures = 0;
    told.plan(null);
    cancelRetry();
    connectLive(current);
    told.become('online');
  }

  function failed(current: Session, error: unknown): void {
    if (error instanceof SignedOutError) {
      signedOut(current);
      return;
    }
    exchange.doubt();
    exchange.wantPage();
    puller.forget();
    const isCopied = error instanceof RefusedError && error.isCopied;
    if (isCopied && failures === 0 && told.state() !== 'offline') {
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
    told.become('offline');
  }

  function signedOut(current: Session): void {
    log.warn('the server has ended this session');
    endSession(current);
    told.become('signed-out');
  }

  function planRetry(retryAfterMs: number | null): void {
    cancelRetry();
    const waitMs = Math.max(backoffMs(failures, random), obeyedMs(retryAfterMs ?? 0, random));
    told.plan(clock.now() + waitMs);
    cancelRetry = clock.after(waitMs, attempt);
  }

  function attempt(): void {
    exchange.noteNews();
    startRound();
  }

  function startRound(): void {
    const current = session;
    if (!current || round) return;
    cancelRetry();
    isToldToWait = false;
    const planned = told.nextTryAt() !== null;
    told.plan(null);
    round = runRound(current).finally(() => ended(current));
    if (planned) told.tell();
  }

  /** What came after the round had looked for the last time, or a new session. */
  function ended(current: Session): void {
    round = null;
    if (session === current && comparer.isReady()) compareSome();
    if (session && (session !== current || (told.state() !== 'offline' && exchange.hasWork())))
      startRound();
    if (session && told.state() === 'online') comparer.plan();
  }

  /** A round of its own: nothing is pulled while two states are compared. */
  function compareSome(): void {
    const current = session;
    if (!current || round || told.state() !== 'online') return;
    round = compareRound(current).finally(() => ended(current));
  }

  async function compareRound(current: Session): Promise<void> {
    try {
      const before = comparisonOf(cache);
      const outcome = await comparer.step(current.transport);
      if (session !== current) return;
      if (outcome === 'pull') exchange.wantPage();
      if (comparisonOf(cache)?.done !== before?.done) told.tell();
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
    exchange.wantPage();
  }

  function heardNews(): void {
    // Whoever was told to stay away is not called back by what all others hear as well.
    if (isToldToWait) exchange.noteNews();
    else attempt();
  }

  function connectLive({ token }: Session): void {
    live.connect({ serverUrl: servers, token, deviceId: cache.deviceId() });
  }

  /** Asks at once whether the server is still there; the socket comes back a little later. */
  function lostLive(): boolean {
    board.lost();
    if (!session) return false;
    exchange.doubt();
    if (told.state() === 'offline') return false;
    attempt();
    return true;
  }

  function localChange(local: boolean): void {
    told.tell();
    if (!local || !session || told.state() === 'offline') return;
    cancelPush();
    cancelPush = clock.after(debounceMs, startRound);
  }

  function endSession(current: Session): void {
    if (session === current) session = null;
    exchange.forget();
    current.abort.abort();
    live.close();
    board.lost();
    cancelRetry();
    cancelPush();
    comparer.stop();
    told.plan(null);
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
      exchange.doubt();
      told.become(cache.firstSyncDone() ? 'off' : 'first-sync');
      attempt();
    },
    async stop() {
      if (session) endSession(session);
      stopCache();
      stopCache = () => {};
      await round;
      told.become('off');
    },
    status: told.status,
    retry() {
      failures = 0;
      live.check();
      attempt();
    },
    compare() {
      comparer.begin();
      told.tell();
    },
    listen: told.listen,
    watchBoard: board.watch,
    heard(listener) {
      hearers.add(listener);
      return () => void hearers.delete(listener);
    },
  };
}
