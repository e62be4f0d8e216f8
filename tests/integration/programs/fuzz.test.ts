import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { type EntityName, entityNames } from '#shared/sync/entities.ts';
import { problemSchema, pushResponseSchema } from '#shared/sync/messages.ts';
import { type ApiClient, makeKey } from '../../support/apiClient.ts';
import { type Operation, operationsOf, readDocument } from '../../support/apiDocument.ts';
import {
  garbage,
  pathsOf,
  put,
  type RawRequest,
  requestsOf,
} from '../../support/garbageRequests.ts';
import { expectProper } from '../../support/proper.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  taskFields,
  ticketFields,
} from '../../support/serverClient.ts';
import { Wire } from '../../support/wire.ts';

/** `npm run test:fuzz -- --seed S --runs N` makes it heavier. */
const seed = Number(process.env.SWITCHBOARD_FUZZ_SEED ?? 20_261_122);
const runs = Number(process.env.SWITCHBOARD_FUZZ_RUNS ?? 6);
const heavy = { timeout: 60_000 + runs * 2_000 };

/** Who asks: with the right credentials, or with another's. */
const askers = ['administrator', 'agent', 'key', 'nobody'] as const;
type Asker = (typeof askers)[number];

describe.each(backendNames)('garbage on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let wire: Wire;
  let client: ServerClient;
  let me: string;
  let crm: ApiClient;
  let admin: ServerClient;
  let operations: Operation[];
  /** Of records that are there, most of them somebody else's. */
  let ids: string[];
  let nowMs = Date.now();

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(
      backend.options({
        practiceCustomers: 5,
        now: () => nowMs,
        addressFailures: { most: 1_000_000, everyMs: 1 },
      }),
    );
    wire = new Wire(server.url);
    client = new ServerClient(server.url);
    me = (await client.signIn('xu.jing')).user.id;
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
    crm = await makeKey(server.url, { requestsPerMinute: 60_000 });
    const other = await makeKey(server.url, { name: 'Other' });
    const customer = await other.make('customers', { name: '王芳', externalId: 'other:1' });
    const ticket = await other.make('tickets', { subject: 'Theirs', type: 'complaint' });
    const { items: users } = await crm.page('users?limit=2');
    ids = [other.key.id, customer.id, ticket.id, ...users.map(({ id }) => id), uuidv7()];
    operations = operationsOf(await readDocument(server.url));
  });

  afterAll(async () => {
    wire?.close();
    await server?.stop();
    await backend?.stop();
  });

  /** Time enough passes between two requests that nobody is turned away for asking too often. */
  function goOn(): void {
    nowMs += 5_000;
  }

  function secretOf(asker: Asker): string | null {
    if (asker === 'key') return crm.secret;
    if (asker === 'administrator') return admin.token;
    return asker === 'agent' ? client.token : null;
  }

  /** A garbled request may have signed its sender out. */
  async function signInAgain(): Promise<void> {
    for (const [one, login] of [
      [client, 'xu.jing'],
      [admin, 'admin'],
    ] as const) {
      if ((await one.call('GET', '/api/me')).status !== 200) await one.signIn(login);
    }
  }

  async function expectAnswer(asker: Asker, sent: RawRequest): Promise<void> {
    goOn();
    const secret = secretOf(asker);
    const authorization = secret === null ? {} : { authorization: `Bearer ${secret}` };
    const headers = { ...authorization, ...sent.headers };
    const answer = await wire.send({ ...sent, headers });
    const { method, path, twist } = sent;
    expectProper(answer, `${method} ${path.slice(0, 300)} as ${asker}: ${twist}`);
    for (const one of askers) {
      const known = secretOf(one);
      if (known !== null) expect(answer.text.includes(known)).toBe(false);
    }
  }

  test('every operation answers garbage properly', heavy, async () => {
    expect(operations.length).toBeGreaterThan(50);
    for (const operation of operations) {
      const asker = fc.oneof(
        { weight: 6, arbitrary: fc.constant(rightAsker(operation)) },
        fc.constantFrom(...askers),
      );
      await fc.assert(
        fc.asyncProperty(asker, requestsOf(operation, ids), (who, sent) => expectAnswer(who, sent)),
        { numRuns: runs, seed, endOnFailure: true },
      );
      await signInAgain();
    }
  });

  test('nobody gets in without credentials, or with those of another kind', async () => {
    const closed = operations.filter(({ security }) => security?.length);
    for (const operation of closed) {
      const kinds = (operation.security ?? []).flatMap((one) => Object.keys(one));
      const [sent] = fc.sample(requestsOf(operation, ids), { numRuns: 1, seed });
      if (!sent) throw new Error('no request');
      const path = sent.path.split('?')[0] ?? '';
      for (const asker of ['nobody', 'agent', 'key'] as const) {
        if (asker !== 'nobody' && kinds.includes(asker === 'key' ? 'key' : 'bearer')) continue;
        // A key may manage webhooks as an administrator may.
        if (asker === 'key' && path.startsWith('/api/webhooks')) continue;
        if (!path.includes('%') && !path.includes('..') && path.length < 150) {
          goOn();
          const secret = secretOf(asker);
          const headers = secret === null ? {} : { authorization: `Bearer ${secret}` };
          const { method } = operation;
          const answer = await wire.send({ method, path, headers, body: null });
          const where = `${method} ${path} as ${asker}: ${answer.text}`;
          expect([401, 404], where).toContain(answer.status);
          expectProper(answer, where);
        }
      }
    }
  });

  test('a push with one part replaced is answered properly', heavy, async () => {
    const body = {
      deviceId: 'desk0001',
      operations: [
        operationBy(me, { entity: 'customer', fields: customerFields() }),
        operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
        operationBy(me, { entity: 'task', fields: taskFields(me) }),
      ],
    };
    const paths = [...pathsOf(body)];
    await fc.assert(
      fc.asyncProperty(fc.nat(), garbage, async (which, value) => {
        const path = paths[which % paths.length] ?? [];
        const text = JSON.stringify(put(body, path, value)) ?? '';
        await expectAnswer('agent', {
          method: 'POST',
          path: '/api/sync/push',
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(text),
          twist: path.join('.'),
        });
      }),
      { numRuns: runs * 10, seed, endOnFailure: true },
    );
  });

  test('fields of any kind are answered for each operation, and what is stored can be pulled', async () => {
    const fields = fc.dictionary(fc.string({ unit: 'binary', maxLength: 12 }), garbage);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<EntityName>(...entityNames),
        fields,
        async (entity, extra) => {
          goOn();
          const base = entity === 'customer' ? customerFields() : {};
          const made = operationBy(me, { entity, fields: { ...base, ...extra } });
          const isPoisoned = JSON.stringify(made).includes('"__proto__":');
          const answer = await client.call('POST', '/api/sync/push', {
            deviceId: 'desk0001',
            operations: [made],
          });
          // A prototype to be poisoned, however deep, makes the whole request invalid.
          expect(answer.status, JSON.stringify(answer.body)).toBe(isPoisoned ? 400 : 200);
          if (isPoisoned) return;
          expect(pushResponseSchema.parse(answer.body).results).toHaveLength(1);
        },
      ),
      { numRuns: 150, seed },
    );
    await client.pullAll();
  });

  test.each([
    ['no JSON', '{', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 'application/json', 400],
    ['another type', '<x/>', 'application/xml', 415],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
    ['an array', '[]', 'application/json', 400],
    ['bytes that are no text', '"\xff\xfe"', 'application/json', 400],
    ['too much', `"${'x'.repeat(70_000)}"`, 'application/json', 413],
  ])('%s', async (_case, text, type, status) => {
    goOn();
    const answer = await wire.send({
      method: 'POST',
      path: '/api/sync/pull',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
      body: Buffer.from(text, 'latin1'),
    });
    expect(answer.status).toBe(status);
    expectProper(answer, '');
  });

  test.each([
    ['GET', '/'],
    ['GET', '/api/nothing'],
    ['PUT', '/api/session'],
    ['GET', '/api/sync/live'],
    ['GET', '/api/%ff'],
    ['GET', '/api/../../etc/passwd'],
    ['GET', `/api/${'x'.repeat(10_000)}`],
    ['GET', '//evil.example/api/me'],
    ['GET', '/api/v1/customers/..%2f..%2fkeys'],
  ])('%s %s', async (method, path) => {
    const answer = await wire.send({ method, path, headers: {}, body: null });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectProper(answer, path);
  });

  test('bytes that are no HTTP are answered and closed', async () => {
    const { hostname, port } = new URL(server.url);
    let text = '';
    const socket = connect(Number(port), hostname);
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    await once(socket, 'connect');
    socket.write('\x16\x03\x01 hello\r\n\r\n');
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemSchema.parse(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).status).toBe(400);
  });
});

/** Programs ask with a key, desks with a session; an administrator's opens most. */
function rightAsker({ security }: Operation): Asker {
  return security?.some((one) => 'key' in one) ? 'key' : 'administrator';
}
