import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/contract/contract.ts';
import type { Notice } from '#shared/contract/models/desk.ts';
import type { Result } from '#shared/result.ts';
import type { NewUser } from '#shared/sync/users.ts';
import { startTestDesk, type TestDesk } from '../../support/deskInProcess.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

/** An administrator's desk, the desk of somebody new, and a real server. */
let server: RunningServer;
let lead: TestDesk;
let desk: TestDesk;

const own = 'correct horse battery';
const anna: NewUser = {
  login: 'anna.new',
  name: 'Anna New',
  role: 'agent',
  teamId: 'east',
  extension: null,
  queueIds: ['support'],
  phonePassword: null,
};

beforeAll(async () => {
  server = await startServer(testOptions({ pbx: null, practiceCustomers: 0 }));
  // The first question waits for what a server does when it starts; a desk has only so much patience.
  await new ServerClient(server.url).signIn('admin');
  lead = startTestDesk(server.url);
  desk = startTestDesk(server.url);
});
afterAll(async () => {
  await lead.stop();
  await desk.stop();
  await server.stop();
});

function ask<M extends MethodName>(
  at: TestDesk,
  name: M,
  input: InputOf<M>,
): Promise<Result<OutputOf<M>>> {
  return at.desk.handle(name, input) as Promise<Result<OutputOf<M>>>;
}

async function done<M extends MethodName>(
  at: TestDesk,
  name: M,
  input: InputOf<M>,
): Promise<OutputOf<M>> {
  const result = await ask(at, name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
  return result.value;
}

function signIn(at: TestDesk, login: string, password: string, newPassword?: string) {
  const startAs = { state: 'break', reason: 'rest' } as const;
  const given = { login, password, remember: false, startAs };
  return ask(at, 'session.signIn', newPassword === undefined ? given : { ...given, newPassword });
}

const refused = (code: string) => ({ ok: false, error: { code } });

test('somebody new sets an own password, changes it, and signs in with it while the server is away', async () => {
  // The server has just begun, and may take longer than a desk waits for it.
  await expect.poll(() => signIn(lead, 'admin', 'practice')).toMatchObject({ ok: true });
  const { user, password } = await done(lead, 'users.create', anna);
  expect(await ask(lead, 'users.create', anna)).toMatchObject(refused('login-taken'));

  expect(await signIn(desk, anna.login, password)).toMatchObject(refused('password-change-needed'));
  expect(await signIn(desk, anna.login, password, own)).toMatchObject({ ok: true });
  expect(await ask(desk, 'users.list', {})).toMatchObject(refused('forbidden'));
  const change = { password: 'not the one', newPassword: `${own} 2` };
  expect(await ask(desk, 'session.changePassword', change)).toMatchObject(
    refused('wrong-credentials'),
  );
  await done(desk, 'session.changePassword', { ...change, password: own });
  await done(desk, 'session.signOut', {});

  const changed = await done(lead, 'users.change', {
    userId: user.id,
    change: { name: 'Anna Newer' },
  });
  expect(changed).toMatchObject({ name: 'Anna Newer', lastSignInAt: expect.any(Number) });
  expect((await done(lead, 'users.list', {})).find(({ id }) => id === user.id)).toEqual(changed);

  // What the server has turned down, a desk without a line to it turns down as well.
  await done(lead, 'users.deactivate', { userId: user.id });
  expect(await signIn(desk, anna.login, own)).toMatchObject(refused('wrong-credentials'));
  await done(lead, 'users.reactivate', { userId: user.id });
  expect(await signIn(desk, anna.login, `${own} 2`)).toMatchObject({ ok: true });

  // Another extension counts from the next sign-in on, and both are told so.
  const noticed = new Promise<string>((resolve) => {
    desk.desk.listen((event, notice) => {
      if (event === 'notice.added') resolve((notice as Notice).id);
    });
  });
  const moved = await done(lead, 'users.change', {
    userId: user.id,
    change: { extension: '2999' },
  });
  expect(moved).toMatchObject({ extension: '2999', isSignedIn: true });
  expect(await noticed).toBe('extension-changed');
  expect(desk.desk.snapshot().session.user).toMatchObject({ extension: null });
  await done(desk, 'session.signOut', {});
  expect(desk.desk.snapshot().notices).toEqual([]);
  expect(await signIn(desk, anna.login, `${own} 2`)).toMatchObject({
    ok: true,
    value: { user: { extension: '2999' } },
  });
  await done(desk, 'session.signOut', {});
  await server.stop();
  expect(await signIn(desk, anna.login, own)).toMatchObject(refused('wrong-credentials'));
  expect(await signIn(desk, anna.login, `${own} 2`)).toMatchObject({
    ok: true,
    value: { offline: true },
  });
  expect(await ask(lead, 'users.list', {})).toMatchObject(refused('server-unreachable'));
});
