import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { PullResponse } from '#shared/sync/messages.ts';
import { temporaryFolder } from '../../support/cacheFixture.ts';
import { testOptions } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  stampAt,
  ticketFields,
  wrapUpFields,
} from '../../support/serverClient.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

let folder: ReturnType<typeof temporaryFolder>;
let server: RunningServer;
let agent: ServerClient;
let me: string;

async function start(): Promise<void> {
  server = await startServer(testOptions({ database: { kind: 'directory', path: folder.path } }));
  agent = new ServerClient(server.url);
  me = (await agent.signIn('xu.jing')).user.id;
}

/** As an administrator does it: the folder of the stopped server is copied, and put back. */
async function backUp(): Promise<void> {
  await server.stop();
  cpSync(join(folder.path, 'database'), join(folder.path, 'backup'), { recursive: true });
  await start();
}

async function restore(): Promise<void> {
  await server.stop();
  rmSync(join(folder.path, 'database'), { recursive: true });
  cpSync(join(folder.path, 'backup'), join(folder.path, 'database'), { recursive: true });
  await start();
}

/** As a restored dump has it: the same rows in a table that was made anew. */
async function writeAnew(): Promise<void> {
  await server.stop();
  const database = await PGlite.create({ dataDir: join(folder.path, 'database') });
  await database.exec(`
    create table held as table lineage;
    drop table lineage;
    create table lineage (token text primary key, xid xid8 not null default pg_current_xact_id());
    create index lineage_order on lineage (xid);
    insert into lineage select token, '900000000000' from held;
    drop table held`);
  await database.close();
  await start();
}

async function pullUnder(page: Pick<PullResponse, 'cursor' | 'lineage'>): Promise<PullResponse> {
  const { cursor, lineage } = page;
  const body = { deviceId: 'desk0001', cursor, lineage, limit: 2000 };
  return (await agent.call<PullResponse>('POST', '/api/sync/pull', body)).body;
}

beforeEach(async () => {
  folder = temporaryFolder();
  await layDatabase(folder.path);
  await start();
});

afterEach(async () => {
  await server.stop();
  folder.remove();
});

describe('a database from a backup', () => {
  test('sends a desk that has seen more back to the beginning', async () => {
    await backUp();
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    await agent.push(made);
    const seen = await agent.pullAll();
    await restore();
    const page = await pullUnder(seen);
    expect(page.restarted).toBe(true);
    expect(page.lineage).not.toBe(seen.lineage);
    expect(page.changes.length).toBeGreaterThan(10);
    expect(page.changes.map(({ id }) => id)).not.toContain(made.entityId);
    expect(await pullUnder(page)).toMatchObject({ changes: [], restarted: false });
  });

  test('sends every desk back to the beginning where it was written anew from a dump', async () => {
    const seen = await agent.pullAll();
    await writeAnew();
    const page = await pullUnder(seen);
    expect(page.restarted).toBe(true);
    expect(page.lineage).not.toBe(seen.lineage);
    await server.stop();
    await start();
    expect(await pullUnder(page)).toMatchObject({ changes: [], restarted: false });
  });

  test('is no such thing after an ordinary restart', async () => {
    await agent.push(operationBy(me, { entity: 'customer', fields: customerFields() }));
    const seen = await agent.pullAll();
    await server.stop();
    await start();
    const page = await pullUnder(seen);
    expect(page).toMatchObject({ changes: [], cursor: seen.cursor, restarted: false });
    expect(page.lineage).not.toBe(seen.lineage);
  });

  test('tells which operations it has lost, and of nobody else', async () => {
    const kept = operationBy(me, { entity: 'customer', fields: customerFields() });
    await agent.push(kept);
    await backUp();
    const lost = operationBy(me, { entity: 'customer', fields: customerFields() });
    await agent.push(lost);
    await restore();
    const body = { deviceId: 'desk0001', operationIds: [kept.id, lost.id] };
    const answer = await agent.call('POST', '/api/sync/known', body);
    expect(answer.body).toEqual({ unknown: [lost.id] });
    await agent.signIn('chen.hao');
    const others = await agent.call('POST', '/api/sync/known', body);
    expect(others.body).toEqual({ unknown: [kept.id, lost.id] });
  });

  test('tells a desk of what another desk of its user offered again, and was refused', async () => {
    const refused = operationBy(me, { entity: 'wrapUp', fields: wrapUpFields(uuidv7()) });
    const [told] = await agent.push(refused);
    expect(told).toMatchObject({ outcome: 'rejected' });
    const body = { deviceId: 'desk0002', operationIds: [refused.id] };
    const answer = await agent.call('POST', '/api/sync/known', body);
    expect(answer.body).toEqual({ unknown: [refused.id] });
    expect(await agent.push(refused)).toEqual([told]);
  });

  test('keeps the change of a lost record until some desk brings it back', async () => {
    const entityId = uuidv7();
    const at = Date.now();
    const edit = operationBy(me, {
      entity: 'customer',
      entityId,
      baseVersion: 1,
      clock: stampAt(at),
      fields: { pinnedNote: 'Prefers mail' },
    });
    expect(await agent.push(edit)).toMatchObject([{ outcome: 'applied', version: null }]);
    expect((await agent.pullAll()).changes.map(({ id }) => id)).not.toContain(entityId);
    const made = operationBy(me, {
      entity: 'customer',
      entityId,
      clock: stampAt(at - 1_000),
      fields: customerFields(),
    });
    expect(await agent.push(made)).toMatchObject([{ outcome: 'applied', version: 1 }]);
    const found = (await agent.pullAll()).changes.find(({ id }) => id === entityId);
    expect(found?.fields).toEqual({ ...customerFields(), pinnedNote: 'Prefers mail' });
    expect(await agent.push(edit, made)).toMatchObject([{ version: 1 }, { version: 1 }]);
  });

  test('lets a waiting change decide no more than one that finds its record', async () => {
    const entityId = uuidv7();
    const farAhead = stampAt(Date.now() + 30 * 86_400_000);
    const wrong = { no: '1', subject: 'From a clock that is far ahead' };
    const edit = { entity: 'ticket', entityId, baseVersion: 1, clock: farAhead, fields: wrong };
    expect(await agent.push(operationBy(me, edit))).toMatchObject([{ version: null }]);
    const made = operationBy(me, { entity: 'ticket', entityId, fields: ticketFields(me) });
    expect(await agent.push(made)).toMatchObject([{ version: 1 }]);
    const later = stampAt(Date.now() + 1_000);
    const right = { subject: 'Later' };
    await agent.push(operationBy(me, { ...edit, clock: later, fields: right }));
    const found = (await agent.pullAll()).changes.find(({ id }) => id === entityId);
    expect(found?.fields).toMatchObject({
      subject: 'Later',
      no: expect.stringMatching(/^\d{11}$/),
    });
  });

  test('lets nobody change a record of somebody else by coming first', async () => {
    const entityId = uuidv7();
    const other = (await agent.signIn('chen.hao')).user.id;
    const edit = operationBy(other, {
      entity: 'presence',
      entityId,
      baseVersion: 1,
      fields: { state: 'ready' },
    });
    expect(await agent.push(edit)).toMatchObject([{ outcome: 'rejected', reason: 'not-yours' }]);
  });
});
