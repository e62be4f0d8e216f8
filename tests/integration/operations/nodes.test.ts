import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createServerClient } from '#electron/sync/serverClient.ts';
import { freePort } from '../../support/freePort.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { customerFields, ServerClient } from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '../../support/syncDesk.ts';

/** Two servers on one database, desks on both. */
describe.skipIf(!backendNames.includes('postgres'))('several nodes', () => {
  let backend: Backend;
  let databaseUrl: string;
  const nodes: ServerProcess[] = [];
  const desks: SyncDesk[] = [];

  beforeAll(async () => {
    backend = await startBackend('postgres', 'empty');
  });
  afterAll(() => backend?.stop());

  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
    for (const { child } of nodes) child.kill('SIGKILL');
    await Promise.all(nodes.splice(0).map(({ ended }) => ended));
  });

  function start(port: number): ServerProcess {
    const node = startServerProcess({
      SWITCHBOARD_MODE: 'practice',
      PRACTICE_CUSTOMERS: '5',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    });
    nodes.push(node);
    return node;
  }

  /** Both start at once on an empty database, and only one of them makes it. */
  async function startTwo(): Promise<[ServerProcess, ServerProcess, string, string]> {
    const { database } = backend.options();
    if (database.kind !== 'postgres') throw new Error('not a database for two');
    databaseUrl = database.url;
    const [one, other] = [start(await freePort()), start(await freePort())];
    return [one, other, await one.ready, await other.ready];
  }

  async function kill({ child, ended }: ServerProcess): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }

  async function startDesk(addresses: string[], login: string): Promise<SyncDesk> {
    const desk = await startSyncDesk(addresses.join(','), login);
    desks.push(desk);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
    return desk;
  }

  function addCustomer(desk: SyncDesk, name: string): string {
    const id = uuidv7();
    const fields = customerFields(name);
    desk.cache.change([{ entity: 'customer', id, fields }], desk.user.id);
    return id;
  }

  const has = (ids: string[]) => (_status: unknown, cache: SyncDesk['cache']) =>
    ids.every((id) => cache.record('customer', id) !== null);

  async function liveSocketsOf(url: string): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^switchboard_live_sockets (\d+)$/m.exec(text)?.[1]);
  }

  const patient = { timeout: 120_000 };

  test(
    'desks of a killed node move over, nothing is lost, and news cross nodes',
    patient,
    async () => {
      const [one, other, a, b] = await startTwo();
      const onA = [await startDesk([a, b], 'xu.jing'), await startDesk([a, b], 'chen.hao')];
      const onB = [await startDesk([b, a], 'lin.yue'), await startDesk([b, a], 'sun.tao')];
      const all = [...onA, ...onB];
      await expect.poll(() => liveSocketsOf(a), patient).toBe(2);
      await expect.poll(() => liveSocketsOf(b), patient).toBe(2);

      const first = all.map((desk, index) => addCustomer(desk, `first ${index}`));
      await Promise.all(all.map((desk) => desk.until(has(first))));

      const written = all.flatMap((desk, index) =>
        Array.from({ length: 20 }, (_, n) => addCustomer(desk, `before ${index}.${n}`)),
      );
      await onA[0]?.until((_status, cache) => cache.nextOperations(1000).length < 20);
      await kill(one);
      written.push(...all.map((desk, index) => addCustomer(desk, `after ${index}`)));
      await Promise.all(all.map((desk) => desk.until(isIdle)));
      await Promise.all(all.map((desk) => desk.until(has(written))));
      await expect.poll(() => liveSocketsOf(b), patient).toBe(4);

      const client = new ServerClient(b);
      await client.signIn('wu.min');
      const { changes } = await client.pullSettled();
      const made = changes.filter(({ id }) => [...first, ...written].includes(id));
      expect(made.map(({ id }) => id).sort()).toEqual([...first, ...written].sort());
      expect(made.every(({ version }) => version === 1)).toBe(true);
      expect(all.map(({ sync }) => sync.status().refused)).toEqual([[], [], [], []]);

      const again = start(Number(new URL(a).port));
      expect(await again.ready).toBe(a);
      await kill(other);
      const last = all.map((desk, index) => addCustomer(desk, `last ${index}`));
      await Promise.all(all.map((desk) => desk.until(has(last))));
      await expect.poll(() => liveSocketsOf(a), patient).toBe(4);
    },
  );

  test('a node that stops sends its desks to the other at once', async () => {
    const [one, , a, b] = await startTwo();
    const desk = await startDesk([a, b], 'xu.jing');
    await expect.poll(() => liveSocketsOf(a), patient).toBe(1);
    one.child.kill('SIGTERM');
    expect(await one.ended).toMatchObject({ code: 0 });
    await expect.poll(() => liveSocketsOf(b), patient).toBe(1);
    const id = addCustomer(desk, 'on the other');
    await desk.until(isIdle);
    const client = new ServerClient(b);
    await client.signIn('wu.min');
    expect((await client.pullSettled()).changes.map((change) => change.id)).toContain(id);
    const dead = createServerClient({ serverUrl: [a, b].join() });
    const credentials = { login: 'chen.hao', password: 'practice', deviceId: 'desk0002' };
    expect(await dead.signIn(credentials)).toMatchObject({ ok: true });
    expect(await dead.practiceUsers()).toMatchObject({ ok: true });
  });
});
