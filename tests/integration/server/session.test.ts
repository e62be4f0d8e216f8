import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lockMs, maxFailures, sessionMs } from '#server/accounts/accounts.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import {
  type PracticeUsers,
  practiceUsersSchema,
  type SignedInUser,
  type SignInResponse,
} from '#shared/sync/messages.ts';
import {
  type Backend,
  backendNames,
  startBackend,
  testOptions,
} from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

const device = { deviceId: 'desk0001' };

describe.each(backendNames)('sessions on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let client: ServerClient;
  let nowMs = Date.now();

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options({ now: () => nowMs }));
  });

  beforeEach(() => {
    client = new ServerClient(server.url);
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  function signIn(login: string, password: string) {
    return client.call<SignInResponse>('POST', '/api/session', { login, password, ...device });
  }

  async function failUntilLocked(login: string): Promise<void> {
    for (let n = 0; n < maxFailures; n += 1) await signIn(login, 'wrong');
  }

  test('the practice users are told, and every one of them can sign in', async () => {
    const { status, body } = await client.call<PracticeUsers>('GET', '/api/practice');
    expect(status).toBe(200);
    expect(practiceUsersSchema.parse(body).users).toHaveLength(practiceUsers.length);
    for (const user of body.users) {
      expect(await signIn(user.login, user.password)).toMatchObject({
        status: 200,
        body: { user: { login: user.login, role: user.role } },
      });
    }
  });

  test('signing in tells who one is and which phone one has', async () => {
    const { body } = await signIn('XU.JING', 'practice');
    const [xuJing] = practiceUsers;
    expect(body).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      user: {
        id: xuJing?.id,
        login: 'xu.jing',
        name: '徐静',
        role: 'agent',
        teamId: 'east',
        extension: '2041',
        queueIds: xuJing?.queueIds,
      },
      phone: {
        uri: 'sip:2041@practice.invalid',
        server: 'ws://127.0.0.1:5066',
        user: '2041',
        password: 'practice',
      },
      serverTime: nowMs,
    });
    client.token = body.token;
    expect((await client.call<SignedInUser>('GET', '/api/me')).body).toEqual(body.user);
  });

  test('someone without an extension has no phone', async () => {
    expect((await signIn('admin', 'practice')).body.phone).toBeNull();
  });

  test.each([
    ['a wrong password', 'xu.jing', 'wrong'],
    ['an unknown login', 'nobody', 'practice'],
    ['a login that is no text', 'xu\0', 'practice'],
  ])('%s does not open', async (_case, login, password) => {
    expect(await signIn(login, password)).toMatchObject({
      status: 401,
      body: { code: 'wrong-credentials', status: 401 },
    });
  });

  test.each(['he.xin', 'nobody.at.all'])('%s is locked after five failures', async (login) => {
    await failUntilLocked(login);
    const locked = await signIn(login, 'practice');
    expect(locked).toMatchObject({ status: 429, body: { code: 'account-locked' } });
    expect(Number(locked.headers.get('retry-after'))).toBe(lockMs / 1_000);
    nowMs += lockMs;
    const { status } = await signIn(login, 'practice');
    expect(status).toBe(login === 'he.xin' ? 200 : 401);
  });

  test('a clock that is set back keeps nobody locked out', async () => {
    const beforeMs = nowMs;
    await failUntilLocked('he.xin');
    nowMs -= 86_400_000;
    expect((await signIn('he.xin', 'practice')).status).toBe(200);
    nowMs = beforeMs;
  });

  test('attempts side by side do not outrun the lock', async () => {
    const attempts = Array.from({ length: 3 * maxFailures }, () => signIn('gao.lan', 'wrong'));
    const statuses = (await Promise.all(attempts)).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(maxFailures);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2 * maxFailures);
  });

  test('a right password forgives the wrong ones before', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let n = 1; n < maxFailures; n += 1) await signIn('sun.tao', 'wrong');
      expect((await signIn('sun.tao', 'practice')).status).toBe(200);
    }
  });

  test.each([
    ['none', null],
    ['a made-up one', 'x'.repeat(43)],
    ['one with other characters', 'a b'],
  ])('token: %s is refused', async (_case, token) => {
    client.token = token;
    for (const [method, path] of [
      ['GET', '/api/me'],
      ['DELETE', '/api/session'],
      ['POST', '/api/sync/push'],
      ['POST', '/api/sync/pull'],
    ] as const) {
      const answer = await client.call(method, path, method === 'POST' ? {} : undefined);
      expect(answer).toMatchObject({ status: 401, body: { code: 'signed-out' } });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('a forged token is refused', async () => {
    const { token } = await client.signIn('xu.jing');
    client.token = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await client.call('GET', '/api/me')).status).toBe(401);
  });

  test('a token lasts as long as it is used, and then 14 days', async () => {
    await client.signIn('xu.jing');
    nowMs += sessionMs - 1;
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    nowMs += sessionMs - 1;
    expect((await client.call('GET', '/api/me')).status).toBe(200);
    nowMs += sessionMs;
    expect((await client.call('GET', '/api/me')).status).toBe(401);
  });

  test('signing out ends this token alone', async () => {
    const other = new ServerClient(server.url);
    await other.signIn('xu.jing');
    await client.signIn('xu.jing');
    expect((await client.call('DELETE', '/api/session')).status).toBe(204);
    expect((await client.call('GET', '/api/me')).status).toBe(401);
    expect((await other.call('GET', '/api/me')).status).toBe(200);
  });
});

describe.each(backendNames)('a site on %s', (name) => {
  let backend: Backend;

  beforeAll(async () => {
    backend = await startBackend(name);
  });
  afterAll(() => backend?.stop());

  test('starts with its first administrator and without practice', async () => {
    const options = backend.options({
      mode: 'site',
      firstAdministrator: { login: 'root', password: 'correct horse' },
    });
    const server = await startServer(options);
    const client = new ServerClient(server.url);
    const { user, phone } = await client.signIn('root', 'correct horse');
    expect(user.role).toBe('administrator');
    expect(phone).toBeNull();
    expect(await client.call('GET', '/api/practice')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
    const { changes } = await client.pullSettled();
    const kinds = changes.map((change) => change.entity).sort();
    expect(kinds).toEqual(['questionnaire', 'setting', 'user']);
    await server.stop();
  });
});

test('a site without a user asks for the first one', async () => {
  await expect(startServer(testOptions({ mode: 'site' }))).rejects.toMatchObject({
    message: expect.stringContaining('ADMIN_LOGIN'),
    exitCode: 2,
  });
});
