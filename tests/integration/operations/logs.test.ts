import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeKey } from '../../support/apiClient.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  taskFields,
  ticketFields,
  wrapUpFields,
} from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-logs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What must never stand in a log, as it is and in the ways in which it could be written. */
const personal = {
  name: '薛宝钗',
  company: 'Grand-View-Garden',
  number: '13801390139',
  note: 'pays-with-a-red-card',
  login: 'nobody-of-this-name',
  password: 'Tiger-on-the-mountain-7',
  token: 'forged'.repeat(7),
  address: '203.0.113.77',
};

function spellings(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const ascii = [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16)}`).join('');
  return [text, escaped, ascii, encodeURIComponent(text), Buffer.from(text).toString('base64')];
}

describe.each(backendNames)('the log of a server on %s, at its most talkative', (name) => {
  let backend: Backend;
  let server: ServerProcess;
  let client: ServerClient;
  let me: string;
  let database: string | null = null;
  const secrets: string[] = [];

  beforeAll(async () => {
    backend = await startBackend(name);
    const { database: options } = backend.options();
    database = options.kind === 'postgres' ? options.url : null;
    if (!database) await layDatabase(folder);
    server = startServerProcess({
      SWITCHBOARD_MODE: 'practice',
      PRACTICE_CUSTOMERS: '1',
      LOG_LEVEL: 'trace',
      TRUST_PROXY: 'loopback',
      ...(database ? { DATABASE_URL: database } : { DATA_DIR: folder }),
    });
    client = new ServerClient(await server.ready);
    const signedIn = await client.signIn('xu.jing');
    me = signedIn.user.id;
    secrets.push(signedIn.token, signedIn.user.name, 'xu.jing');
  }, 180_000);
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await server?.ended;
    await backend?.stop();
  });

  async function ask(path: string, init: RequestInit): Promise<number> {
    const headers = { 'x-forwarded-for': personal.address, ...init.headers };
    const response = await fetch(`${client.url}${path}`, { ...init, headers });
    await response.arrayBuffer();
    return response.status;
  }

  test('has what desks do, and nothing of whom they do it for', async () => {
    const { name: customer, company, number, note } = personal;
    const results = await client.push(
      operationBy(me, {
        entity: 'customer',
        fields: { ...customerFields(customer), pinnedNote: note, tags: [company] },
      }),
      operationBy(me, {
        entity: 'ticket',
        fields: { ...ticketFields(me, note), description: note },
      }),
      operationBy(me, { entity: 'task', fields: { ...taskFields(me), numberRaw: number } }),
      operationBy(me, { entity: 'wrapUp', fields: wrapUpFields(me, note) }),
      operationBy(me, { entity: 'customer', fields: { name: customer, age: number } }),
      operationBy(me, { entity: company, fields: { note } }),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...Array(4).fill('applied'),
      'rejected',
      'rejected',
    ]);
    const crm = await makeKey(client.url);
    secrets.push(crm.secret);
    const made = await crm.make('customers', { name: customer });
    await crm.call('PATCH', `/api/v1/customers/${made.id}`, { name: number });
    await crm.call('GET', `/api/v1/customers?externalId=${number}`);
    await client.pullAll();
    const live = client.live();
    await live.hello(client.token);
    await live.next();
    live.close();
  });

  test('has what fails, and nothing of what was said', async () => {
    const { login, password, token, note, number, name: customer } = personal;
    const json = { 'content-type': 'application/json' };
    const wrong = JSON.stringify({ login, password, deviceId: 'desk0001' });
    expect(await ask('/api/session', { method: 'POST', headers: json, body: wrong })).toBe(401);
    const forged = { ...json, authorization: `Bearer ${token}` };
    expect(await ask('/api/me', { headers: forged })).toBe(401);
    expect(await ask(`/api/v1/customers?name=${number}`, { headers: forged })).toBe(401);
    const right = { ...json, authorization: `Bearer ${client.token}` };
    for (const body of [
      `{"note": "${note}`,
      JSON.stringify({ deviceId: note, operations: [{ id: number, fields: { customer } }] }),
      JSON.stringify({ [note]: customer }),
    ]) {
      expect(await ask('/api/sync/push', { method: 'POST', headers: right, body })).toBe(400);
    }
    expect(await ask(`/api/${encodeURIComponent(customer)}?q=${number}`, {})).toBe(404);
    expect(await ask(`/api/%zz/${number}`, {})).toBeGreaterThanOrEqual(400);
    expect(await ask('/api/me', { headers: { cookie: note.repeat(2_000) } })).toBe(431);
    const live = client.live();
    await live.hello(token);
    await live.closed;
    const odd = client.live();
    await odd.opened();
    odd.say(`{"type": "${note}"`);
    await odd.closed;
  });

  // The embedded database lets nobody else in to provoke one.
  if (name === 'postgres') {
    test('has the code of a database error, and not its words', async () => {
      const sql = new pg.Client({ connectionString: database ?? '' });
      await sql.connect();
      await sql.query(`create unique index one_name on record ((fields->>'name'))
      where entity = 'customer' and fields->>'name' = '${personal.company}'`);
      try {
        const named = () =>
          operationBy(me, { entity: 'customer', fields: customerFields(personal.company) });
        await client.push(named());
        const headers = {
          authorization: `Bearer ${client.token}`,
          'content-type': 'application/json',
        };
        const body = JSON.stringify({ deviceId: 'desk0001', operations: [named()] });
        const answer = await fetch(`${client.url}/api/sync/push`, {
          method: 'POST',
          headers,
          body,
        });
        expect(answer.status).toBe(500);
        expect(await answer.text()).not.toContain(personal.company);
        // The log takes another way than the answer.
        await expect.poll(() => server.written()).toContain('"code":"23505"');
      } finally {
        await sql.query('drop index one_name');
        await sql.query(`delete from record where fields->>'name' = '${personal.company}'`);
        await sql.end();
      }
    });
  }

  test('so a search of all of it finds none of them', async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
    const lines = server.written();
    expect(lines).toContain('"route":"/api/sync/push","statusCode":200');
    expect(lines).toContain('"route":"/api/session","statusCode":401');
    for (const text of [...Object.values(personal), ...secrets]) {
      for (const spelling of spellings(text)) expect(lines).not.toContain(spelling);
    }
  });
});
