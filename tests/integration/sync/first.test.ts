import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServerClient } from '#electron/sync/serverClient.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { openedCache, temporaryFolder } from '../../support/cacheFixture.ts';
import { HttpProxy, type ProxiedRequest, type ProxyDecision } from '../../support/httpProxy.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { operationBy, ServerClient, ticketFields } from '../../support/serverClient.ts';

const program = fileURLToPath(new URL('../../support/firstSyncChild.ts', import.meta.url));
const folder = temporaryFolder();
let server: RunningServer;
let proxy: HttpProxy;
let decide: (request: ProxiedRequest) => ProxyDecision = () => 'pass';

beforeAll(async () => {
  server = await startServer(testOptions({ practiceCustomers: 20 }));
  proxy = await HttpProxy.to(server.url, (request) => decide(request));
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
  folder.remove();
});

/** Enough for several pages, each as large as a page may be. */
async function fill(agent: ServerClient, me: string): Promise<void> {
  const photo = 'x'.repeat(500_000);
  for (let at = 0; at < 14; at += 1) {
    const fields = { ...ticketFields(me), photo };
    await agent.push(operationBy(me, { entity: 'ticket', fields }));
  }
}

test('a first sync that is killed goes on behind its last page, and so does its progress', async () => {
  const agent = new ServerClient(server.url);
  await fill(agent, (await agent.signIn('xu.jing')).user.id);
  const signedIn = await createServerClient({ serverUrl: server.url }).signIn({
    login: 'wu.min',
    password: 'practice',
    deviceId: 'firstsync0001',
  });
  if (!signedIn.ok) throw new Error(signedIn.error.message);
  const { user, token } = signedIn.value;
  let current: ChildProcess | null = null;
  const told: SyncStatus[] = [];
  const begin = () => {
    const child = fork(program, [folder.path, user.id, proxy.url, token], { stdio: 'inherit' });
    current = child;
    child.on('message', (status: SyncStatus) => told.push(status));
    return { child, ended: new Promise<void>((resolve) => child.once('exit', () => resolve())) };
  };

  const lives: (string | null)[][] = [[]];
  decide = ({ path, body }) => {
    if (path !== '/api/sync/pull') return 'pass';
    const life = lives.at(-1);
    life?.push(JSON.parse(body).cursor);
    // Killed while it waits for the page; in its second life once more, so that it goes on twice.
    if (lives.length > 2 || life?.length !== 3) return 'pass';
    current?.kill('SIGKILL');
    return 503;
  };
  await begin().ended;
  const first = told.at(-1);
  expect(first).toMatchObject({ state: 'first-sync' });
  expect(first?.received).toBeGreaterThan(0);
  lives.push([]);
  await begin().ended;
  lives.push([]);
  const { child, ended } = begin();
  const done = new Promise<SyncStatus>((resolve) => {
    child.on('message', (status: SyncStatus) => {
      if (status.state === 'online') resolve(status);
    });
  });
  const status = await done;
  child.send('end');
  await ended;

  const [one = [], two = [], three = []] = lives;
  expect(one[0]).toBeNull();
  // Each life begins behind a page that the one before had stored; one more page may have been asked for ahead.
  expect(one.slice(1).slice(-2)).toContain(two[0]);
  expect([two[0], ...two.slice(1).slice(-2)]).toContain(three[0]);

  agent.token = token;
  const { changes } = await agent.pullAll();
  expect(status.received).toBe(changes.length);
  const steps = told.filter(({ total }) => total !== null);
  expect(new Set(steps.map(({ total }) => total))).toEqual(new Set([changes.length]));
  expect(steps.map(({ received }) => received)).toEqual(
    steps.map(({ received }) => received).toSorted((a, b) => a - b),
  );
  const cache = await openedCache(folder.path, { userId: user.id });
  for (const { entity, id } of changes) {
    expect(cache.record(entity as EntityName, id), `${entity} ${id}`).not.toBeNull();
  }
  await cache.close();
});
