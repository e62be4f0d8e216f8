import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { type ApiClient, type Item, makeKey, type Page } from '../../support/apiClient.ts';
import { type Backend, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('../../../examples/api/', import.meta.url));
const hasCurl = (() => {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** The examples as programs of their own against a running server: what is shown works. */
describe('the examples', () => {
  let backend: Backend;
  let server: RunningServer;
  let crm: ApiClient;
  let admin: ServerClient;
  let nowMs = Date.now();

  beforeAll(async () => {
    backend = await startBackend('pglite');
    server = await startServer(backend.options({ practiceCustomers: 0, now: () => nowMs }));
    admin = new ServerClient(server.url);
    await admin.signIn('admin');
    crm = await makeKey(server.url, {}, admin);
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  const environment = (client: ApiClient) => ({
    PATH: process.env.PATH ?? '',
    SWITCHBOARD_URL: server.url,
    SWITCHBOARD_KEY: client.secret,
  });

  async function inTypeScript(client: ApiClient, ...words: string[]) {
    const { stdout, stderr } = await run(process.execPath, [`${folder}client.ts`, ...words], {
      env: environment(client),
    });
    const lines = stdout.trim().split('\n');
    return { lines: lines.map((line) => JSON.parse(line) as Item), stderr };
  }

  async function byCurl<T>(...words: string[]): Promise<T> {
    const { stdout } = await run(`${folder}client.sh`, words, { env: environment(crm) });
    return JSON.parse(stdout) as T;
  }

  test('in TypeScript: customer, ticket, changes', async () => {
    const before = await inTypeScript(crm, 'changes', 'customers');
    const [customer] = (await inTypeScript(crm, 'customer', '王 "Fang"', '13812345678')).lines;
    expect(customer).toMatchObject({ name: '王 "Fang"' });
    expect((await crm.page('customers?number=13812345678')).items).toEqual([customer]);
    const [ticket] = (await inTypeScript(crm, 'ticket', customer?.id ?? '', 'Boiler leaks')).lines;
    expect(ticket).toMatchObject({ subject: 'Boiler leaks', customerId: customer?.id });
    const cursor = before.lines.at(-1)?.cursor;
    const since = await inTypeScript(crm, 'changes', 'customers', String(cursor ?? ''));
    expect(since.lines).toEqual([customer, { cursor: expect.any(String) }]);
    const none = await inTypeScript(
      crm,
      'changes',
      'customers',
      String(since.lines.at(-1)?.cursor),
    );
    expect(none.lines).toHaveLength(1);
  });

  test('in TypeScript: waits where it asked too often', async () => {
    const slow = await makeKey(server.url, { requestsPerMinute: 60 }, admin);
    for (let n = 0; n < 60; n += 1) await slow.call('GET', '/api/v1/users?limit=1');
    expect((await slow.call('GET', '/api/v1/users')).status).toBe(429);
    const asking = run(process.execPath, [`${folder}client.ts`, 'changes', 'tasks'], {
      env: environment(slow),
    });
    // Once it says that it waits, the time it waits for goes by.
    asking.child.stderr?.once('data', () => {
      nowMs += 1_000;
    });
    const { stdout, stderr } = await asking;
    expect(stderr).toBe('429: again in 1 s\n');
    expect(JSON.parse(stdout)).toEqual({ cursor: null });
  });

  test('in TypeScript: says what was wrong', async () => {
    await expect(inTypeScript(crm, 'ticket', 'nobody', 'x')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^400 invalid-input: /),
    });
  });

  test.runIf(hasCurl)('by curl: customer, ticket, changes', async () => {
    const customer = await byCurl<Item>('customer', 'O\\Neil "Bo" 王');
    expect(customer.name).toBe('O\\Neil "Bo" 王');
    const ticket = await byCurl<Item>('ticket', customer.id, 'Boiler leaks');
    expect(ticket).toMatchObject({ customerId: customer.id, no: expect.any(String) });
    const page = await byCurl<Page>('changes', 'tickets');
    expect(page.items.at(-1)).toEqual(ticket);
    expect((await byCurl<Page>('changes', 'tickets', page.cursor ?? '')).items).toEqual([]);
  });
});
