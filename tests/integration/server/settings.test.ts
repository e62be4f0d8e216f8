import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import {
  type Configuration,
  completeConfiguration,
  type Queue,
  usualPhone,
} from '#shared/domain/configuration.ts';
import { usualComplaintRules } from '#shared/domain/settings/complaints.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import type { SignInResponse } from '#shared/sync/messages.ts';
import type { SettingState, SettingVersion } from '#shared/sync/settings.ts';
import type { CreatedUser } from '#shared/sync/users.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

const address = '/api/settings/complaints';

function queue(id: string, en = id): Queue {
  return { id, name: { en, 'zh-CN': id }, afterCallMs: 60_000, autoAnswer: false };
}

describe.each(backendNames)('what administrators set on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let admin: ServerClient;
  let options: ServerOptions;

  beforeAll(async () => {
    backend = await startBackend(name);
    options = backend.options({ practiceCustomers: 0 });
    server = await startServer(options);
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  const read = async (path = address) => (await admin.call<SettingState>('GET', path)).body;
  const save = (value: unknown, version: number, path = address) =>
    admin.call<SettingState & { code: string; detail: string }>('PUT', path, { value, version });

  test('is as usual until somebody sets it, then what was set, for every desk', async () => {
    expect(await read()).toEqual({ key: 'complaints', value: usualComplaintRules, version: 0 });
    const value = { ...usualComplaintRules, repeatDays: 45 };
    expect((await save(value, 0)).body).toEqual({ key: 'complaints', value, version: 1 });
    expect((await save({ ...value, repeatDays: 60 }, 1)).body.version).toBe(2);
    const agent = new ServerClient(server.url);
    await agent.signIn('lin.yue');
    const { changes } = await agent.pullSettled();
    const told = changes.find(({ fields }) => fields.key === 'complaints');
    expect(told?.fields.value).toMatchObject({ repeatDays: 60 });
  });

  test('is kept in every version, which can be set again', async () => {
    const { body } = await admin.call<{ versions: SettingVersion[] }>('GET', `${address}/versions`);
    expect(body.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(body.versions[0]?.byName).not.toBe('');
    const first = await read(`${address}/versions/1`);
    expect(first.value).toMatchObject({ repeatDays: 45 });
    expect((await save(first.value, 2)).body.value).toMatchObject({ repeatDays: 45 });
    expect((await admin.call('GET', `${address}/versions/99`)).status).toBe(404);
  });

  test('what a new installation began with is the first version', async () => {
    const path = '/api/settings/configuration';
    const { version } = await read(path);
    const value = { ...defaultConfiguration, currency: 'EUR' };
    expect((await save(value, version, path)).body.value).toMatchObject({ currency: 'EUR' });
    const begun = await read(`${path}/versions/${version}`);
    expect(begun.value).toMatchObject({ currency: defaultConfiguration.currency });
  });

  test('a queue that is left out, or called by another id, is retired and keeps its name', async () => {
    const path = '/api/settings/configuration';
    const { value, version } = await read(path);
    const { queues } = completeConfiguration(value) ?? defaultConfiguration;
    const [first, ...others] = queues;
    if (!first) throw new Error('there are no queues');
    const id = `hotline${version}`;
    const renamed = { ...value, queues: [{ ...first, id }, ...others] };
    const { body } = await save(renamed, version, path);
    expect(body.value.queues).toEqual([{ ...first, id }, ...others, { ...first, retired: true }]);
    expect((await read(path)).value).toEqual(body.value);
    expect(await save(renamed, version, path)).toMatchObject({ status: 200, body });

    const login = `ren.wei${version}`;
    const person = { login, name: '任伟', role: 'agent', teamId: null, extension: null };
    const add = (queueId: string) =>
      admin.call('POST', '/api/users', { ...person, queueIds: [queueId], phonePassword: null });
    expect((await add(first.id)).status).toBe(400);
    expect((await add(id)).status).toBe(201);
  });

  test.each<[string, Partial<Configuration>, string]>([
    ['two queues of one id', { queues: [queue('vip'), queue('VIP')] }, 'queues.0.id: twice'],
    ['a queue without name', { queues: [queue('vip', '')] }, 'queues.0.name.en: missing'],
    ['a country that is none', { home: { country: 'XX', areaCode: null } }, 'home.country'],
    ['no break to choose', { breakReasons: [] }, 'breakReasons: missing'],
    [
      'an emergency number barred',
      { phone: { ...usualPhone, dialling: { ...usualPhone.dialling, barred: ['1'] } } },
      'phone.dialling.barred: emergency',
    ],
  ])('a configuration with %s is refused with its place', async (_what, changes, place) => {
    const path = '/api/settings/configuration';
    const before = await read(path);
    const answer = await save({ ...before.value, ...changes }, before.version, path);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-input']);
    expect(answer.body.detail).toContain(place);
    expect(await read(path)).toEqual(before);
  });

  test('of two who change the same version the second is told', async () => {
    const { version, value } = await read();
    const both = await Promise.all([
      save({ ...value, repeatDays: 7 }, version),
      save({ ...value, repeatDays: 8 }, version),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('conflict');
    expect((await read()).version).toBe(version + 1);
  });

  test('who has not heard that it was set may say the same again, and nobody else', async () => {
    const { value, version } = await read();
    const [mine, next] = [14, 15].map((repeatDays) => ({ ...value, repeatDays }));
    const first = await save(mine, version);
    expect(first.status).toBe(200);
    expect(await save(mine, version)).toMatchObject({ status: 200, body: first.body });
    expect((await save(next, version)).status).toBe(409);
    expect((await save(next, version + 1)).status).toBe(200);
    expect(await save(mine, version)).toMatchObject({ status: 200, body: first.body });
    const other = await anotherAdministrator();
    const theirs = { value: mine, version };
    expect((await other.call('PUT', address, theirs)).status).toBe(409);
    expect(await read()).toMatchObject({ value: { repeatDays: 15 }, version: version + 2 });
    const { body } = await admin.call<{ versions: SettingVersion[] }>('GET', `${address}/versions`);
    expect(body.versions.filter((one) => one.version > version)).toHaveLength(2);
  });

  async function anotherAdministrator(): Promise<ServerClient> {
    const [login, newPassword] = ['other.admin', 'correct horse battery'];
    const person = { login, name: 'Other Admin', role: 'administrator', teamId: null };
    const phone = { extension: null, queueIds: [], phonePassword: null };
    const made = await admin.call<CreatedUser>('POST', '/api/users', { ...person, ...phone });
    const { password } = made.body;
    const other = new ServerClient(server.url);
    const given = { login, password, newPassword, deviceId: 'desk0002' };
    other.token = (await other.call<SignInResponse>('POST', '/api/session', given)).body.token;
    return other;
  }

  test('a version that was never there is a conflict, however large', async () => {
    const { value } = await read();
    for (const version of [99, 2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      expect(await save(value, version)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    }
  });

  test.each([
    ['of a wrong type', { ...usualComplaintRules, repeatDays: 'soon' }, 'repeatDays'],
    ['out of range', { ...usualComplaintRules, repeatDays: -1 }, 'repeatDays'],
    ['missing', { needsVisit: true }, 'repeatDays'],
  ])('a value %s is refused with its place, and changes nothing', async (_what, value, place) => {
    const before = await read();
    const answer = await save(value, before.version);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-input']);
    expect(answer.body.detail).toContain(place);
    expect(await read()).toEqual(before);
  });

  /** Two nodes need a database that both reach. */
  const ofNodes = name === 'postgres' ? test : () => undefined;
  ofNodes('wins where the clock of another node was ahead', async () => {
    const now = () => Date.now() + 300_000;
    const ahead = await startServer({ ...options, now });
    try {
      const other = new ServerClient(ahead.url);
      await other.signIn('admin');
      const { value, version } = await read();
      const body = { value: { ...value, repeatDays: 10 }, version };
      expect((await other.call('PUT', address, body)).status).toBe(200);
      expect((await save({ ...value, repeatDays: 20 }, version + 1)).status).toBe(200);
      expect((await read()).value).toMatchObject({ repeatDays: 20 });
    } finally {
      await ahead.stop();
    }
  });

  test('an unknown part is refused', async () => {
    expect((await admin.call('GET', '/api/settings/nothing')).status).toBe(400);
    expect((await save({}, 0, '/api/settings/nothing')).status).toBe(400);
  });

  test.each([
    ['lin.yue', 403],
    ['xu.jing', 403],
    [null, 401],
  ])('%s may neither read nor set it', async (login, status) => {
    const client = new ServerClient(server.url);
    if (login) await client.signIn(login);
    expect((await client.call('GET', address)).status).toBe(status);
    const body = { value: usualComplaintRules, version: 0 };
    expect((await client.call('PUT', address, body)).status).toBe(status);
  });

  test('who set what is in the audit', async () => {
    const path = '/api/audit?about=configuration&limit=50';
    const { body } = await admin.call<{ entries: AuditEntry[] }>('GET', path);
    expect(body.entries.at(-1)).toMatchObject({
      action: 'configuration.changed',
      detail: 'complaints 1',
    });
  });
});
