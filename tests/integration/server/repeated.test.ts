import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configurationHandlers } from '#electron/desk/configuration.ts';
import { createDownloads } from '#electron/desk/downloads.ts';
import { importingHandlers } from '#electron/desk/importing.ts';
import { integrationHandlers } from '#electron/desk/integrations.ts';
import { userHandlers } from '#electron/desk/users.ts';
import { createDataFilesPort } from '#electron/sync/dataFilesClient.ts';
import { createIntegrationsPort } from '#electron/sync/integrationsClient.ts';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { idempotencyMs } from '#server/store/programs/idempotentRequests.ts';
import { openStore } from '#server/store/store.ts';
import { noFilters } from '#shared/domain/reports/request.ts';
import type { SavedReport } from '#shared/sync/reports.ts';
import type { CreatedUser, NewUser, UserAccount } from '#shared/sync/users.ts';
import { HttpProxy } from '../../support/httpProxy.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

/** What administrators make, though answers are lost: one thing each, and its secret is the one that opens. */
let made = 0;

function draft(parts: Partial<NewUser> = {}): NewUser {
  made += 1;
  return {
    ...{ login: `twice.${made}`, name: `Agent ${made}`, role: 'agent', teamId: 'east' },
    ...{ extension: null, queueIds: ['support'], phonePassword: null, ...parts },
  };
}

describe.each(backendNames)('what is sent more than once, on %s', (name) => {
  let backend: Backend;
  let options: ServerOptions;
  let server: RunningServer;
  let admin: ServerClient;
  let proxy: HttpProxy;
  let nowMs = Date.now();
  let toLose = 0;

  beforeAll(async () => {
    backend = await startBackend(name);
    options = backend.options({ practiceCustomers: 0, now: () => nowMs });
    server = await startServer(options);
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
    proxy = await HttpProxy.to(server.url, () => {
      if (toLose === 0) return 'pass';
      toLose -= 1;
      return 'loseAnswer';
    });
  });
  afterAll(async () => {
    await proxy?.close();
    await server?.stop();
    await backend?.stop();
  });

  const create = (body: NewUser, key: string, by = admin) =>
    by.call<CreatedUser>('POST', '/api/users', body, { 'idempotency-key': key });

  async function signsIn({ user, password }: CreatedUser): Promise<boolean> {
    const body = { login: user.login, password, deviceId: 'desk0001' };
    const given = { ...body, newPassword: 'correct horse battery' };
    return (await new ServerClient(server.url).call('POST', '/api/session', given)).status === 200;
  }

  test('a user is made once, and the same password is told', async () => {
    const [body, key] = [draft(), uuidv7()];
    const first = await create(body, key);
    expect(first.status).toBe(201);
    const again = await create(body, key);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await signsIn(again.body)).toBe(true);
    expect(await create({ ...body, name: 'Other' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-mismatch' },
    });
    expect(await create(draft(), 'no key')).toMatchObject({ status: 400 });
    nowMs += idempotencyMs;
    expect(await create(body, key)).toMatchObject({ status: 409, body: { code: 'login-taken' } });
  });

  test('side by side as well', async () => {
    const [body, key] = [draft({ extension: '3300' }), uuidv7()];
    const answers = await Promise.all([1, 2, 3, 4].map(() => create(body, key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.password)).size).toBe(1);
  });

  test('what was refused may be tried again, and another session has keys of its own', async () => {
    const [body, key] = [draft({ extension: '3301' }), uuidv7()];
    const { body: other } = await create(draft({ extension: '3301' }), uuidv7());
    expect(await create(body, key)).toMatchObject({ status: 409 });
    await admin.call('PATCH', `/api/users/${other.user.id}`, { extension: null });
    expect((await create(body, key)).status).toBe(201);
    const elsewhere = new ServerClient(server.url);
    await elsewhere.signIn('admin');
    expect(await create(body, key, elsewhere)).toMatchObject({ body: { code: 'login-taken' } });
  });

  if (name === 'postgres') {
    test('no secret can be read where it is kept', async () => {
      const { body } = await create(draft(), uuidv7());
      const store = await openStore(options.database);
      const rows = await store.db.selectFrom('made_request').selectAll().execute();
      await store.close();
      expect(rows.length).toBeGreaterThan(0);
      const text = JSON.stringify([rows, rows.map((row) => atob(row.sealed))]);
      expect(text).not.toContain(body.password);
    });
  }

  test('a desk asks again where an answer was lost, and so does who presses the key again', async () => {
    const port = createIntegrationsPort(proxy.url, admin.token ?? '');
    const users = userHandlers(port);
    toLose = 1;
    const anna = await users['users.create'](draft());
    expect(await signsIn(anna)).toBe(true);

    const bert = draft();
    toLose = 2;
    await expect(async () => users['users.create'](bert)).rejects.toMatchObject({
      code: 'server-unreachable',
    });
    expect(await signsIn(await users['users.create'](bert))).toBe(true);
    const { body } = await admin.call<{ users: UserAccount[] }>('GET', '/api/users');
    expect(body.users.filter(({ login }) => login === bert.login)).toHaveLength(1);
  });

  test('a setting that was set although its answer was lost is no conflict with itself', async () => {
    const port = createIntegrationsPort(proxy.url, admin.token ?? '');
    const settings = configurationHandlers(port);
    const key = 'complaints';
    const read = async () => settings['configuration.read']({ key });
    const { value, version } = await read();
    const [first, second] = [41, 42].map((repeatDays) => ({ ...value, repeatDays }));
    toLose = 1;
    const set = await settings['configuration.save']({ key, value: first ?? {}, version });
    expect(set).toEqual({ key, value: first, version: version + 1 });
    const change = { key, value: second ?? {}, version: set.version } as const;
    toLose = 2;
    await expect(async () => settings['configuration.save'](change)).rejects.toMatchObject({
      code: 'server-unreachable',
    });
    expect(await settings['configuration.save'](change)).toEqual(await read());
    expect((await read()).version).toBe(version + 2);
  });

  test('a file is announced once', async () => {
    const port = createDataFilesPort(proxy.url, admin.token ?? '');
    const files = importingHandlers(port, createDownloads(port));
    toLose = 1;
    const announced = { kind: 'customers', fileName: 'a.csv', size: 5, language: 'en' } as const;
    const view = await files['importing.create'](announced);
    expect(await files['importing.list']({})).toEqual([view]);
    const body = { ...announced, fileName: 'b.csv' };
    const headers = { 'idempotency-key': uuidv7() };
    const announce = (one: unknown) => admin.call('POST', '/api/imports', one, headers);
    const [one, other] = await Promise.all([announce(body), announce(body)]);
    expect([one.status, other.status, other.body]).toEqual([201, 201, one.body]);
    expect((await announce(announced)).status).toBe(422);
    expect(await files['importing.list']({})).toHaveLength(2);
  });

  test('so are keys, webhooks, their secrets and saved reports made once', async () => {
    const ask = integrationHandlers(createIntegrationsPort(proxy.url, admin.token ?? ''));
    const key = { name: 'Web shop', requestsPerMinute: 60, expiresAt: null };
    toLose = 1;
    const { key: stored } = await ask['integrations.createKey']({
      ...key,
      scopes: ['customers:read'],
    });
    expect(await ask['integrations.keys']({})).toEqual([stored]);

    toLose = 1;
    const { webhook, secret } = await ask['integrations.createWebhook']({
      ...{ url: 'http://127.0.0.1:9/hook', description: '', scopes: [], active: false },
      events: ['customer.created'],
    });
    expect(await ask['integrations.webhooks']({})).toHaveLength(1);
    toLose = 1;
    const renewed = await ask['integrations.renewSecret']({ webhookId: webhook.id });
    expect(renewed.secret).not.toBe(secret);
    const audit = await admin.call<{ entries: { action: string }[] }>(
      'GET',
      '/api/audit?about=integrations&limit=50',
    );
    const actions = audit.body.entries.map(({ action }) => action).sort();
    expect(actions).toEqual([
      ...['integration.key.made', 'integration.webhook.made', 'integration.webhook.secretRenewed'],
    ]);

    const report = {
      name: 'Every day',
      request: {
        ...{ report: 'queues', range: { kind: 'span', span: 'yesterday' }, zone: 'Asia/Shanghai' },
        ...{ interval: '30min', groupBy: 'queue', language: 'en', filters: noFilters },
      },
      ...{ shared: false, schedule: null, format: 'csv', delivery: null },
    };
    const save = (body: unknown, headers: Record<string, string>) =>
      admin.call<SavedReport>('POST', '/api/reports/saved', body, headers);
    const headers = { 'idempotency-key': uuidv7() };
    const body = { id: null, version: null, report };
    const first = await save(body, headers);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    expect((await save(body, headers)).body.id).toBe(first.body.id);
    // A change that was not answered is no conflict with itself.
    const change = { id: first.body.id, version: first.body.version, report };
    const once = { 'idempotency-key': uuidv7() };
    expect((await save(change, once)).body.version).toBe(2);
    expect((await save(change, once)).body.version).toBe(2);
    expect((await save(change, {})).status).toBe(409);
  });
});
