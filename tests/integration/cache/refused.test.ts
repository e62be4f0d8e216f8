import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import type { Operation, PushResult } from '#shared/sync/messages.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  stampAt,
  temporaryFolder,
  testUserId,
  ticketFields,
} from '#tests/support/cacheFixture.ts';

/** What an agent does with changes that the server refused. */
let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;

beforeEach(async () => {
  folder = temporaryFolder();
  cache = await openedCache(folder.path);
});
afterEach(async () => {
  await cache.close();
  folder.remove();
});

function refuse({ id }: Operation, reason: PushResult['reason'] = 'forbidden'): void {
  const message = 'name: too long';
  cache.acknowledge([{ operationId: id, outcome: 'rejected', version: 1, reason, message }]);
}

function onlyWaiting(): Operation {
  const [operation, more] = cache.nextOperations(10);
  if (!operation || more) throw new Error('exactly one change was expected to wait');
  return operation;
}

async function refusedRename(): Promise<{ id: string; operation: Operation }> {
  const id = newId();
  await cache.apply([changeOf('customer', id, customerFields({ name: '张伟' }))], null, 0);
  cache.change([{ entity: 'customer', id, fields: { name: '张炜', tags: ['vip'] } }], testUserId);
  const operation = onlyWaiting();
  refuse(operation);
  expect(cache.record('customer', id)?.name).toBe('张伟');
  return { id, operation };
}

async function reopen(): Promise<void> {
  await cache.close();
  cache = await openedCache(folder.path);
}

describe('the list of changes', () => {
  test('has the refused ones first, with the reason, then the waiting ones in their order', async () => {
    const { operation } = await refusedRename();
    const [first, second] = [newId(), newId()];
    cache.change([{ entity: 'ticket', id: first, fields: ticketFields() }], testUserId);
    cache.change([{ entity: 'ticket', id: second, fields: ticketFields() }], testUserId);
    expect(cache.outboxOperations(10)).toMatchObject([
      { id: operation.id, refusal: { reason: 'forbidden', message: 'name: too long' } },
      { entityId: first, refusal: null },
      { entityId: second, refusal: null },
    ]);
    expect(cache.outboxOperations(1)).toHaveLength(1);
  });
});

describe('a refused change that is tried again', () => {
  test('is offered under another id, as it was, and shows again', async () => {
    const { id, operation } = await refusedRename();
    const heard: [string[], boolean][] = [];
    cache.listen((entities, local) => heard.push([entities, local]));
    cache.retryRefused(operation.id);
    const again = onlyWaiting();
    expect(again.id).not.toBe(operation.id);
    expect(again).toEqual({ ...operation, id: again.id });
    expect(cache.outbox()).toMatchObject({ waiting: 1, refused: [] });
    expect(cache.record('customer', id)?.name).toBe('张炜');
    expect(heard).toEqual([[['customer'], true]]);
    await reopen();
    expect(onlyWaiting().id).toBe(again.id);
  });

  test('may be edited: then it is a change made now', async () => {
    const { id, operation } = await refusedRename();
    cache.retryRefused(operation.id, { name: '张玮' });
    const again = onlyWaiting();
    expect(again.fields).toEqual({
      name: '张玮',
      tags: { added: ['vip'], removed: [], stamp: operation.clock },
    });
    expect(again.clock > operation.clock).toBe(true);
    expect(cache.record('customer', id)).toMatchObject({ name: '张玮', tags: ['vip'] });
  });

  test('sorts after what was written meanwhile', async () => {
    const { id, operation } = await refusedRename();
    cache.change([{ entity: 'customer', id, fields: { name: 'In between' } }], testUserId);
    const between = onlyWaiting();
    cache.retryRefused(operation.id, { name: 'At last' });
    const [, edited] = cache.nextOperations(2);
    expect((edited?.clock ?? '') > between.clock).toBe(true);
    expect(cache.record('customer', id)?.name).toBe('At last');
  });

  test('stays refused where what was edited does not fit, and the field is named', async () => {
    const { operation } = await refusedRename();
    expect(() => cache.retryRefused(operation.id, { name: '' })).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { field: 'name' } }),
    );
    expect(cache.outbox()).toMatchObject({ waiting: 0, refused: [{ operationId: operation.id }] });
    await reopen();
    expect(cache.outbox().refused).toHaveLength(1);
  });

  test('keeps a record that only this desk has', () => {
    const id = newId();
    cache.change([{ entity: 'ticket', id, fields: ticketFields({ subject: 'Leak' }) }], testUserId);
    const operation = onlyWaiting();
    refuse(operation, 'invalid-fields');
    expect(cache.record('ticket', id)?.subject).toBe('Leak');
    cache.retryRefused(operation.id, { subject: 'Leak in the cellar' });
    expect(cache.record('ticket', id)?.subject).toBe('Leak in the cellar');
  });

  test('was refused, or is not there', async () => {
    const { operation } = await refusedRename();
    cache.retryRefused(operation.id);
    const unknown = expect.objectContaining({ code: 'not-found' });
    expect(() => cache.retryRefused(operation.id)).toThrow(unknown);
    expect(() => cache.retryRefused(onlyWaiting().id)).toThrow(unknown);
  });
});

describe('a server whose database went back to a backup', () => {
  test('is asked once more for what it had refused, and hears what is of before', async () => {
    const { id, operation } = await refusedRename();
    cache.beginAgain();
    expect(cache.outbox()).toMatchObject({ waiting: 1, refused: [] });
    expect(onlyWaiting()).toEqual({ ...operation, again: true });
    expect(cache.record('customer', id)?.name).toBe('张炜');
    cache.change([{ entity: 'customer', id, fields: { name: '章伟' } }], testUserId);
    await reopen();
    expect(cache.nextOperations(2).map(({ again }) => again)).toEqual([true, undefined]);
  });

  test('is offered again what it took under the stamp under which it took it', async () => {
    const id = newId();
    cache.change([{ entity: 'customer', id, fields: customerFields() }], testUserId);
    const operation = onlyWaiting();
    const clock = stampAt(Date.now() - 60_000, 'server');
    const answer = { operationId: operation.id, reason: null, message: null };
    cache.acknowledge([{ ...answer, outcome: 'merged', version: 1, clock }]);
    cache.offerAgain([operation.id]);
    expect(onlyWaiting()).toMatchObject({ ...operation, clock });
  });
});
