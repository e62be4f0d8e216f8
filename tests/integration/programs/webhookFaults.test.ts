import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { startServer } from '#server/server.ts';
import type { WebhookPolicy } from '#server/webhooks/policy.ts';
import { createWebhookSecret, signatureHeaders } from '#server/webhooks/signature.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { customerFields, operationBy } from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';
import { startReceiver, type WebhookReceiver } from '../../support/webhookReceiver.ts';
import { openSite, type WebhookSite } from '../../support/webhookSite.ts';

const eager: Partial<WebhookPolicy> = { retryMs: [1, 1, 1], maxPauseMs: 1, timeoutMs: 60_000 };
const folder = mkdtempSync(join(tmpdir(), 'switchboard-webhooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let receiver: WebhookReceiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.stop());

async function makeCustomer({ agent, agentId }: WebhookSite): Promise<string> {
  const made = operationBy(agentId, { entity: 'customer', fields: customerFields() });
  expect(await agent.push(made)).toMatchObject([{ outcome: 'applied' }]);
  return made.entityId;
}

async function endLeases(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`update job set lease_until = 0 where state = 'running'`);
  await client.end();
}

describe.each(backendNames)('a server that is killed, on %s', (name) => {
  let backend: Backend;
  const running = new Set<ServerProcess>();

  beforeAll(async () => {
    backend = await startBackend(name);
  });
  afterEach(async () => {
    const left = [...running];
    for (const { child } of left) child.kill('SIGKILL');
    await Promise.all(left.map(({ ended }) => ended));
  });
  afterAll(() => backend?.stop());

  function start(database: Record<string, string>): ServerProcess {
    const started = startServerProcess({
      SWITCHBOARD_MODE: 'practice',
      PRACTICE_CUSTOMERS: '1',
      ...database,
    });
    running.add(started);
    started.ended.then(() => running.delete(started));
    return started;
  }

  // Two starts of a whole server.
  test('in the middle of a delivery makes it again, and then the others in their order', {
    timeout: 180_000,
  }, async () => {
    const { database: options } = backend.options();
    const database: Record<string, string> =
      options.kind === 'postgres'
        ? { DATABASE_URL: options.url }
        : { DATA_DIR: join(folder, uuidv7()) };
    if (database.DATA_DIR) await layDatabase(database.DATA_DIR);
    const first = start(database);
    const site = await openSite({ url: await first.ready });
    receiver.answering = null;
    const { webhook } = await site.make({ url: receiver.url });
    const customers = [await makeCustomer(site)];
    const held = await receiver.next();
    customers.push(await makeCustomer(site), await makeCustomer(site));
    first.child.kill('SIGKILL');
    await first.ended;
    // Here its lease is over at once; that a lease runs out is tried with the jobs.
    if (options.kind === 'postgres') await endLeases(options.url);

    receiver.answering = (response) => response.end();
    const second = start(database);
    const after = await openSite({ url: await second.ready });
    const again = [await receiver.next(), await receiver.next(), await receiver.next()];
    expect(again.map(({ event }) => event.data.id)).toEqual(customers);
    expect(again[0]?.headers['webhook-id']).toBe(held.headers['webhook-id']);
    await after.until(webhook.id, (all) => all.every(({ state }) => state === 'delivered'));
    expect(receiver.unread).toEqual([]);
  });
});

// On the database that is quicker to make: what is tried here is the sender.
describe('a receiver', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startBackend(backendNames.at(-1) ?? 'pglite');
  });
  afterAll(() => backend?.stop());

  async function serve(webhooks: Partial<WebhookPolicy>) {
    const server = await startServer(
      backend.options({ practiceCustomers: 0, webhooks: { ...eager, ...webhooks } }),
    );
    return { server, site: await openSite(server) };
  }

  test('that takes nothing for long is stopped, and what waits for it is a dead letter', async () => {
    const { server, site } = await serve({
      stopAfterMs: 0,
      retryMs: [1, 3_600_000],
      maxPauseMs: 1,
    });
    receiver.answering = (response) => response.writeHead(500).end();
    const { webhook } = await site.make({ url: receiver.url });
    await makeCustomer(site);
    const [dead] = await site.until(webhook.id, ([only]) => only?.state === 'dead');
    expect(dead).toMatchObject({ lastStatus: 500, nextAt: null });
    expect(await site.webhook(webhook.id)).toMatchObject({
      active: false,
      stopped: 'failing',
      dead: 1,
      waiting: 0,
    });
    await server.stop();
  });

  test('whose address was changed is not stopped by what the old one answers', async () => {
    const { server, site } = await serve({});
    receiver.answering = null;
    const { webhook } = await site.make({ url: receiver.url });
    const customer = await makeCustomer(site);
    const { response } = await receiver.next();
    const elsewhere = await startReceiver();
    const path = `/api/webhooks/${webhook.id}`;
    expect((await site.admin.call('PATCH', path, { url: elsewhere.url })).status).toBe(200);
    response.writeHead(410).end();
    expect((await elsewhere.next()).event.data.id).toBe(customer);
    await site.until(webhook.id, ([only]) => only?.state === 'delivered');
    expect(await site.webhook(webhook.id)).toMatchObject({ active: true, stopped: null, dead: 0 });
    await elsewhere.stop();
    await server.stop();
  });

  test('that was away gets what was put off as soon as it takes something', async () => {
    const { server, site } = await serve({ retryMs: [3_600_000], maxPauseMs: 1 });
    receiver.answering = (response, nth) => response.writeHead(nth > 3 ? 200 : 503).end();
    await site.make({ url: receiver.url });
    const customers = [];
    for (const _ of [1, 2, 3]) {
      customers.push(await makeCustomer(site));
      await receiver.next();
    }
    const last = await makeCustomer(site);
    const got = [];
    for (const _ of [1, 2, 3, 4]) got.push((await receiver.next()).event.data.id);
    expect(got).toEqual([last, ...customers]);
    // And one that answers no more does not keep the server from stopping.
    receiver.answering = null;
    await makeCustomer(site);
    await receiver.next();
    await server.stop();
  });
});

describe.skipIf(!backendNames.includes('postgres'))('several nodes on one PostgreSQL', () => {
  let backend: Backend;
  let options: ServerOptions;
  beforeAll(async () => {
    backend = await startBackend('postgres');
    options = backend.options({ practiceCustomers: 0, webhooks: eager });
  });
  afterAll(() => backend?.stop());

  test('each event is delivered once, and none before an older transaction has ended', async () => {
    const nodes = [await startServer(options), await startServer(options)];
    const sites = await Promise.all(nodes.map((node) => openSite(node)));
    const [site, other] = sites;
    if (!site || !other || options.database.kind !== 'postgres') throw new Error('two nodes');
    const { webhook } = await site.make({ url: receiver.url });
    const writer = new pg.Client({ connectionString: options.database.url });
    await writer.connect();
    await writer.query('begin');
    const slow = uuidv7();
    await writer.query(
      `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
       values ('customer', $1, 1, $2, '{}', 0, 0)`,
      [slow, JSON.stringify(customerFields('Slow'))],
    );
    await writer.query(`select pg_notify('switchboard_news', '')`);
    const quick: string[] = [];
    for (const at of [site, other, site, other, site, other]) quick.push(await makeCustomer(at));
    expect(receiver.unread).toEqual([]);
    await writer.query('commit');
    await writer.end();
    const got = [];
    for (const _ of [slow, ...quick]) got.push((await receiver.next()).event.data.id);
    expect(got).toEqual([slow, ...quick]);
    await site.until(webhook.id, (all) => all.every(({ state }) => state === 'delivered'));
    await Promise.all(nodes.map((node) => node.stop()));
    expect(receiver.unread).toEqual([]);
  });
});

test('the example takes what is genuine, once, and nothing else', async () => {
  const secret = createWebhookSecret();
  const example = fileURLToPath(new URL('../../../examples/webhooks/receiver.ts', import.meta.url));
  const child = spawn(process.execPath, [example], {
    env: { PATH: process.env.PATH ?? '', WEBHOOK_SECRET: secret, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const url = String((await lines.next()).value).replace('listening on ', '');
  const event = { id: uuidv7(), type: 'customer.created', data: { id: uuidv7() } };
  const body = JSON.stringify(event);
  const send = async (headers: Record<string, string>, text = body) =>
    (await fetch(url, { method: 'POST', headers, body: text })).status;
  const signed = signatureHeaders({ id: event.id, atMs: Date.now(), body }, [secret]);
  const old = signatureHeaders({ id: event.id, atMs: Date.now() - 600_000, body }, [secret]);
  const wrong = signatureHeaders({ id: event.id, atMs: Date.now(), body }, [createWebhookSecret()]);
  expect(await send({})).toBe(401);
  expect(await send(wrong)).toBe(401);
  expect(await send(old)).toBe(401);
  expect(await send(signed, body.replace('created', 'updated'))).toBe(401);
  expect(await send({ ...signed, 'webhook-id': uuidv7() })).toBe(401);
  expect(await send(signed)).toBe(204);
  expect((await lines.next()).value).toBe(`customer.created ${event.data.id}`);
  // The same once more is answered as before, and not done again.
  expect(await send(signed)).toBe(204);
  const next = { ...event, id: uuidv7(), type: 'customer.updated' };
  const nextBody = JSON.stringify(next);
  const nextSigned = signatureHeaders({ id: next.id, atMs: Date.now(), body: nextBody }, [
    createWebhookSecret(),
    secret,
  ]);
  expect(await send(nextSigned, nextBody)).toBe(204);
  expect((await lines.next()).value).toBe(`customer.updated ${event.data.id}`);
});
