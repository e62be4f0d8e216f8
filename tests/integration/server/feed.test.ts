import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  behindNews,
  customerFields,
  operationBy,
  pulledAtNews,
  ServerClient,
  stampAt,
  ticketFields,
} from '../../support/serverClient.ts';

// PGlite has a single connection: no transaction can stay open while another commits, and there is
// never a second node. What depends on that is proved on PostgreSQL only.
const hasPostgres = backendNames.includes('postgres');

describe.skipIf(!hasPostgres)('the feed on a PostgreSQL with several writers', () => {
  let backend: Backend;
  let options: ServerOptions;
  let server: RunningServer;
  let agent: ServerClient;
  let me: string;
  let writer: pg.Client;

  beforeAll(async () => {
    backend = await startBackend('postgres');
    // Passwords are hashed as outside of tests.
    const { passwordCost: _, ...asUsual } = backend.options();
    options = asUsual;
    server = await startServer(options);
    agent = new ServerClient(server.url);
    me = (await agent.signIn('xu.jing')).user.id;
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  beforeEach(async () => {
    writer = new pg.Client({ connectionString: urlOf(options) });
    await writer.connect();
  });

  afterEach(() => writer.end());

  async function insertBy(client: pg.Client, id: string): Promise<void> {
    await client.query(
      `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
       values ('customer', $1, 1, $2, '{}', 0, 0)`,
      [id, JSON.stringify(customerFields('Slow'))],
    );
    await client.query(`select pg_notify('switchboard_news', '')`);
  }

  async function welcomed() {
    const socket = agent.live();
    await socket.hello(agent.token);
    await socket.next();
    return socket;
  }

  test.each(['commit', 'rollback'])('a slow transaction is never skipped: %s', async (end) => {
    const tip = await agent.tip();
    const socket = await welcomed();
    const slow = uuidv7();
    await writer.query('begin');
    await insertBy(writer, slow);

    const quick = operationBy(me, { entity: 'customer', fields: customerFields('Quick') });
    expect(await agent.push(quick)).toMatchObject([{ outcome: 'applied' }]);
    expect(await socket.next()).toEqual({ type: 'news' });
    const early = await agent.pull(tip);
    expect(early).toMatchObject({ changes: [], cursor: tip, more: false });

    await writer.query(end);
    const behind = { cursor: early.cursor, id: quick.entityId };
    expect(await pulledAtNews(socket, agent, behind)).toEqual(
      end === 'commit' ? [slow, quick.entityId] : [quick.entityId],
    );
    socket.close();
  });

  test('what runs long in another database of the cluster holds nothing back', async () => {
    const elsewhere = new pg.Client({ connectionString: urlOf(backend.options()) });
    await elsewhere.connect();
    onTestFinished(() => elsewhere.end());
    await elsewhere.query('begin');
    await elsewhere.query('select pg_current_xact_id()');
    const tip = await agent.tip();
    const made = operationBy(me, { entity: 'customer', fields: customerFields('Shown') });
    await agent.push(made);
    await expect
      .poll(async () => (await agent.pullAll(tip)).changes.map(({ id }) => id))
      .toContain(made.entityId);
  });

  test('a desk that pulls while many write misses nothing', async () => {
    const tip = await agent.tip();
    const made = Array.from({ length: 40 }, () =>
      operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
    );
    const seen = new Set<string>();
    let cursor = tip;
    let writing = true;
    const pulling = (async () => {
      let page = await agent.pull(cursor, 3);
      while (writing || page.changes.length > 0) {
        for (const change of page.changes) seen.add(change.id);
        cursor = page.cursor;
        page = await agent.pull(cursor, 3);
      }
    })();
    await Promise.all(made.map((operation) => agent.push(operation)));
    writing = false;
    await pulling;
    for (const { id } of (await agent.pullSettled(cursor)).changes) seen.add(id);
    expect(seen).toEqual(new Set(made.map((operation) => operation.entityId)));
  });

  test('two nodes: a commit at one is news at the other, a sign-out ends there too', async () => {
    const node = await startServer(options);
    const there = new ServerClient(node.url);
    there.token = (await agent.signIn('xu.jing')).token;
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    const tip = await there.tip();
    const socket = there.live();
    await socket.hello(there.token);
    await socket.next();
    await agent.push(made);
    expect(await pulledAtNews(socket, there, { cursor: tip, id: made.entityId })).toEqual([
      made.entityId,
    ]);
    expect(await there.push(made)).toMatchObject([{ outcome: 'applied', version: 1 }]);
    await agent.call('DELETE', '/api/session');
    expect(await behindNews(socket)).toEqual({ type: 'signedOut' });
    await node.stop();
    await agent.signIn('xu.jing');
  });

  test('a node that lost its LISTEN connection hears again, and says there is news', async () => {
    const socket = await welcomed();
    await writer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'switchboard listener' and datname = current_database()`,
    );
    expect(await socket.next()).toEqual({ type: 'news' });
    await agent.push(operationBy(me, { entity: 'customer', fields: customerFields() }));
    expect(await socket.next()).toEqual({ type: 'news' });
    socket.close();
  });

  test('requests go on after the loss of every connection', async () => {
    await writer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'switchboard' and datname = current_database()`,
    );
    // A connection is found dead by the request that takes it; that one is told to come again.
    await vi.waitFor(async () => {
      const { status, body } = await agent.call('GET', '/api/me');
      if (status !== 200) expect(body).toMatchObject({ status: 503, code: 'internal' });
      expect(status).toBe(200);
    }, 45_000);
    expect((await agent.call('GET', '/readyz')).status).toBe(200);
  });

  test('every value ever written stays in the history', async () => {
    const base = Date.now() - 10_000;
    const first = { entity: 'customer', fields: customerFields('First'), clock: stampAt(base) };
    const made = operationBy(me, first);
    const { entityId } = made;
    const late = operationBy(me, { entity: 'customer', entityId, fields: { name: 'Late' } });
    const lost = operationBy(me, {
      entity: 'customer',
      entityId,
      fields: { name: 'Lost', pinnedNote: 'won' },
      clock: stampAt(base + 1),
    });
    await agent.push(made, late, lost);
    const { rows } = await writer.query(
      `select fields->>'name' as name, outcome, lost, device, author from operation
        where entity = 'customer' and entity_id = $1 order by received_at, id`,
      [entityId],
    );
    const common = { device: 'desk0001', author: me };
    expect(rows).toEqual([
      { name: 'First', outcome: 'applied', lost: [], ...common },
      { name: 'Late', outcome: 'applied', lost: [], ...common },
      { name: 'Lost', outcome: 'merged', lost: ['name'], ...common },
    ]);
  });

  test('no password and no token stands in the database', async () => {
    const { token } = await agent.signIn('chen.hao');
    const { rows } = await writer.query('select token_hash from session');
    expect(rows.map((row) => row.token_hash)).not.toContain(token);
    const accounts = await writer.query('select password_hash from account');
    for (const row of accounts.rows) expect(row.password_hash).toMatch(/^scrypt\$1024\$8\$1\$/);
    await agent.signIn('xu.jing');
  });
});

describe.skipIf(!hasPostgres)('starting on a PostgreSQL', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startBackend('postgres', 'empty');
  });
  afterAll(() => backend?.stop());

  async function inDatabase(options: ServerOptions, ...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: urlOf(options) });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  test('a restored dump is fetched once by every desk, whatever its cursor', async () => {
    // Without tickets: the clocks of theirs that ran out would be news of today.
    const options = backend.options({ practiceCustomers: 0 });
    const before = await startServer(options);
    const agent = new ServerClient(before.url);
    await agent.signIn('xu.jing');
    const whole = await agent.pullSettled();
    await before.stop();
    // Not of long ago: the server forgets such rows once a day, which may be now.
    const now = Date.now();
    await inDatabase(
      options,
      `insert into record (entity, id, version, fields, clocks, created_at, updated_at)
       select 'takenBack', id, 9, '{"entity": "user"}', '{}', ${now}, ${now} from record where entity = 'user'`,
      `update record set xid = '900000000000'`,
    );

    const after = await startServer(options);
    const desk = new ServerClient(after.url);
    desk.token = agent.token;
    const again = await desk.pullSettled(whole.cursor);
    const users = whole.changes.filter(({ entity }) => entity === 'user').length;
    expect(again.changes).toHaveLength(whole.changes.length + users);
    expect(await desk.pullSettled('900000000005.7')).toMatchObject({
      changes: expect.objectContaining({ length: whole.changes.length + users }),
    });
    // What was taken back once, and is there again, is there.
    const ofUsers = again.changes.filter(({ entity }) => entity === 'user');
    const wanted = [true, false].flatMap((withdrawn) => Array(users).fill(withdrawn));
    expect(ofUsers.map(({ withdrawn }) => withdrawn)).toEqual(wanted);
    expect((await desk.pullSettled(again.cursor)).changes).toEqual([]);
    await after.stop();

    const third = await startServer(options);
    desk.token = agent.token;
    const later = new ServerClient(third.url);
    later.token = agent.token;
    expect((await later.pullSettled(again.cursor)).changes).toEqual([]);
    await third.stop();
  });

  test('a database of a newer version is refused', async () => {
    const options = backend.options({ practiceCustomers: 0 });
    await (await startServer(options)).stop();
    await inDatabase(options, `insert into kysely_migration values ('9999_later', '')`);
    await expect(startServer(options)).rejects.toThrow(/newer version.*9999_later/);
  });

  test('passwords of a site are hashed as dear as is asked of them, those of practice are no secret', async () => {
    const { passwordCost: _, ...options } = backend.options({
      mode: 'site',
      firstAdministrator: { login: 'root', password: 'correct horse' },
    });
    await (await startServer(options)).stop();
    const client = new pg.Client({ connectionString: urlOf(options) });
    await client.connect();
    const { rows } = await client.query('select password_hash from account');
    await client.end();
    expect(rows).toEqual([{ password_hash: expect.stringMatching(/^scrypt\$16384\$8\$5\$/) }]);
  });

  test('a practice database is no site’s', async () => {
    const options = backend.options({ practiceCustomers: 0 });
    await (await startServer(options)).stop();
    await expect(startServer({ ...options, mode: 'site' })).rejects.toThrow(/made for practice/);
  });

  test('two servers that start at once on an empty database fill it once', async () => {
    const options = backend.options({ practiceCustomers: 2 });
    const servers = await Promise.all([startServer(options), startServer(options)]);
    const client = new ServerClient(servers[0].url);
    await client.signIn('xu.jing');
    const { changes } = await client.pullSettled();
    const settings = changes.filter((change) => change.entity === 'setting');
    expect(settings.map(({ fields }) => fields.key)).toEqual(['configuration', 'teams']);
    await Promise.all(servers.map((server) => server.stop()));
  });

  test('a server that is not there is named', async () => {
    const database = { kind: 'postgres', url: 'postgresql://x@127.0.0.1:1/x' } as const;
    await expect(startServer(backend.options({ database }))).rejects.toThrow(
      'DATABASE_URL: the database cannot be reached (ECONNREFUSED)',
    );
  });
});

function urlOf({ database }: ServerOptions): string {
  if (database.kind !== 'postgres') throw new Error('no PostgreSQL');
  return database.url;
}
