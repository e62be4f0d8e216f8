import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '#electron/cache/file/connection.ts';
import { tables } from '#electron/cache/records/tables.ts';
import type { Log } from '#electron/core/providers.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { type EntityName, entityNames } from '#shared/sync/entities.ts';
import type { Change, HashResponse, RangeResponse } from '#shared/sync/messages.ts';
import type { UserChange } from '#shared/sync/users.ts';
import {
  callFields,
  customerFields,
  newId,
  quietLog,
  taskFields,
  temporaryFolder,
  testKey,
} from '../../support/cacheFixture.ts';
import { HttpProxy, type ProxiedRequest, type ProxyDecision } from '../../support/httpProxy.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { operationBy, ServerClient, testDevice } from '../../support/serverClient.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '../../support/syncDesk.ts';

describe.each(backendNames)('a desk and the server on %s compare their records', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let proxy: HttpProxy;
  let decide: (request: ProxiedRequest) => ProxyDecision;
  let folder: ReturnType<typeof temporaryFolder>;
  let desk: SyncDesk;
  let second: Database;
  let warnings: { message: string; fields: Record<string, unknown> | undefined }[];
  const log: Log = {
    ...quietLog,
    warn: (message, fields) => void warnings.push({ message, fields }),
  };

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options({ practiceCustomers: 8 }));
    proxy = await HttpProxy.to(server.url, (request) => decide(request));
  }, 60_000);
  afterAll(async () => {
    await proxy?.close();
    await server?.stop();
    await backend?.stop();
  });

  async function start(login: string): Promise<void> {
    desk = await startSyncDesk(proxy.url, login, { folder: folder.path, log });
    second = connect(
      { file: join(folder.path, 'desk.db'), key: testKey },
      { cacheKiB: 1024, checkpointPages: 0 },
    );
    desk.sync.start(desk.token);
    await desk.until(isIdle);
  }

  beforeEach(() => {
    decide = () => 'pass';
    warnings = [];
    folder = temporaryFolder();
  });
  afterEach(async () => {
    second.close();
    await desk.stop();
    folder.remove();
  });

  /** What the desk does alone is tried on one database. */
  const ofDesk = (what: string, run: () => Promise<void>) => {
    if (name === backendNames[0]) test(what, run);
  };

  const isCompared = (status: Parameters<typeof isIdle>[0]) =>
    isIdle(status) && status.comparing === null;

  async function compared(): Promise<void> {
    desk.sync.compare();
    await desk.until(isCompared);
  }

  async function whatServerShows(): Promise<Change[]> {
    const client = new ServerClient(server.url);
    client.token = desk.token;
    return (await client.pullAll()).changes.filter(({ withdrawn }) => !withdrawn);
  }

  /** Every record of the desk is the server's, and there are no others. */
  async function expectEqual(): Promise<void> {
    const shown = await whatServerShows();
    for (const { entity, id, fields } of shown) {
      expect(desk.cache.record(entity as EntityName, id), `${entity} ${id}`).toEqual(fields);
    }
    const held = entityNames.map((entity) => idsHere(entity).length);
    const wanted = entityNames.map((entity) => shown.filter((one) => one.entity === entity).length);
    expect(held).toEqual(wanted);
  }

  const idsHere = (entity: EntityName) =>
    second
      .prepare<[], string>(`SELECT "id" FROM "${tables[entity].name}" ORDER BY "id"`)
      .pluck()
      .all();

  test('and find nothing where nothing is wrong', async () => {
    await start('xu.jing');
    const asked = new Set<string>();
    decide = ({ path }) => {
      asked.add(path);
      return 'pass';
    };
    await compared();
    expect(asked).toContain('/api/sync/hash');
    expect(asked).not.toContain('/api/sync/range');
    expect(warnings).toEqual([]);
    await expectEqual();
  });

  test('and mend what somebody did to the file', async () => {
    await start('wu.min');
    await expectEqual();
    const [first, , third] = idsHere('customer');
    second.prepare('UPDATE customer SET "name" = ? WHERE "id" = ?').run('篡改', first);
    second.prepare('DELETE FROM customer WHERE "id" = ?').run(third);
    second.exec('DELETE FROM ticket');
    second.exec(`UPDATE contact SET "version" = 3 WHERE "kind" = 'call'`);
    second.exec(`UPDATE contact_point SET "clocks" = '000000000001-0000-nobody00'`);
    const columns = tables.task.columns.map(({ name }) => name);
    const copied = [...columns, 'extra', 'version', 'clocks'].map((one) => `"${one}"`).join(', ');
    second.exec(
      `INSERT INTO task ("id", ${copied}) SELECT '${newId()}', ${copied} FROM task LIMIT 1`,
    );
    await compared();
    await expectEqual();
    expect(warnings.map(({ fields }) => fields?.entity)).toEqual(
      expect.arrayContaining(['customer', 'ticket', 'contact', 'contactPoint', 'task']),
    );
    warnings = [];
    await compared();
    expect(warnings).toEqual([]);
  });

  ofDesk('and lose nothing of the outbox over it', async () => {
    await start('xu.jing');
    const [customerId = ''] = idsHere('customer');
    const made = newId();
    let refused = 0;
    // The changes wait, because they do not get through; the comparison does.
    decide = ({ path }) => {
      if (path !== '/api/sync/push') return 'pass';
      refused += 1;
      return 503;
    };
    desk.cache.change(
      [{ entity: 'customer', id: customerId, fields: { name: '我的' } }],
      desk.user.id,
    );
    desk.cache.change([{ entity: 'customer', id: made, fields: customerFields() }], desk.user.id);
    await desk.until(({ state }) => state === 'offline');
    const waiting = desk.cache.nextOperations(10);
    second.prepare('DELETE FROM customer WHERE "id" NOT IN (?, ?)').run(customerId, made);
    second.prepare('UPDATE server_record SET "fields" = ? WHERE "id" = ?').run('{}', customerId);
    desk.cache.check.progress.begin();
    expect(refused).toBeGreaterThan(0);
    expect(waiting).toHaveLength(2);

    decide = () => 'pass';
    desk.sync.retry();
    await desk.until(isCompared);
    expect(desk.cache.record('customer', customerId)?.name).toBe('我的');
    expect((await whatServerShows()).map(({ id }) => id)).toContain(made);
    await expectEqual();
  });

  ofDesk('and go on where they were when the desk was ended', async () => {
    await start('xu.jing');
    second.exec('DELETE FROM "order"'.replace('"order"', 'customer_order'));
    const places: unknown[] = [];
    let whenBusy = () => {};
    decide = ({ path, body }) => {
      if (path !== '/api/sync/hash') return 'pass';
      places.push(JSON.parse(body).entity);
      if (places.length <= 3) return 'pass';
      whenBusy();
      return 503;
    };
    const busy = new Promise<void>((resolve) => {
      whenBusy = resolve;
    });
    desk.sync.compare();
    await busy;
    const reached = places.at(-1);
    second.close();
    await desk.stop();
    decide = ({ path, body }) => {
      if (path === '/api/sync/hash') places.push(JSON.parse(body).entity);
      return 'pass';
    };
    places.length = 0;
    await start('xu.jing');
    await desk.until(isCompared);
    expect(places[0]).toBe(reached);
    await expectEqual();
  });

  ofDesk('not with a server of before, which does not know how', async () => {
    await start('xu.jing');
    decide = ({ path }) => (path === '/api/sync/hash' ? 'unknown' : 'pass');
    await compared();
    expect(desk.cache.check.progress.finishedAt()).not.toBeNull();
  });

  describe('where a user gets another role or team', () => {
    test('what belongs to it comes, what does not goes, and the outbox stays', async () => {
      await start('liu.fang');
      const agent = new ServerClient(server.url);
      const xu = (await agent.signIn('xu.jing')).user.id;
      const call = operationBy(xu, { entity: 'call', fields: callFields({ agentId: xu }) });
      const task = operationBy(xu, { entity: 'task', fields: taskFields({ ownerId: xu }) });
      await agent.push(call, task);
      const admin = new ServerClient(server.url);
      await admin.signIn('admin');
      const change = async (wanted: UserChange) => {
        const { status } = await admin.call('PATCH', `/api/users/${desk.user.id}`, wanted);
        expect(status).toBe(200);
      };
      const here = (entity: EntityName, { entityId }: { entityId: string }) =>
        desk.cache.record(entity, entityId) !== null;
      const see = (calls: boolean, tasks: boolean) =>
        desk.until(
          (status) =>
            isCompared(status) && here('call', call) === calls && here('task', task) === tasks,
        );
      expect(here('call', call)).toBe(false);

      await change({ role: 'supervisor' });
      desk.sync.retry();
      await see(true, true);
      await expectEqual();

      await change({ role: 'agent', teamId: 'east' });
      desk.sync.retry();
      await see(false, true);
      await expectEqual();

      // Offline while the user goes back to the other team.
      decide = () => 503;
      desk.sync.retry();
      await desk.until(({ state }) => state === 'offline');
      const title = 'Done on the way';
      desk.cache.change([{ entity: 'task', id: task.entityId, fields: { title } }], desk.user.id);
      const own = newId();
      const fields = taskFields({ ownerId: desk.user.id });
      desk.cache.change([{ entity: 'task', id: own, fields }], desk.user.id);
      await change({ teamId: 'west' });
      decide = () => 'pass';
      desk.sync.retry();
      const status = await desk.until(
        (now) => isCompared(now) && now.refused.length > 0 && desk.cache.scope() !== null,
      );
      // The task is not theirs to change any more; they are told, and see it until they have given it up.
      expect(status.refused).toMatchObject([{ entityId: task.entityId, reason: 'not-yours' }]);
      desk.cache.discardRefused(status.refused[0]?.operationId ?? '');
      await see(false, false);
      await expectEqual();
      expect(here('task', { entityId: own })).toBe(true);
    });
  });

  describe('asked directly', () => {
    let client: ServerClient;
    const hash = (body: Record<string, unknown>) =>
      client.call<HashResponse>('POST', '/api/sync/hash', { deviceId: testDevice, ...body });
    const range = (body: Record<string, unknown>) =>
      client.call<RangeResponse>('POST', '/api/sync/range', { deviceId: testDevice, ...body });

    beforeEach(async () => {
      await start('wu.min');
      client = new ServerClient(server.url);
      client.token = desk.token;
    });

    test('the server compares as of the cursor, whatever is committed meanwhile', async () => {
      const cursor = await client.tip();
      const at = { cursor, entity: 'customer', after: null };
      const before = (await hash(at)).body;
      const [id = ''] = idsHere('customer');
      const made = operationBy(desk.user.id, { entity: 'customer', fields: customerFields() });
      const change = { entity: 'customer', entityId: id, fields: { pinnedNote: 'x' } };
      await client.push(made, operationBy(desk.user.id, change));
      const after = (await hash(at)).body;
      expect(after.ranges[0]?.moved.toSorted()).toEqual([id, made.entityId].toSorted());
      const own = await desk.cache.check.hash({ entity: 'customer', after: null, upTo: null }, [
        id,
        made.entityId,
      ]);
      expect(after.ranges[0]?.hash).toBe(own);
      expect(after.ranges[0]?.count).toBe((before.ranges[0]?.count ?? 0) - 1);
    });

    test('it goes through an entity range by range', async () => {
      const cursor = await client.tip();
      const made = Array.from({ length: 150 }, () =>
        operationBy(desk.user.id, {
          entity: 'task',
          fields: taskFields({ ownerId: desk.user.id }),
        }),
      );
      await client.push(...made);
      const all = await client.pullAll();
      const tasks = all.changes.filter(({ entity }) => entity === 'task').map(({ id }) => id);
      const { body } = await hash({ cursor: all.cursor, entity: 'task', after: null });
      expect(body.ranges.map(({ upTo }) => upTo).at(-1)).toBeNull();
      expect(body.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(tasks.length);
      expect(
        (await hash({ cursor, entity: 'task', after: null })).body.ranges[0]?.moved,
      ).toHaveLength(150);
      const rest = tasks.toSorted().slice(-3);
      const part = await range({ entity: 'task', after: rest[0], upTo: rest[1] });
      expect(part.body.changes.map(({ id }) => id)).toEqual([rest[1]]);
    });

    test('it says what is wrong with a question, and nothing of an entity that it does not know', async () => {
      const asked = { cursor: '1.1', entity: 'task', after: null };
      const nowhere = '99999999999999999999.1';
      expect((await hash({ ...asked, cursor: nowhere })).status).toBe(400);
      expect((await hash({ ...asked, cursor: null })).status).toBe(400);
      expect((await hash({ ...asked, after: 'x' })).status).toBe(400);
      expect((await range({ entity: 'task', after: null })).status).toBe(400);
      expect((await hash({ ...asked, entity: 'campaign' })).body.ranges).toEqual([]);
    });
  });
});
