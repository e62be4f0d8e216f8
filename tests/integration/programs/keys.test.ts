import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { openStore } from '#server/store/store.ts';
import type { ApiScope } from '#shared/domain/apiScopes.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import type { ApiKey, CreatedApiKey } from '#shared/sync/integrations.ts';
import { ApiClient, type Item, makeKey } from '../../support/apiClient.ts';
import { ImportClient } from '../../support/importFiles.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

describe.each(backendNames)('keys of programs on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let options: ServerOptions;
  let admin: ServerClient;
  let nowMs = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-keys-'));

  beforeAll(async () => {
    backend = await startBackend(name);
    if (name === 'pglite') await layDatabase(folder);
    options = backend.options({
      practiceCustomers: 1,
      now: () => nowMs,
      ...(name === 'pglite' ? { database: { kind: 'directory', path: folder } } : {}),
    });
    server = await startServer(options);
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const newKey = (parts: Parameters<typeof makeKey>[1] = {}) => makeKey(server.url, parts, admin);
  const read = (client: ApiClient, url = server.url) =>
    new ApiClient(url, client).call('GET', '/api/v1/customers?limit=1');

  test('brings files in and takes them out by scopes of their own', async () => {
    const keyed = async (scopes: ApiScope[]) => {
      const client = new ServerClient(server.url);
      client.token = (await newKey({ name: 'Warehouse', scopes })).secret;
      return client;
    };
    const [importer, exporter] = [await keyed(['import']), await keyed(['export'])];
    const file = 'name;mobile\n仓库甲;13800138001\n仓库乙;13800138002\n';
    const brought = await new ImportClient(importer).bring('customers', file);
    expect(brought).toMatchObject({ state: 'done', counts: { new: 2 } });

    const list = (client: ServerClient) =>
      client.call<{ imports: { id: string }[] }>('GET', '/api/imports');
    const theirs = await new ImportClient(admin).upload('customers', file);
    expect((await list(importer)).body.imports.map(({ id }) => id)).toEqual([brought.id]);
    expect((await list(admin)).body.imports).toHaveLength(2);
    for (const [method, path] of [
      ['GET', `/api/imports/${theirs.id}`],
      ['GET', `/api/imports/${theirs.id}/problems`],
      ['POST', `/api/imports/${theirs.id}/cancel`],
      ['DELETE', `/api/imports/${theirs.id}`],
    ] as const) {
      const answer = await importer.call(method, path);
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }

    const taken = await new ImportClient(exporter).export('kind=customers&format=csv');
    expect(taken.toString()).toContain('仓库甲');
    for (const [client, path] of [
      [importer, '/api/exports?kind=customers&format=csv'],
      [exporter, '/api/imports'],
    ] as const) {
      const answer = await client.call('GET', path);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    importer.token = `sb_00000000_${'0'.repeat(43)}`;
    expect(await list(importer)).toMatchObject({ status: 401, body: { code: 'key-invalid' } });

    const { body } = await admin.call<{ entries: AuditEntry[] }>('GET', '/api/audit?about=data');
    const noted = body.entries.map((entry) => [entry.action, entry.userId, entry.userName]);
    expect(noted.sort()).toEqual(
      ['data.export.asked', 'data.exported', 'data.imported'].map((action) => [
        ...[action, null, 'Warehouse'],
      ]),
    );
  });

  test('the secret is told once', async () => {
    const body = { name: 'ERP', scopes: ['orders:read', 'orders:read'] };
    const made = await admin.call<CreatedApiKey>('POST', '/api/keys', body);
    expect(made.status).toBe(201);
    const { key, secret } = made.body;
    expect(secret).toMatch(/^sb_[0-9a-z]{8}_[\w-]{43}$/);
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    expect(key).toMatchObject({
      name: 'ERP',
      scopes: ['orders:read'],
      requestsPerMinute: 600,
      lastUsedAt: null,
      revokedAt: null,
      createdAt: nowMs,
    });
    const { body: listed } = await admin.call<{ keys: ApiKey[] }>('GET', '/api/keys');
    expect(listed.keys).toContainEqual(key);
    expect(JSON.stringify(listed)).not.toContain(secret.slice(13));
  });

  test.each([
    ['xu.jing', 403],
    ['lin.yue', 403],
    [null, 401],
  ])('%s may not see or make keys', async (login, status) => {
    const client = new ServerClient(server.url);
    if (login) await client.signIn(login);
    const body = { name: 'x', scopes: ['users:read'] };
    expect((await client.call('GET', '/api/keys')).status).toBe(status);
    expect((await client.call('POST', '/api/keys', body)).status).toBe(status);
  });

  test.each([
    ['no name', { name: ' ', scopes: ['users:read'] }],
    ['no scope', { name: 'x', scopes: [] }],
    ['an unknown scope', { name: 'x', scopes: ['everything'] }],
    ['no rate', { name: 'x', scopes: ['users:read'], requestsPerMinute: 0 }],
    ['an end in the past', { name: 'x', scopes: ['users:read'], expiresAt: 1 }],
    ['a name that is no text', { name: 'a\0', scopes: ['users:read'] }],
  ])('a key with %s is refused', async (_case, body) => {
    expect((await admin.call('POST', '/api/keys', body)).status).toBe(400);
  });

  test('a key opens what its scopes name, and nothing else, from one request to the next', async () => {
    const client = await newKey({ scopes: ['customers:read'] });
    expect((await read(client)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', '/api/v1/customers', { name: '王芳' }],
      ['GET', '/api/v1/tickets', undefined],
      ['GET', '/api/v1/users', undefined],
    ] as const) {
      const answer = await client.call(method, path, body);
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope');
    }
    const path = `/api/keys/${client.key.id}`;
    const change = { name: 'Shop', scopes: ['users:read'] };
    const changed = await admin.call<ApiKey>('PATCH', path, change);
    expect(changed.body).toMatchObject({ ...change, requestsPerMinute: 600 });
    expect((await read(client)).status).toBe(403);
    expect((await client.call('GET', '/api/v1/users')).status).toBe(200);
  });

  test('a revoked key ends at once and stays in the list', async () => {
    const client = await newKey();
    expect((await read(client)).status).toBe(200);
    const path = `/api/keys/${client.key.id}`;
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await read(client)).toMatchObject({ status: 401, body: { code: 'key-invalid' } });
    expect((await admin.call('DELETE', path)).status).toBe(404);
    expect((await admin.call('PATCH', path, { name: 'x' })).status).toBe(404);
    const { body } = await admin.call<{ keys: ApiKey[] }>('GET', '/api/keys');
    expect(body.keys.find(({ id }) => id === client.key.id)).toMatchObject({
      revokedAt: nowMs,
      revokedByName: expect.any(String),
    });
  });

  test('a key ends when it expires, and its use is written down', async () => {
    const client = await newKey({ expiresAt: nowMs + 60_000 });
    nowMs += 59_999;
    expect((await read(client)).status).toBe(200);
    const { body } = await admin.call<{ keys: ApiKey[] }>('GET', '/api/keys');
    expect(body.keys.find(({ id }) => id === client.key.id)?.lastUsedAt).toBe(nowMs);
    nowMs += 1;
    expect((await read(client)).status).toBe(401);
  });

  test('a key has its requests a minute, and no other suffers', async () => {
    const client = await newKey({ requestsPerMinute: 3 });
    const other = await newKey();
    const first = await read(client);
    expect(first.headers.get('ratelimit-policy')).toBe('"key";q=3;w=60');
    expect(first.headers.get('ratelimit')).toBe('"key";r=2;t=20');
    expect((await read(client)).status).toBe(200);
    expect((await read(client)).status).toBe(200);
    const late = await read(client);
    expect(late).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    expect(late.headers.get('retry-after')).toBe('20');
    expect((await read(other)).status).toBe(200);
    nowMs += 20_000;
    expect((await read(client)).status).toBe(200);
    expect((await read(client)).status).toBe(429);
    await admin.call('PATCH', `/api/keys/${client.key.id}`, { requestsPerMinute: 600 });
    nowMs += 1_000;
    expect((await read(client)).status).toBe(200);
  });

  describe('tokens of another kind', () => {
    test('a session opens nothing of programs', async () => {
      const { key } = await newKey();
      const secret = admin.token ?? '';
      const answer = await read(new ApiClient(server.url, { key, secret }));
      expect(answer).toMatchObject({ status: 401, body: { code: 'key-invalid' } });
    });

    test('a key opens no session, no keys and no live socket', async () => {
      const program = await newKey();
      const desk = new ServerClient(server.url);
      desk.token = program.secret;
      for (const [method, path] of [
        ['GET', '/api/me'],
        ['DELETE', '/api/session'],
        ['POST', '/api/sync/push'],
        ['POST', '/api/sync/pull'],
        ['GET', '/api/keys'],
      ] as const) {
        const body = method === 'POST' ? {} : undefined;
        expect(await desk.call(method, path, body)).toMatchObject({
          status: 401,
          body: { code: 'signed-out' },
        });
      }
      const socket = desk.live();
      await socket.hello(program.secret);
      expect(await socket.closed).toBe(4401);
    });

    test.each([
      [
        'another end',
        (secret: string) => `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      ],
      ['another beginning', (secret: string) => `sb_00000000${secret.slice(11)}`],
      ['only the beginning', (secret: string) => secret.slice(0, 11)],
      ['more of it', (secret: string) => `${secret}A`],
      ['upper case', (secret: string) => secret.toUpperCase()],
    ])('a key with %s opens nothing', async (_case, forge) => {
      const { key, secret } = await newKey();
      expect((await read(new ApiClient(server.url, { key, secret: forge(secret) }))).status).toBe(
        401,
      );
    });

    test('a token that was signed out opens nothing again, by HTTP or live', async () => {
      const desk = new ServerClient(server.url);
      await desk.signIn('xu.jing');
      await desk.call('DELETE', '/api/session');
      expect((await desk.call('GET', '/api/me')).status).toBe(401);
      const socket = desk.live();
      await socket.hello(desk.token);
      expect(await socket.closed).toBe(4401);
    });
  });

  // A second process on one embedded database there is none.
  if (name === 'postgres') {
    test('a key that one node revokes ends on the other', async () => {
      const second = await startServer(options);
      const client = await newKey();
      expect((await read(client, second.url)).status).toBe(200);
      await admin.call('DELETE', `/api/keys/${client.key.id}`);
      expect((await read(client, second.url)).status).toBe(401);
      await second.stop();
    });
  }

  test('the history says which key wrote, and the secret is nowhere', async () => {
    const program = await newKey();
    const customer: Item = await program.make('customers', { name: '王芳' });
    await server.stop();
    const store = await openStore(options.database);
    const written = await store.db
      .selectFrom('operation')
      .select(['author', 'device', 'entity'])
      .where('entity_id', '=', customer.id)
      .execute();
    expect(written).toEqual([
      { author: program.key.id, device: `api${program.key.prefix.slice(3)}`, entity: 'customer' },
    ]);
    const keys = await store.db.selectFrom('api_key').selectAll().execute();
    expect(JSON.stringify(keys)).not.toContain(program.secret.slice(13));
    expect(keys.every(({ secret_hash: hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
    await store.close();
  });
});
