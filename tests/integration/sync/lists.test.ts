import { afterEach, describe, expect, test } from 'vitest';
import { type Operation, pushRequestSchema } from '#shared/sync/messages.ts';
import { customerFields, newId, stampAt, ticketFields } from '#tests/support/cacheFixture.ts';
import { HttpProxy } from '#tests/support/httpProxy.ts';
import { backendNames } from '#tests/support/serverBackends.ts';
import { operationBy, ServerClient } from '#tests/support/serverClient.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';
import { testServer } from '#tests/support/testServer.ts';

describe.each(backendNames)('lists that several change at once, on %s', (name) => {
  const server = testServer(name);
  const watcher = server.desk('wu.min');
  let desks: SyncDesk[] = [];

  afterEach(async () => {
    for (const desk of desks) await desk.stop();
    desks = [];
  });

  async function deskOf(login: string, url = server.url): Promise<SyncDesk> {
    const desk = await startSyncDesk(url, login);
    desks.push(desk);
    return desk;
  }

  /** Line up, everything handed in and fetched, what is held back for a moment included, line down again. */
  async function exchange(...all: SyncDesk[]): Promise<void> {
    for (const _ of [1, 2]) {
      for (const { sync, token, until } of all) {
        await watcher.tip();
        sync.start(token);
        await until(isIdle);
        await sync.stop();
      }
    }
  }

  const tagsOf = (desk: SyncDesk, id: string) => desk.cache.record('customer', id)?.tags;
  function retag(desk: SyncDesk, id: string, edit: (tags: string[]) => string[]): void {
    const tags = edit([...(tagsOf(desk, id) ?? [])]);
    desk.cache.change([{ entity: 'customer', id, fields: { tags } }], desk.user.id);
  }
  function registered(desk: SyncDesk, tags: string[]): string {
    const id = newId();
    const fields = customerFields({ tags });
    desk.cache.change([{ entity: 'customer', id, fields }], desk.user.id);
    return id;
  }

  test('what both add stays, and what one takes away is what it saw', async () => {
    const one = await deskOf('xu.jing');
    const other = await deskOf('chen.hao');
    const id = registered(one, ['new', 'vip']);
    const ticketId = newId();
    const by = { ownerId: one.user.id, firstContactId: one.user.id };
    one.cache.change([{ entity: 'ticket', id: ticketId, fields: ticketFields(by) }], one.user.id);
    await exchange(one, other);

    retag(one, id, (tags) => [...tags.filter((tag) => tag !== 'new'), 'of one', 'of both']);
    retag(other, id, (tags) => [...tags, 'of other', 'of both']);
    retag(other, id, (tags) => tags.filter((tag) => tag !== 'of both'));
    for (const { cache, user } of [one, other]) {
      const watcherIds = [user.id];
      cache.change([{ entity: 'ticket', id: ticketId, fields: { watcherIds } }], user.id);
    }
    await exchange(other, one);

    for (const { cache } of [one, other]) {
      const tags = cache.record('customer', id)?.tags ?? [];
      expect([...tags].sort()).toEqual(['of both', 'of one', 'of other', 'vip']);
      const watchers = cache.record('ticket', ticketId)?.watcherIds ?? [];
      expect([...watchers].sort()).toEqual([one.user.id, other.user.id].sort());
      expect(cache.outbox()).toMatchObject({ waiting: 0, refused: [] });
    }
    expect(tagsOf(one, id)).toEqual(tagsOf(other, id));
  });

  test('a desk of before writes whole lists, and reads them', async () => {
    const desk = await deskOf('xu.jing');
    const id = registered(desk, ['new']);
    await exchange(desk);
    const before = new ServerClient(server.url);
    const { user } = await before.signIn('liu.fang');
    const operation: Operation = {
      ...{ id: newId(), entity: 'customer', entityId: id, baseVersion: 1 },
      ...{ fields: { tags: ['whole'] }, clock: stampAt(Date.now(), 'deskofbefore') },
      ...{ authorId: user.id, at: Date.now() },
    };
    const results = await before.push(operation);
    expect(results).toMatchObject([{ outcome: 'applied' }]);
    retag(desk, id, (tags) => [...tags, 'meanwhile']);
    await exchange(desk);
    expect(tagsOf(desk, id)).toEqual(['whole', 'meanwhile']);
    const { changes } = await before.pullSettled();
    const seen = changes.find((change) => change.id === id);
    expect(seen?.fields.tags).toEqual(['whole', 'meanwhile']);
  });

  test('two that fill a list up at once: the second sees that it is full', async () => {
    const one = await deskOf('xu.jing');
    const other = await deskOf('chen.hao');
    const id = registered(one, []);
    await exchange(one, other);
    const many = (of: string) => Array.from({ length: 30 }, (_, at) => `${of} ${10 + at}`);
    retag(one, id, () => many('one'));
    retag(other, id, () => many('other'));
    await exchange(one, other);
    expect(other.cache.outbox().refused).toMatchObject([
      { entityId: id, reason: 'invalid-fields', message: expect.stringMatching(/^tags:/) },
    ]);
    for (const desk of [one, other]) expect(tagsOf(desk, id)).toEqual(many('one'));
  });

  test('a record that comes back under a later stamp takes nothing from what was added and taken away since', async () => {
    const client = new ServerClient(server.url);
    const { id: authorId } = (await client.signIn('lin.yue')).user;
    const now = Date.now();
    const of = { entity: 'customer', entityId: newId() };
    const whole = stampAt(now - 9_000, 'switchboard');
    const dot = (ms: number) => stampAt(now - ms, 'colleague');
    const retagging = (ms: number, tags: object) =>
      operationBy(authorId, { ...of, baseVersion: 1, clock: dot(ms), fields: { tags } });
    // Seen by their authors under the stamp that the record had before the backup came back.
    const before = [
      retagging(8_000, { added: ['early'], removed: [{ value: 'new', stamps: [], whole }] }),
      retagging(7_000, { added: ['gone'], removed: [] }),
    ];
    const since = [
      retagging(6_000, { added: ['late'], removed: [{ value: 'gone', stamps: [dot(7_000)] }] }),
      retagging(5_000, { added: [], removed: [{ value: 'vip', stamps: [], whole }] }),
    ];
    // A clock that was a day ahead: its stamp is not believed, neither the first time nor now.
    const made = operationBy(authorId, {
      ...{ ...of, clock: stampAt(now + 86_400_000, 'ahead') },
      fields: customerFields({ tags: ['new', 'vip', 'key'] }),
    });
    await client.push(...before);
    await client.push(made);
    await client.push(...since);
    const { changes } = await client.pullSettled();
    const tags = changes.find(({ id }) => id === of.entityId)?.fields.tags;
    expect(tags).toEqual(['key', 'early', 'late']);
  });

  test('a server of before gets the whole list', async () => {
    const pushed: Operation[] = [];
    const proxy = await HttpProxy.to(server.url, ({ path, body }) => {
      if (path === '/api/sync/push') {
        pushed.push(...pushRequestSchema.parse(JSON.parse(body)).operations);
      }
      return path === '/api/sync/device' ? 'unknown' : 'pass';
    });
    try {
      const desk = await deskOf('he.xin', proxy.url);
      const id = registered(desk, ['a']);
      await exchange(desk);
      retag(desk, id, (tags) => [...tags, 'b']);
      retag(desk, id, (tags) => [...tags, 'c']);
      await exchange(desk);
      const own = pushed.filter(({ entityId }) => entityId === id);
      const lists = own.map(({ fields }) => fields.tags);
      expect(lists).toEqual([['a'], ['a', 'b', 'c'], ['a', 'b', 'c']]);
      expect(tagsOf(desk, id)).toEqual(['a', 'b', 'c']);
    } finally {
      await proxy.close();
    }
  });
});
