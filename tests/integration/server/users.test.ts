import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { oneTimeMs } from '#server/accounts/oneTimePassword.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { PracticeUsers, Problem, SignInResponse } from '#shared/sync/messages.ts';
import type { CreatedUser, NewUser, OneTimePassword, UserAccount } from '#shared/sync/users.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { behindNews, ServerClient } from '../../support/serverClient.ts';

const own = 'correct horse battery';
let made = 0;

function draft(parts: Partial<NewUser> = {}): NewUser {
  made += 1;
  return {
    login: `agent.${made}`,
    name: `Agent ${made}`,
    role: 'agent',
    teamId: 'east',
    extension: null,
    queueIds: ['support'],
    phonePassword: null,
    ...parts,
  };
}

describe.each(backendNames)('accounts on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let admin: ServerClient;
  let nowMs = Date.now();

  beforeAll(async () => {
    backend = await startBackend(name);
    const options = { practiceCustomers: 0, now: () => nowMs };
    server = await startServer(backend.options(options));
  });
  beforeEach(async () => {
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  const post = <T = Problem>(path: string, body: unknown = {}) =>
    admin.call<T>('POST', `/api/users${path}`, body);
  const patch = <T = UserAccount & Problem>(id: string, body: unknown) =>
    admin.call<T>('PATCH', `/api/users/${id}`, body);

  async function create(parts: Partial<NewUser> = {}): Promise<CreatedUser> {
    const answer = await post<CreatedUser>('', draft(parts));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body;
  }

  function enter(login: string, password: string, newPassword?: string) {
    const body = { login, password, deviceId: 'desk0001', newPassword };
    return new ServerClient(server.url).call<SignInResponse & Problem>(
      'POST',
      '/api/session',
      body,
    );
  }

  /** Somebody with an own password, signed in. */
  async function agent(parts: Partial<NewUser> = {}) {
    const { user, password } = await create(parts);
    const client = new ServerClient(server.url);
    const { body } = await enter(user.login, password, own);
    client.token = body.token;
    return { user, client };
  }

  async function listed(id: string): Promise<UserAccount | undefined> {
    const { body } = await admin.call<{ users: UserAccount[] }>('GET', '/api/users');
    return body.users.find((user) => user.id === id);
  }

  const me = (client: ServerClient) => client.call('GET', '/api/me');

  test('one who was made signs in with an own password only, and is on the feed of every desk', async () => {
    const fields = { extension: '3001', phonePassword: 'sip secret' };
    const { user, password, until } = await create(fields);
    expect(until).toBe(nowMs + oneTimeMs);
    expect(await listed(user.id)).toMatchObject({
      ...{ login: user.login, oneTimeUntil: until, lastSignInAt: null },
      ...{ isSignedIn: false, hasPhonePassword: true, active: true },
    });
    expect(await enter(user.login, password)).toMatchObject({
      status: 403,
      body: { code: 'password-change-needed' },
    });
    for (const [newPassword, why] of [
      ['short', 'short'],
      [password, 'former'],
    ] as const) {
      expect(await enter(user.login, password, newPassword)).toMatchObject({
        status: 400,
        body: { code: 'password-refused', detail: why },
      });
    }
    const first = await enter(user.login, password, own);
    expect(first).toMatchObject({
      status: 200,
      body: { user: { id: user.id }, phone: { user: '3001', password: 'sip secret' } },
    });
    expect((await enter(user.login, password, own)).status).toBe(401);
    expect((await enter(user.login, own)).status).toBe(200);
    expect(await enter(user.login, own, `${own} 2`)).toMatchObject({ status: 409 });
    expect(await listed(user.id)).toMatchObject({
      ...{ oneTimeUntil: null, lastSignInAt: nowMs, isSignedIn: true },
    });
    const other = new ServerClient(server.url);
    await other.signIn('lin.yue');
    const { changes } = await other.pullSettled();
    const told = changes.find(({ id }) => id === user.id);
    expect(told?.fields).toMatchObject({ name: user.name, active: true, extension: '3001' });
    expect(JSON.stringify(changes)).not.toContain('sip secret');
  });

  test('of two who set an own password with the same one-time one the second is refused', async () => {
    const { user, password } = await create();
    const both = await Promise.all([
      enter(user.login, password, `${own} 1`),
      enter(user.login, password, `${own} 2`),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('a one-time password opens for two weeks, and another one after that', async () => {
    const { user, password, until } = await create();
    const before = nowMs;
    nowMs = until;
    const answer = await enter(user.login, password, own);
    nowMs = before;
    expect(answer).toMatchObject({ status: 403, body: { code: 'password-expired' } });
    const { body } = await post<OneTimePassword>(`/${user.id}/password`);
    expect((await enter(user.login, password, own)).status).toBe(401);
    expect((await enter(user.login, body.password, own)).status).toBe(200);
  });

  test.each<[string, Partial<NewUser>, number, string]>([
    ['a login that somebody has', { login: 'XU.JING' }, 409, 'login-taken'],
    ['an extension that somebody has', { extension: '2041' }, 409, 'extension-taken'],
    ['a login with a blank', { login: 'two words' }, 400, 'invalid-input'],
    ['no login', { login: '' }, 400, 'invalid-input'],
    ['a team that is not there', { teamId: 'nowhere' }, 400, 'invalid-input'],
    ['a queue that is not there', { queueIds: ['nowhere'] }, 400, 'invalid-input'],
    ['a name that is no text', { name: 'a\0b' }, 400, 'invalid-input'],
  ])('with %s nobody is made', async (_what, parts, status, code) => {
    expect(await post('', draft(parts))).toMatchObject({ status, body: { code } });
  });

  test('of many who are given one login, or one extension, at once one is made', async () => {
    const same = draft({ extension: null });
    const logins = await Promise.all([1, 2, 3, 4].map(() => post('', same)));
    expect(logins.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const extensions = await Promise.all(
      [1, 2, 3].map(() => post('', draft({ extension: '3100' }))),
    );
    expect(extensions.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test('what is changed counts for the sessions that go on', async () => {
    const { user, client } = await agent();
    const change = { login: `${user.login}.new`, role: 'supervisor', queueIds: ['sales'] };
    expect(await patch(user.id, change)).toMatchObject({ status: 200, body: change });
    expect((await me(client)).body).toMatchObject(change);
    expect((await enter(user.login, own)).status).toBe(401);
    expect((await enter(change.login, own)).status).toBe(200);
    expect(await patch(user.id, { login: 'xu.jing' })).toMatchObject({ status: 409 });
    const queues = await admin.call<{ queues: unknown[] }>('GET', `/api/team/${user.id}/queues`);
    expect(queues.body.queues).toEqual([{ queueId: 'sales', penalty: 0 }]);
    const { changes } = await client.pullSettled();
    const told = changes.find(({ entity }) => entity === 'notification');
    expect(told?.fields).toMatchObject({ kind: 'team.queuesChanged', subject: 'sales:0' });
  });

  test('who is deactivated is out everywhere at once, and stays in the histories', async () => {
    const { user, client } = await agent({ extension: '3200' });
    const socket = client.live();
    await socket.hello(client.token);
    expect(await socket.next()).toMatchObject({ type: 'welcome' });
    expect(await post(`/${user.id}/deactivate`)).toMatchObject({
      status: 200,
      body: { active: false, isSignedIn: false },
    });
    expect(await behindNews(socket)).toMatchObject({ wish: { kind: 'signOut' } });
    expect(await socket.closed).toBe(4401);
    expect((await me(client)).status).toBe(401);
    expect((await enter(user.login, own)).status).toBe(401);
    const { changes } = await admin.pullSettled();
    expect(changes.find(({ id }) => id === user.id)?.fields).toMatchObject({
      name: user.name,
      active: false,
    });
    // The extension is free, and the one who left has to take another one to come back.
    const heir = await create({ extension: '3200' });
    expect(await post(`/${user.id}/reactivate`)).toMatchObject({
      status: 409,
      body: { code: 'extension-taken' },
    });
    await patch(heir.user.id, { extension: null });
    expect((await post(`/${user.id}/reactivate`)).status).toBe(200);
    expect((await me(client)).status).toBe(401);
    expect((await enter(user.login, own)).status).toBe(200);
  });

  test('one administrator is always left', async () => {
    const self = practiceUsers.find(({ login }) => login === 'admin')?.id ?? '';
    const last = { status: 409, body: { code: 'last-administrator' } };
    expect(await patch(self, { role: 'agent' })).toMatchObject(last);
    expect(await post(`/${self}/deactivate`)).toMatchObject(last);
    const { user, client } = await agent({ role: 'administrator' });
    const own = { status: 409, body: { code: 'own-account' } };
    expect(await post(`/${self}/deactivate`)).toMatchObject(own);
    expect(await post(`/${self}/password`)).toMatchObject(own);
    // Each takes the other's role: one of the two comes too late, with whatever word.
    const both = await Promise.all([
      patch(user.id, { role: 'agent' }),
      client.call('PATCH', `/api/users/${self}`, { role: 'agent' }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = both[0]?.status === 200 ? admin : client;
    const loser = winner === admin ? user.id : self;
    const back = await winner.call('PATCH', `/api/users/${loser}`, { role: 'administrator' });
    expect(back.status).toBe(200);
    expect((await post(`/${user.id}/deactivate`)).status).toBe(200);
  });

  test('a reset ends all sessions, and the password before', async () => {
    const { user, client } = await agent();
    const { body } = await post<OneTimePassword>(`/${user.id}/password`);
    expect((await me(client)).status).toBe(401);
    expect((await enter(user.login, own)).status).toBe(401);
    expect(await enter(user.login, body.password)).toMatchObject({
      body: { code: 'password-change-needed' },
    });
  });

  test('everybody changes an own password, and is signed out elsewhere', async () => {
    const { user, client } = await agent();
    const elsewhere = new ServerClient(server.url);
    await elsewhere.signIn(user.login, own);
    const change = (password: string, newPassword: string) =>
      client.call('PUT', '/api/me/password', { password, newPassword });
    expect(await change('wrong password', `${own} 2`)).toMatchObject({
      status: 403,
      body: { code: 'wrong-credentials' },
    });
    expect(await change(own, own)).toMatchObject({
      status: 400,
      body: { code: 'password-refused', detail: 'former' },
    });
    expect((await change(own, `${own} 2`)).status).toBe(204);
    expect((await me(client)).status).toBe(200);
    expect((await me(elsewhere)).status).toBe(401);
    expect((await enter(user.login, own)).status).toBe(401);
    for (let n = 0; n < 5; n += 1) await change('wrong password', own);
    const answer = await change(`${own} 2`, own);
    expect(answer).toMatchObject({ status: 429, body: { code: 'account-locked' } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('the passwords to practise with stay as they stand on the sign-in page', async () => {
    const published = { status: 409, body: { code: 'practice-user' } };
    const xuJing = practiceUsers[0]?.id ?? '';
    expect(await post(`/${xuJing}/password`)).toMatchObject(published);
    const body = { password: 'practice', newPassword: own };
    expect(await admin.call('PUT', '/api/me/password', body)).toMatchObject(published);
  });

  test.each([
    ['xu.jing', 403],
    ['wu.min', 403],
    [null, 401],
  ])('%s manages nobody', async (login, status) => {
    const client = new ServerClient(server.url);
    if (login) await client.signIn(login);
    const id = practiceUsers[1]?.id;
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', draft()],
      ['PATCH', `/${id}`, { role: 'administrator' }],
      ['POST', `/${id}/deactivate`, {}],
      ['POST', `/${id}/reactivate`, {}],
      ['POST', `/${id}/password`, {}],
    ] as const) {
      expect((await client.call(method, `/api/users${path}`, body)).status).toBe(status);
    }
  });

  test('an unknown account is not found', async () => {
    const id = '019ac000-0000-7000-8000-000000000001';
    expect((await patch(id, { name: 'x' })).status).toBe(404);
    for (const step of ['deactivate', 'reactivate', 'password']) {
      expect((await post(`/${id}/${step}`)).status).toBe(404);
    }
  });

  test('who did what stands in the audit, without a password', async () => {
    const { user, password } = await create({ phonePassword: 'sip secret' });
    await patch(user.id, { role: 'quality', phonePassword: 'sip secret 2' });
    await post(`/${user.id}/deactivate`);
    const { body } = await admin.call<{ entries: AuditEntry[] }>(
      'GET',
      '/api/audit?about=team&limit=3',
    );
    expect(
      body.entries.map(({ action, agentName, detail }) => [action, agentName, detail]),
    ).toEqual(
      expect.arrayContaining([
        ['team.user.deactivated', user.name, 'sessions 0'],
        ['team.user.changed', user.name, 'role agent → quality, phonePassword'],
        ['team.user.created', user.name, expect.stringContaining(`login ${user.login}`)],
      ]),
    );
    for (const secret of ['sip secret', password]) {
      expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  test('who was deactivated is not offered to practise with, and a new login is', async () => {
    const offered = async () =>
      (await new ServerClient(server.url).call<PracticeUsers>('GET', '/api/practice')).body.users;
    const user = practiceUser('gao.lan');
    const before = await offered();
    expect(before.map(({ login }) => login)).toEqual(practiceUsers.map(({ login }) => login));
    await post(`/${user.id}/deactivate`);
    expect(await offered()).toEqual(before.filter(({ login }) => login !== user.login));
    await post(`/${user.id}/reactivate`);
    await patch(user.id, { login: 'gao.lan.2', name: '高岚 2' });
    const renamed = (await offered()).find(({ login }) => login === 'gao.lan.2');
    expect(renamed).toMatchObject({ name: '高岚 2', role: 'agent' });
    expect((await enter('gao.lan.2', renamed?.password ?? '')).status).toBe(200);
    await patch(user.id, { login: user.login, name: user.name });
  });
});
