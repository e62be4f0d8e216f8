import { afterAll, beforeAll } from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { type Backend, startBackend } from './serverBackends.ts';
import { ServerClient } from './serverClient.ts';

/** A server for the tests around, on a database of its own: it starts before them and stops behind them. */
export interface TestServer {
  readonly url: string;
  readonly running: RunningServer;
  /** A desk that signs in before the tests. */
  desk(login: string): ServerClient;
}

/** To be called where tests are collected, in the place of hooks of one's own. */
export function testServer(
  name: 'pglite' | 'postgres',
  parts: Partial<ServerOptions> = {},
): TestServer {
  let backend: Backend | null = null;
  let server: RunningServer | null = null;

  function running(): RunningServer {
    if (!server) throw new Error('the server starts before the tests');
    return server;
  }

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options(parts));
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });
  return {
    get url() {
      return running().url;
    },
    get running() {
      return running();
    },
    desk(login) {
      const client = new ServerClient(() => running().url);
      beforeAll(async () => {
        await client.signIn(login);
      });
      return client;
    },
  };
}
