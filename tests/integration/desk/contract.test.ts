import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { type MethodName, methods } from '#shared/contract/contract.ts';
import { errorCodes } from '#shared/contract/errors.ts';
import type { Result } from '#shared/result.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import { startTestDesk, type TestDesk } from '../../support/deskInProcess.ts';
import { testOptions } from '../../support/serverBackends.ts';

/** What never may happen at the border: an exception, a hang, an answer that is no typed `Result`. */
const methodNames = Object.keys(methods) as MethodName[];
const leaves = new Set<MethodName>(['session.signOut', 'session.signIn']);
const isCode = (code: string) => (errorCodes as readonly string[]).includes(code);

let server: RunningServer;
let inside: TestDesk;
let outside: TestDesk;

beforeAll(async () => {
  server = await startServer(testOptions({ pbx: null }));
  inside = startTestDesk(server.url);
  outside = startTestDesk(server.url);
  const [user] = practiceUsers;
  const signedIn = await inside.desk.handle('session.signIn', {
    login: user?.login,
    password: user?.password,
    remember: false,
    startAs: { state: 'break', reason: 'rest' },
  });
  expect(signedIn).toMatchObject({ ok: true });
});

afterAll(async () => {
  await inside.stop();
  await outside.stop();
  await server.stop();
});

function expectTyped(result: Result<unknown>): void {
  if (result.ok) return;
  expect(isCode(result.error.code)).toBe(true);
  expect(result.error.code).not.toBe('internal');
  expect(result.error.code).not.toBe('invalid-output');
}

/** Values that look almost right break more than noise does. */
const nearMiss = fc.dictionary(
  fc.constantFrom(
    'callId',
    'customerId',
    'ticketId',
    'key',
    'json',
    'text',
    'draft',
    'number',
    'limit',
  ),
  fc.oneof(
    fc.uuid(),
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.constant('\u0000'),
    fc.constant('x'.repeat(10_000)),
    fc.constant('00000000-0000-0000-0000-000000000000'),
  ),
);
const garbage = fc.oneof(fc.anything(), nearMiss, fc.constant(undefined), fc.constant(null));

describe.each(methodNames)('%s', (name) => {
  it('answers garbage with a typed result', async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (input) => {
        if (!leaves.has(name)) expectTyped(await inside.desk.handle(name, input));
        expectTyped(await outside.desk.handle(name, name === 'session.signIn' ? 7 : input));
      }),
      { numRuns: 25 },
    );
  });

  it('is refused to whoever is not signed in, unless it is for anyone', async () => {
    if (methods[name].access === 'anyone') return;
    const result = await outside.desk.handle(name, {});
    expect(result).toMatchObject({ ok: false, error: { code: 'signed-out' } });
  });
});

describe('the handler', () => {
  it.each(['', 'no.such', '__proto__', 'constructor', 'toString'])('knows no %j', async (name) => {
    const result = await inside.desk.handle(name, {});
    expect(result).toMatchObject({ ok: false, error: { code: 'unknown-method' } });
  });

  it('refuses what the role may not do', async () => {
    const result = await inside.desk.handle('team.view', {});
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  });

  it('names the field that does not fit', async () => {
    const result = await inside.desk.handle('customers.search', { text: 1, limit: 5 });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'invalid-input', details: { field: 'text' } },
    });
  });

  it('left no error in the log', () => {
    expect([...inside.errors, ...outside.errors]).toEqual([]);
  });
});
