import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createServerClient } from '#electron/sync/serverClient.ts';
import {
  customerFields,
  newId,
  phoneFields,
  temporaryFolder,
  ticketFields,
} from '#tests/support/cacheFixture.ts';
import { freePort } from '#tests/support/freePort.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';
import { layDatabase } from '#tests/support/sharedPlaces.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';

/** Several processes start one after the other, on a machine that is busy with other tests. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let data: ReturnType<typeof temporaryFolder>;
let server: ServerProcess;
let port: number;
let desks: SyncDesk[] = [];

async function startServer(): Promise<string> {
  server = startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    PORT: String(port),
    DATA_DIR: data.path,
    PRACTICE_CUSTOMERS: '40',
  });
  return server.ready;
}

async function killServer(): Promise<void> {
  server.child.kill('SIGKILL');
  await server.ended;
}

async function desk(login: string): Promise<SyncDesk> {
  const started = await startSyncDesk(`http://127.0.0.1:${port}`, login);
  desks.push(started);
  return started;
}

async function deskInSync(login: string): Promise<SyncDesk> {
  const started = await desk(login);
  started.sync.start(started.token);
  await started.until(isIdle);
  return started;
}

beforeAll(async () => {
  data = temporaryFolder();
  await layDatabase(data.path);
  port = await freePort();
  await startServer();
});
afterEach(async () => {
  for (const one of desks) await one.stop();
  desks = [];
});
afterAll(async () => {
  await killServer();
  data.remove();
});

describe('two desks and a server', () => {
  test('the first sync brings the records, and a change on one desk appears on the other', async () => {
    const [one, two] = await Promise.all([deskInSync('xu.jing'), deskInSync('chen.hao')]);
    expect(one.cache.configuration()).not.toBeNull();
    expect(one.cache.firstSyncDone()).toBe(true);
    expect(one.sync.status().received).toBeGreaterThan(40);

    const [customerId, ticketId] = [newId(), newId()];
    one.cache.change(
      [
        { entity: 'customer', id: customerId, fields: customerFields({ name: '诸葛测试' }) },
        {
          entity: 'contactPoint',
          id: newId(),
          fields: phoneFields(customerId, '+8613911112222'),
        },
        {
          entity: 'ticket',
          id: ticketId,
          fields: ticketFields({
            customerId,
            ownerId: one.user.id,
            firstContactId: one.user.id,
          }),
        },
      ],
      one.user.id,
    );
    expect(one.cache.ticket(ticketId)?.ticket).toMatchObject({ waiting: true, no: null });

    await two.until((_, cache) => cache.ticket(ticketId) !== null);
    expect(two.cache.card(customerId)).toMatchObject({
      customer: { name: '诸葛测试' },
      contactPoints: [{ display: '139 1111 2222' }],
      openTickets: [{ id: ticketId, waiting: false }],
    });
    expect(await two.cache.search.customers('诸葛', 5)).toMatchObject([{ customerId }]);

    // The number that the server gives comes back to the desk that opened the ticket.
    await one.until((_, cache) => typeof cache.ticket(ticketId)?.ticket.no === 'string');
    expect(one.cache.ticket(ticketId)?.ticket.waiting).toBe(false);
  });

  test('what is done while the server is killed arrives once it is back, from both sides', async () => {
    const [one, two] = await Promise.all([deskInSync('xu.jing'), deskInSync('chen.hao')]);
    const id = newId();
    one.cache.change(
      [{ entity: 'customer', id, fields: customerFields({ name: '甲' }) }],
      one.user.id,
    );
    await two.until((_, cache) => cache.card(id) !== null);

    await killServer();
    one.cache.change(
      [{ entity: 'customer', id, fields: { name: '乙', pinnedNote: 'from one' } }],
      one.user.id,
    );
    two.cache.change([{ entity: 'customer', id, fields: { valueClass: 'A' } }], two.user.id);
    await Promise.all([
      one.until(({ state }) => state === 'offline'),
      two.until(({ state }) => state === 'offline'),
    ]);
    expect(one.sync.status()).toMatchObject({ waiting: 1, state: 'offline' });
    expect(one.sync.status().offlineSince).not.toBeNull();

    await startServer();
    one.sync.retry();
    two.sync.retry();
    const merged = { name: '乙', pinnedNote: 'from one', valueClass: 'A' };
    const isMerged = (cache: SyncDesk['cache']) => {
      const customer = cache.card(id)?.customer;
      return customer?.name === merged.name && customer.valueClass === merged.valueClass;
    };
    await Promise.all([
      one.until((status, cache) => isIdle(status) && isMerged(cache)),
      two.until((status, cache) => isIdle(status) && isMerged(cache)),
    ]);
    expect(one.cache.card(id)?.customer).toMatchObject(merged);
    expect(two.cache.card(id)?.customer).toMatchObject(merged);
    expect(one.sync.status().offlineSince).toBeNull();
  });

  test('a change the server refuses comes back to the agent and is taken back', async () => {
    const one = await deskInSync('xu.jing');
    const two = await deskInSync('chen.hao');
    const id = two.user.id;
    await one.until((_, cache) => cache.record('user', id) !== null);
    // Only the user may write the presence of the user.
    one.cache.change(
      [
        {
          entity: 'presence',
          id,
          fields: {
            userId: id,
            name: two.user.name,
            state: 'ready',
            reason: null,
            since: 1,
            callId: null,
            customerName: null,
            queueId: null,
          },
        },
      ],
      one.user.id,
    );

    const status = await one.until(({ refused }) => refused.length > 0);
    expect(status.refused).toMatchObject([{ entity: 'presence', reason: 'not-yours' }]);
    one.cache.discardRefused(status.refused[0]?.operationId ?? '');
    expect(one.sync.status().refused).toEqual([]);
    expect(one.cache.record('presence', id)?.state).not.toBe('ready');
  });

  test('a session ended elsewhere keeps the outbox, and the next session empties it', async () => {
    const one = await deskInSync('xu.jing');
    const client = createServerClient({ serverUrl: `http://127.0.0.1:${port}` });
    await client.signOut(one.token);
    await one.until(({ state }) => state === 'signed-out');
    one.cache.change([{ entity: 'customer', id: newId(), fields: customerFields() }], one.user.id);
    expect(one.sync.status()).toMatchObject({ state: 'signed-out', waiting: 1 });

    const again = await client.signIn({
      login: 'xu.jing',
      password: 'practice',
      deviceId: 'synctest0001',
    });
    if (!again.ok) throw new Error(again.error.code);
    one.sync.start(again.value.token);
    await one.until(isIdle);
  });
});

test('the sign-in client tells wrong password, unknown server and practice users apart', async () => {
  const client = createServerClient({ serverUrl: `http://127.0.0.1:${port}` });
  const wrong = await client.signIn({
    login: 'xu.jing',
    password: 'not it',
    deviceId: 'synctest0001',
  });
  expect(wrong).toMatchObject({ ok: false, error: { code: 'wrong-credentials' } });
  expect(await client.me('x'.repeat(40))).toMatchObject({ error: { code: 'signed-out' } });
  const practice = await client.practiceUsers();
  expect(practice.ok && practice.value?.users.map(({ login }) => login)).toContain('xu.jing');

  const nowhere = createServerClient({ serverUrl: `http://127.0.0.1:${await freePort()}` });
  expect(await nowhere.practiceUsers()).toMatchObject({
    ok: false,
    error: { code: 'server-unreachable' },
  });
});
