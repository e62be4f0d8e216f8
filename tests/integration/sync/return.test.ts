import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obeyedMs } from '#electron/sync/backoff.ts';
import { createHttp } from '#electron/sync/http.ts';
import { createSync } from '#electron/sync/syncClient.ts';
import { createTransport, type Transport, UnreachableError } from '#electron/sync/transport.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultTrafficLimits } from '#server/traffic/traffic.ts';
import { operationSchema, type SignInResponse } from '#shared/sync/messages.ts';
import { openedCache, quietLog, temporaryFolder } from '#tests/support/cacheFixture.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { type Backend, backendNames, startBackend } from '#tests/support/serverBackends.ts';
import { customerFields, operationBy, ServerClient } from '#tests/support/serverClient.ts';

test('a desk that is told when to come back comes no earlier, and not together with all others', async () => {
  const busy = createServer((_request, response) => {
    response.writeHead(503, { 'retry-after': '20' }).end();
  });
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const serverUrl = `http://127.0.0.1:${(busy.address() as AddressInfo).port}`;
  const folder = temporaryFolder();
  const cache = await openedCache(folder.path);
  const clock = new ManualClock();
  const random = () => 0.5;
  const sync = createSync({ cache, serverUrl, clock, log: quietLog, random });
  const planned = new Promise<number>((resolve) => {
    sync.listen(({ nextTryAt }) => {
      if (nextTryAt !== null) resolve(nextTryAt - clock.now());
    });
  });
  sync.start('a token that is never looked at');
  expect(await planned).toBe(25_000);
  await sync.stop();
  await cache.close();
  folder.remove();
  busy.closeAllConnections();
  await new Promise((resolve) => busy.close(resolve));
});

describe.skipIf(!backendNames.includes('postgres'))(
  'a hundred desks that come back at once',
  () => {
    const desks = 120;
    const logins = ['xu.jing', 'chen.hao', 'lin.yue', 'zhao.ming'];
    const pull = { running: 4, waiting: 20, maxWaitMs: 60_000 };

    let backend: Backend;
    let server: RunningServer;
    /** Holds what a pull has to read. */
    let holder: pg.Client;

    beforeAll(async () => {
      backend = await startBackend('postgres');
      const options = backend.options({ traffic: { ...defaultTrafficLimits, pull } });
      server = await startServer(options);
      const { database } = options;
      holder = new pg.Client({
        connectionString: database.kind === 'postgres' ? database.url : undefined,
      });
      await holder.connect();
    });
    afterAll(async () => {
      await holder.end();
      await server.stop();
      await backend.stop();
    });

    /** What a desk does that was away, as often as it is told to come back. */
    async function comeBack(desk: Transport, userId: string, away: () => void): Promise<string> {
      const made = operationBy(userId, { entity: 'customer', fields: customerFields() });
      const steps = [
        () => desk.pull(null, null, 2000),
        () => desk.push([operationSchema.parse(made)]),
        () => desk.pull(null, null, 2000),
      ];
      for (const step of steps) {
        while (!(await done(step, away))) {
          // Again, after the time that was named.
        }
      }
      return made.entityId;
    }

    async function done(step: () => Promise<unknown>, away: () => void): Promise<boolean> {
      try {
        await step();
        return true;
      } catch (error) {
        if (!(error instanceof UnreachableError)) throw error;
        expect(error.retryAfterMs).toBeGreaterThanOrEqual(1_000);
        away();
        const waitMs = obeyedMs(error.retryAfterMs ?? 0, Math.random);
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        return false;
      }
    }

    test('are turned away as far as there is no room, and all get through; the server stays itself', async () => {
      const client = new ServerClient(server.url);
      const sessions: SignInResponse[] = [];
      for (const login of logins) sessions.push(await client.signIn(login));
      const signal = new AbortController().signal;
      await holder.query('begin');
      await holder.query('lock table lineage in access exclusive mode');

      let timesAway = 0;
      let heard = () => {};
      const mostAreAway = new Promise<void>((resolve) => {
        heard = () => {
          timesAway += 1;
          if (timesAway >= desks - pull.running - pull.waiting) resolve();
        };
      });
      const coming = Array.from({ length: desks }, (_, n) => {
        const { token, user } = sessions[n % sessions.length] ?? { token: '', user: { id: '' } };
        const caller = { token, deviceId: () => `returning${n}`, instance: () => null, signal };
        return comeBack(createTransport(createHttp(server.url), caller), user.id, () => heard());
      });
      await mostAreAway;
      expect((await client.call('GET', '/healthz')).status).toBe(200);
      expect((await client.call('GET', '/readyz')).status).toBe(200);

      await holder.query('rollback');
      const made = await Promise.all(coming);
      const { changes } = await client.pullSettled();
      const arrived = new Set(changes.map(({ id }) => id));
      expect(made.filter((id) => !arrived.has(id))).toEqual([]);
    });
  },
);
