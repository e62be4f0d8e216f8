import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { createClock } from '#shared/sync/clock.ts';
import { createAccounts } from './accounts/accounts.ts';
import { buildApp } from './http/app.ts';
import { createLiveHub } from './live/liveHub.ts';
import { createNewsRunner } from './live/newsRunner.ts';
import type { ServerOptions } from './options.ts';
import type { PbxLog } from './pbx/connector.ts';
import { openConnector } from './pbx/openConnector.ts';
import { createSupervision } from './pbx/supervision.ts';
import { seed } from './seed/seed.ts';
import { StartError } from './startError.ts';
import { hasHeldBack } from './store/feed.ts';
import { openFeedOrigin } from './store/feedOrigin.ts';
import { beginLineage } from './store/lineage.ts';
import { newsChannel, signedOutChannel } from './store/notices.ts';
import { openStore, type Store } from './store/store.ts';

export interface RunningServer {
  /** Where it listens, such as `http://127.0.0.1:7080`. */
  url: string;
  /** Answer what has been asked, end the live sockets, close the database. */
  stop(): Promise<void>;
}

/** Open the database, fill it where it is empty, listen. Throws `StartError` with a reason for people. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const store = await openStore(options.database);
  try {
    return await serve(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(options: ServerOptions, store: Store): Promise<RunningServer> {
  const { db } = store;
  const { now } = options;
  // A device of its own per process, so that no two nodes ever give the same stamp.
  const clock = createClock(`server${randomBytes(6).toString('hex')}`, now);
  await seed(db, clock, options);
  const feedOrigin = await openFeedOrigin(db);
  await beginLineage(db);
  const accounts = createAccounts(db, { now, pbx: options.pbx });
  const live = createLiveHub(accounts, { times: options.live, now });
  const runner = createNewsRunner(live.news, () => hasHeldBack(db));
  const log = createPbxLog();
  const connector = openConnector(options.connector, { now, log: log.write });
  const supervision = createSupervision({ db, live, connector, now, log: log.write });
  try {
    await store.listen(newsChannel, runner.heard);
    await store.listen(signedOutChannel, live.signedOut);
    const app = await buildApp({
      options,
      store,
      accounts,
      clock,
      live,
      supervision,
      feedOrigin,
    });
    log.to(app.log);
    const url = await listen(app, options);
    connector?.start();
    const stop = async () => {
      await connector?.stop();
      await supervision.stop();
      runner.close();
      live.close();
      await app.close();
      await store.close();
    };
    return { url, stop: once(stop) };
  } catch (error) {
    runner.close();
    live.close();
    throw error;
  }
}

async function listen(app: FastifyInstance, { host, port }: ServerOptions): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenFailure(error, host, port);
  }
}

function listenFailure(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`PORT: ${port} is in use on ${host}`);
    case 'EACCES':
      return new StartError(`PORT: ${port} may not be used by this account`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST: ${host} is no address of this machine`);
    default:
      return error;
  }
}

/** What the connector says goes where the server's other words go, as soon as there is a place. */
function createPbxLog(): { write: PbxLog; to(log: FastifyInstance['log']): void } {
  let target: FastifyInstance['log'] | null = null;
  return {
    write: (level, message, fields = {}) => target?.[level]({ pbx: fields }, message),
    to(log) {
      target = log;
    },
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
