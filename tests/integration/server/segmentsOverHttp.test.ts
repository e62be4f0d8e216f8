import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

describe('segments over HTTP', () => {
  let server: RunningServer;
  let lead: ServerClient;
  beforeAll(async () => {
    const backend = await startBackend('pglite');
    server = await startServer(backend.options({ practiceCustomers: 40 }));
    lead = new ServerClient(server.url);
    await lead.signIn('wu.min');
  });
  afterAll(() => server?.stop());

  const rule = { match: 'all', conditions: [{ field: 'valueClass', is: ['A', 'B', 'C'] }] };

  test('a supervisor counts and lists, and has all values computed anew', async () => {
    expect((await lead.call('POST', '/api/segments/count', { rule })).body).toEqual({ count: 40 });
    const list = { rule, after: null, limit: 10 };
    const page = await lead.call<{ members: unknown[]; more: boolean }>(
      'POST',
      '/api/segments/list',
      list,
    );
    expect([page.body.members.length, page.body.more]).toEqual([10, true]);
    expect((await lead.call('POST', '/api/segments/values', {})).status).toBe(202);
    await expect
      .poll(
        async () =>
          (await lead.call<{ values: unknown }>('GET', '/api/segments/values')).body.values,
      )
      .toMatchObject({ customers: 40 });
  });

  test.each([
    ['no condition', { rule: { match: 'all', conditions: [] } }],
    ['an unknown field', { rule: { match: 'all', conditions: [{ field: 'password' }] } }],
    [
      'a half surrogate',
      { rule: { match: 'all', conditions: [{ field: 'tag', has: true, tag: '\ud800' }] } },
    ],
    [
      'a null byte',
      { rule: { match: 'all', conditions: [{ field: 'tag', has: true, tag: 'a\0' }] } },
    ],
  ])('%s is a wrong request', async (_what, body) => {
    const answer = await lead.call<{ code: string }>('POST', '/api/segments/count', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-input']);
  });

  test.each([
    ['lin.yue', 403],
    [null, 401],
  ])('%s sees none', async (login, status) => {
    const client = new ServerClient(server.url);
    if (login) await client.signIn(login);
    expect((await client.call('POST', '/api/segments/count', { rule })).status).toBe(status);
    expect((await client.call('GET', '/api/segments/values')).status).toBe(status);
  });
});
