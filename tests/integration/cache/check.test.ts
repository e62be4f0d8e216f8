import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { connect } from '#electron/cache/file/connection.ts';
import { serverAuthor } from '#shared/domain/serverAuthor.ts';
import { practiceUsers, userFieldsOf } from '#shared/sample/practiceUsers.ts';
import type { Change } from '#shared/sync/messages.ts';
import {
  callFields,
  changeOf,
  customerFields,
  newId,
  openedCache,
  taskFields,
  temporaryFolder,
  testKey,
  testUserId,
} from '#tests/support/cacheFixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;
let second: Database;
let customers: Change[];

const whole = { entity: 'customer', after: null, upTo: null };
const hashOf = (without: string[] = []) => cache.check.hash(whole, without);
const name = (change: Change | undefined) => cache.record('customer', change?.id ?? '')?.name;

beforeEach(async () => {
  folder = temporaryFolder();
  cache = await openedCache(folder.path);
  second = connect(
    { file: join(folder.path, 'desk.db'), key: testKey },
    { cacheKiB: 1024, checkpointPages: 0 },
  );
  customers = Array.from({ length: 5 }, (_, at) =>
    changeOf('customer', newId(), customerFields({ name: `客户 ${at}` })),
  );
  await cache.apply(customers, '1.1', 1, { scope: 'a'.repeat(16) });
});
afterEach(async () => {
  second.close();
  await cache.close();
  folder.remove();
});

/** One id after the other, as they are in the cache. */
function idsHere(): string[] {
  return second.prepare<[], string>('SELECT "id" FROM customer ORDER BY "id"').pluck().all();
}

describe('the hash of a range', () => {
  test('does not change with what waits for the server, and changes with anything else', async () => {
    const before = await hashOf();
    const [one, two] = customers;
    cache.change([{ entity: 'customer', id: one?.id ?? '', fields: { name: 'mine' } }], testUserId);
    cache.change([{ entity: 'customer', id: newId(), fields: customerFields() }], testUserId);
    expect(await hashOf()).toBe(before);

    second.prepare('UPDATE customer SET "valueClass" = ? WHERE "id" = ?').run('A', two?.id);
    expect(await hashOf()).not.toBe(before);
    expect(await hashOf([two?.id ?? ''])).not.toBe(before);
  });

  test('leaves out what it is told to', async () => {
    const [, two] = customers;
    const without = await hashOf([two?.id ?? '']);
    second.prepare('UPDATE customer SET "clocks" = ? WHERE "id" = ?').run('x', two?.id);
    expect(await hashOf([two?.id ?? ''])).toBe(without);
    second.prepare('DELETE FROM customer WHERE "id" = ?').run(two?.id);
    expect(await hashOf([two?.id ?? ''])).toBe(without);
    expect(await hashOf()).toBe(without);
  });

  test('of a part says nothing of the rest', async () => {
    const ids = idsHere();
    const part = { entity: 'customer', after: ids[0] ?? null, upTo: ids[2] ?? null };
    const before = await cache.check.hash(part, []);
    second.prepare('UPDATE customer SET "name" = ? WHERE "id" = ?').run('x', ids[0]);
    second.prepare('UPDATE customer SET "name" = ? WHERE "id" = ?').run('x', ids[3]);
    expect(await cache.check.hash(part, [])).toBe(before);
    second.prepare('UPDATE customer SET "name" = ? WHERE "id" = ?').run('x', ids[2]);
    expect(await cache.check.hash(part, [])).not.toBe(before);
  });
});

describe('the repair of a range', () => {
  test('writes what differs anew and drops what is not there', async () => {
    const before = await hashOf();
    const [one, two, three] = customers;
    second.prepare('UPDATE customer SET "name" = ? WHERE "id" = ?').run('wrong', one?.id);
    second.prepare('UPDATE customer SET "version" = 9 WHERE "id" = ?').run(two?.id);
    second.prepare('DELETE FROM customer WHERE "id" = ?').run(three?.id);
    const stray = changeOf('customer', newId(), customerFields());
    await cache.apply([stray], '1.2', 1);

    const told: string[][] = [];
    cache.listen((entities) => told.push([...entities]));
    expect(await cache.check.repair(whole, customers)).toEqual({
      replaced: 3,
      dropped: 1,
      more: false,
    });
    expect(told).toEqual([['customer']]);
    expect(await hashOf()).toBe(before);
    expect(await cache.check.repair(whole, customers)).toEqual({
      replaced: 0,
      dropped: 0,
      more: false,
    });
  });

  test('keeps what waits in the outbox, and its record until that is settled', async () => {
    const [one, two] = customers;
    const made = newId();
    cache.change([{ entity: 'customer', id: one?.id ?? '', fields: { name: 'mine' } }], testUserId);
    cache.change(
      [{ entity: 'customer', id: two?.id ?? '', fields: { name: 'mine too' } }],
      testUserId,
    );
    cache.change(
      [{ entity: 'customer', id: made, fields: customerFields({ name: 'new' }) }],
      testUserId,
    );
    const waiting = cache.nextOperations(10);
    // The first one is of another name at the server, the second is not for this user any more.
    const renamed = { ...one, version: 4, fields: { ...one?.fields, valueClass: 'A' } } as Change;
    const rest = customers.slice(2);
    expect(await cache.check.repair(whole, [renamed, ...rest])).toMatchObject({
      replaced: 1,
      dropped: 1,
    });

    expect(cache.nextOperations(10)).toEqual(waiting);
    expect(cache.record('customer', one?.id ?? '')).toMatchObject({
      name: 'mine',
      valueClass: 'A',
    });
    expect(name(two)).toBe('mine too');
    expect(cache.record('customer', made)?.name).toBe('new');

    const [, ofTwo] = waiting;
    cache.acknowledge([
      { operationId: ofTwo?.id ?? '', outcome: 'applied', version: 2, reason: null, message: null },
    ]);
    expect(name(two)).toBeUndefined();
    expect(await cache.check.repair(whole, [renamed, ...rest])).toMatchObject({
      replaced: 0,
      dropped: 0,
    });
  });

  test('a withdrawn record comes back whole where it is given back before that', async () => {
    const [one] = customers;
    const id = one?.id ?? '';
    cache.change([{ entity: 'customer', id, fields: { name: 'mine' } }], testUserId);
    await cache.apply(
      [{ ...one, version: 2, fields: {}, clocks: {}, withdrawn: true } as Change],
      '1.2',
      1,
    );
    expect(name(one)).toBe('mine');
    await cache.apply([{ ...one, version: 3 } as Change], '1.3', 1);
    const [operation] = cache.nextOperations(1);
    cache.acknowledge([
      {
        operationId: operation?.id ?? '',
        outcome: 'applied',
        version: 4,
        reason: null,
        message: null,
      },
    ]);
    expect(name(one)).toBe('mine');
  });

  test('of a refused change: the record goes when the agent has given it up', async () => {
    const [one] = customers;
    const id = one?.id ?? '';
    cache.change([{ entity: 'customer', id, fields: { name: 'mine' } }], testUserId);
    const [operation] = cache.nextOperations(1);
    const operationId = operation?.id ?? '';
    await cache.apply(
      [{ ...one, version: 2, fields: {}, clocks: {}, withdrawn: true } as Change],
      '1.2',
      1,
    );
    cache.acknowledge([
      { operationId, outcome: 'rejected', version: null, reason: 'not-yours', message: null },
    ]);
    expect(cache.outbox().refused).toMatchObject([{ operationId }]);
    cache.discardRefused(operationId);
    expect(name(one)).toBeUndefined();
  });

  test('goes on where there is too much to drop at once', async () => {
    const strays = Array.from({ length: 1_200 }, () =>
      changeOf('customer', newId(), customerFields()),
    );
    await cache.apply(strays, '1.2', 1);
    const results = [];
    do results.push(await cache.check.repair(whole, customers));
    while (results.at(-1)?.more);
    expect(results.map(({ dropped }) => dropped)).toEqual([500, 500, 200]);
    expect(idsHere()).toEqual(customers.map(({ id }) => id).sort());
  });

  test('ends also for a record that no column holds as it was written', async () => {
    const { kind: _, recordingGaps: _gaps, ...fields } = callFields();
    const old = { ...changeOf('call', newId(), callFields()), fields };
    const calls = { entity: 'call', after: null, upTo: null };
    await cache.apply([old], '1.2', 1);
    const first = await cache.check.hash(calls, []);
    expect(await cache.check.repair(calls, [old])).toMatchObject({ replaced: 1 });
    expect(await cache.check.repair(calls, [old])).toMatchObject({ replaced: 0 });
    const settled = await cache.check.hash(calls, []);
    expect(settled).not.toBe(first);
    second.prepare('UPDATE call SET "heldMs" = 77').run();
    expect(await cache.check.repair(calls, [old])).toMatchObject({ replaced: 1 });
    expect(await cache.check.hash(calls, [])).toBe(settled);
  });

  test('after the server went back, what a colleague may bring back stays, what is not for this user goes', async () => {
    const users = practiceUsers.map((user) => changeOf('user', user.id, userFieldsOf(user)));
    const self = changeOf('user', testUserId, {
      ...userFieldsOf(practiceUsers[0] as (typeof practiceUsers)[number]),
      login: 'self',
    });
    const stranger = practiceUsers.find(({ teamId }) => teamId === 'west')?.id ?? '';
    const tasks = [testUserId, stranger].map((ownerId) =>
      changeOf('task', newId(), taskFields({ ownerId })),
    );
    await cache.apply([self, ...users, ...tasks], '1.2', 1);
    cache.beginAgain();
    expect(await cache.check.repair(whole, [])).toMatchObject({ dropped: 0 });
    const ofTasks = { entity: 'task', after: null, upTo: null };
    expect(await cache.check.repair(ofTasks, [])).toMatchObject({ dropped: 1 });
    expect(tasks.map(({ id }) => cache.record('task', id) !== null)).toEqual([true, false]);

    // Nobody brings back what the server makes: it makes its own.
    const event = {
      ticketId: newId(),
      name: 'ticket.noted' as const,
      at: 1,
      byName: '',
      note: null,
      data: null,
    };
    const events = [testUserId, serverAuthor.byId].map((byId) =>
      changeOf('ticketEvent', newId(), { ...event, byId }),
    );
    const notice = changeOf('notification', newId(), {
      ...{ userId: testUserId, kind: 'ticket.warned', at: 1, ticketId: null, taskId: null },
      ...{ subject: '', byName: null, readAt: null },
    });
    await cache.apply([...events, notice], '1.3', 1);
    for (const entity of ['ticketEvent', 'notification', 'user']) {
      await cache.check.repair(
        { entity, after: null, upTo: null },
        entity === 'user' ? [self] : [],
      );
    }
    expect(events.map(({ id }) => cache.record('ticketEvent', id) !== null)).toEqual([true, false]);
    expect(cache.record('notification', notice.id)).toBeNull();
    expect(users.filter(({ id }) => cache.record('user', id) !== null)).toEqual([]);
  });
});

describe('when a comparison is due', () => {
  const place = () => cache.check.progress.place();

  test('with another scope, but not with the first one', async () => {
    expect(place()).toBeNull();
    await cache.apply([], '1.2', 1, { scope: 'a'.repeat(16) });
    expect(place()).toBeNull();
    await cache.apply([], '1.3', 1, { scope: 'b'.repeat(16) });
    expect(place()).toEqual({ entity: 'task', after: null });
    expect(cache.scope()).toBe('b'.repeat(16));
  });

  test('after the desk was not closed properly, and it goes on where it was', async () => {
    cache.markFirstSyncDone();
    const id = newId();
    cache.check.progress.moveTo({ entity: 'ticket', after: id });
    await cache.close();
    cache = await openedCache(folder.path);
    expect(place()).toEqual({ entity: 'ticket', after: id });
    cache.check.progress.finish(1);
    expect(place()).toBeNull();
    // As a kill leaves it.
    second.prepare(`UPDATE meta SET "value" = '1' WHERE "key" = 'open'`).run();
    await cache.close();
    second.prepare(`UPDATE meta SET "value" = '1' WHERE "key" = 'open'`).run();
    cache = await openedCache(folder.path);
    expect(place()).toEqual({ entity: 'task', after: null });
  });
});
