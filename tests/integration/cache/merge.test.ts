import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import type { EntityName } from '#shared/sync/entities.ts';
import { mergeFields, type Versioned } from '#shared/sync/merge.ts';
import type { Change, Operation, PushResult } from '#shared/sync/messages.ts';
import {
  changeOf,
  contactFields,
  customerFields,
  newId,
  openedCache,
  stampAt,
  systemClock,
  temporaryFolder,
  testUserId,
  ticketFields,
} from '#tests/support/cacheFixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;
let nowMs = 5_000_000;

beforeEach(async () => {
  nowMs = 5_000_000;
  folder = temporaryFolder();
  cache = await openedCache(folder.path, { clock: { ...systemClock, now: () => nowMs } });
});
afterEach(async () => {
  await cache.close();
  folder.remove();
});

function resultOf(operation: Operation | undefined, parts: Partial<PushResult> = {}): PushResult {
  const operationId = operation?.id ?? '';
  return { operationId, outcome: 'applied', version: 2, reason: null, message: null, ...parts };
}

const refused = { outcome: 'rejected', reason: 'state-not-allowed', version: 1 } as const;

describe('local changes', () => {
  test('one operation for each changed record, with only the fields that changed', async () => {
    const id = newId();
    await cache.apply([changeOf('customer', id, customerFields(), { version: 7 })], null, 0);
    const heard: [EntityName[], boolean][] = [];
    cache.listen((entities, local) => heard.push([entities, local]));
    cache.change(
      [
        { entity: 'customer', id, fields: { name: '张伟', valueClass: 'A' } },
        { entity: 'ticket', id: newId(), fields: ticketFields({ customerId: id }) },
        { entity: 'customer', id, fields: { valueClass: 'A' } },
      ],
      testUserId,
    );

    expect(cache.nextOperations(10)).toMatchObject([
      { entity: 'customer', fields: { valueClass: 'A' }, baseVersion: 7, authorId: testUserId },
      { entity: 'ticket', baseVersion: null, at: nowMs },
    ]);
    expect(heard).toEqual([[['customer', 'ticket'], true]]);
    expect(cache.outbox()).toEqual({ waiting: 2, waitingSince: nowMs, refused: [] });
  });

  test('stand, and are told to all others, where one who hears of them fails', () => {
    const heard: EntityName[][] = [];
    cache.listen(() => {
      throw new Error('scripted');
    });
    cache.listen((entities) => heard.push(entities));
    const ticket = { entity: 'ticket', id: newId(), fields: ticketFields() } as const;
    cache.change([ticket], testUserId);
    expect(cache.record('ticket', ticket.id)).not.toBeNull();
    expect(heard).toEqual([['ticket']]);
  });

  test.each([
    ['a field of the wrong kind', { entity: 'customer', fields: { name: 5 } }],
    ['a new record with fields missing', { entity: 'customer', fields: { name: 'x' } }],
    ['a record that only the server writes', { entity: 'user', fields: { name: 'x' } }],
  ])('%s is refused, and nothing of the batch is kept', (_, change) => {
    const id = newId();
    const batch = [
      { entity: 'customer', id, fields: customerFields() },
      { id: newId(), ...change },
    ];
    expect(() => cache.change(batch as Parameters<Cache['change']>[0], testUserId)).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
    expect(cache.record('customer', id)).toBeNull();
    expect(cache.outbox().waiting).toBe(0);
  });

  test('a record that only appends is written once', () => {
    const id = newId();
    const fields = { userId: testUserId, state: 'ready', reason: null, from: 1, to: 2 } as const;
    cache.change([{ entity: 'agentInterval', id, fields }], testUserId);
    cache.change([{ entity: 'agentInterval', id, fields: { to: 3 } }], testUserId);
    expect(cache.record('agentInterval', id)?.to).toBe(2);
    expect(cache.nextOperations(10)).toHaveLength(1);
  });

  test('a change made after the clock went back still wins over what was seen', async () => {
    const id = newId();
    await cache.apply(
      [changeOf('customer', id, customerFields(), { stamp: stampAt(nowMs + 30_000) })],
      null,
      0,
    );
    nowMs -= 10_000;
    cache.change([{ entity: 'customer', id, fields: { name: 'newer' } }], testUserId);
    expect(cache.record('customer', id)?.name).toBe('newer');
  });

  test('stamps follow the clock of the server', () => {
    cache.setClockOffset(-1_000_000);
    cache.change([{ entity: 'customer', id: newId(), fields: customerFields() }], testUserId);
    const [operation] = cache.nextOperations(1);
    expect(operation?.at).toBe(4_000_000);
    expect(operation?.clock.slice(0, 12)).toBe((4_000_000).toString(16).padStart(12, '0'));
  });
});

describe('answers of the server', () => {
  test('a taken change is the server’s record from then on', async () => {
    const id = newId();
    cache.change([{ entity: 'ticket', id, fields: ticketFields() }], testUserId);
    cache.acknowledge([resultOf(cache.nextOperations(1)[0], { version: 1 })]);
    expect(cache.ticket(id)?.ticket.waiting).toBe(false);
    cache.change([{ entity: 'ticket', id, fields: { priority: 'major' } }], testUserId);
    expect(cache.nextOperations(1)).toMatchObject([{ baseVersion: 1 }]);
  });

  test('what the server has made of a change stands, though its answer comes after the record', async () => {
    const id = newId();
    cache.change([{ entity: 'ticket', id, fields: ticketFields() }], testUserId);
    const [operation] = cache.nextOperations(1);
    const fields = ticketFields({ firstContactName: 'as the account says' });
    const stamp = operation?.clock ?? '';
    await cache.apply([changeOf('ticket', id, fields, { version: 1, stamp })], null, 0);
    cache.acknowledge([resultOf(operation, { version: 1 })]);
    expect(cache.record('ticket', id)?.firstContactName).toBe('as the account says');
  });

  test('a refused change is taken back and listed until the agent has seen it', async () => {
    const id = newId();
    await cache.apply([changeOf('ticket', id, ticketFields())], null, 0);
    cache.change([{ entity: 'ticket', id, fields: { state: 'closed' } }], testUserId);
    const [operation] = cache.nextOperations(1);
    cache.acknowledge([resultOf(operation, { ...refused, message: 'not yet resolved' })]);

    expect(cache.ticket(id)?.ticket.state).toBe('registered');
    expect(cache.outbox()).toMatchObject({
      waiting: 0,
      refused: [
        { operationId: operation?.id, entityId: id, reason: 'state-not-allowed', at: nowMs },
      ],
    });
    expect(cache.nextOperations(1)).toEqual([]);
    cache.discardRefused(operation?.id ?? '');
    expect(cache.outbox().refused).toEqual([]);
  });

  test('a refused new record stays visible until the agent gives it up', () => {
    const id = newId();
    cache.change([{ entity: 'ticket', id, fields: ticketFields() }], testUserId);
    const [operation] = cache.nextOperations(1);
    cache.acknowledge([resultOf(operation, { ...refused, version: null })]);
    expect(cache.ticket(id)?.ticket).toMatchObject({
      subject: 'Where is my parcel',
      waiting: true,
    });
    cache.discardRefused(operation?.id ?? '');
    expect(cache.ticket(id)).toBeNull();
  });

  test('a waiting change cannot be discarded, an unknown answer changes nothing', () => {
    const id = newId();
    cache.change([{ entity: 'ticket', id, fields: ticketFields() }], testUserId);
    const [operation] = cache.nextOperations(1);
    cache.discardRefused(operation?.id ?? '');
    cache.acknowledge([resultOf({ ...operation, id: newId() } as Operation)]);
    expect(cache.nextOperations(10)).toHaveLength(1);
  });
});

describe('pulled changes', () => {
  test('the cursor is stored with the page', async () => {
    expect(cache.cursor()).toBeNull();
    await cache.apply([changeOf('customer', newId(), customerFields())], '12.34', 1);
    expect(cache.cursor()).toBe('12.34');
  });

  test('an older version never overwrites a newer one', async () => {
    const id = newId();
    await cache.apply(
      [changeOf('customer', id, customerFields({ name: 'v3' }), { version: 3 })],
      null,
      0,
    );
    await cache.apply(
      [changeOf('customer', id, customerFields({ name: 'v2' }), { version: 2 })],
      null,
      0,
    );
    expect(cache.record('customer', id)?.name).toBe('v3');
  });

  test('a withdrawn record goes, with its place in the search', async () => {
    const id = newId();
    const fields = customerFields({ name: '司马相如' });
    await cache.apply([changeOf('customer', id, fields)], null, 0);
    expect(await cache.search.customers('相如', 5)).toHaveLength(1);
    await cache.apply([changeOf('customer', id, fields, { version: 2, withdrawn: true })], null, 0);
    expect(cache.card(id)).toBeNull();
    expect(await cache.search.customers('相如', 5)).toEqual([]);
  });

  test('fields that this version does not know are kept, and pushed changes leave them alone', async () => {
    const id = newId();
    const fields = { ...customerFields(), loyaltyTier: { name: 'gold' } };
    await cache.apply([changeOf('customer', id, fields)], null, 0);
    cache.change([{ entity: 'customer', id, fields: { name: 'new' } }], testUserId);
    expect(cache.record('customer', id)).toEqual({ ...fields, name: 'new' });
  });

  test('records of an unknown entity, or with unknown words, are kept out of sight', async () => {
    const id = newId();
    const video: Change = changeOf('contact', id, contactFields(newId(), 1));
    video.fields.kind = 'video';
    const touched = await cache.apply([video, { ...video, entity: 'campaign' }], null, 0);
    expect(touched).toEqual(['contact']);
    expect(cache.record('contact', id)).toBeNull();

    await cache.apply(
      [changeOf('contact', id, contactFields(newId(), 1), { version: 2 })],
      null,
      0,
    );
    expect(cache.record('contact', id)?.kind).toBe('call');
  });

  test('a page for the worker thread is applied like a small one', async () => {
    const ids = Array.from({ length: 150 }, newId);
    const held = ids[3] ?? '';
    cache.change(
      [{ entity: 'customer', id: held, fields: customerFields({ name: 'mine' }) }],
      testUserId,
    );
    const page = ids.map((id) => changeOf('customer', id, customerFields({ name: 'theirs' })));
    expect(await cache.apply(page, '1.1', 1)).toEqual(['customer']);
    expect(cache.record('customer', ids[0] ?? '')?.name).toBe('theirs');
    expect(cache.record('customer', held)?.name).toBe('mine');
    expect(cache.cursor()).toBe('1.1');
  });
});

describe('law', () => {
  const field = fc.constantFrom('name', 'pinnedNote', 'since');
  const write = fc.record({ field, atMs: fc.integer({ min: 4_999_000, max: 5_030_000 }) });

  interface Step {
    kind: 'pull' | 'change' | 'answer';
    index: number;
  }
  const step: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('pull', 'pull', 'change', 'answer'),
    index: fc.nat(),
  });

  /** Every version of one record as the server had it, one write after another. */
  function versionsOf(id: string, writes: { field: string; atMs: number }[]): Change[] {
    const versions = [changeOf('customer', id, customerFields())];
    for (const [index, { field: name, atMs }] of writes.entries()) {
      const last = versions.at(-1) as Change;
      const clock = stampAt(atMs, `other${String(index).padStart(5, '0')}`);
      const merged = mergeFields(last, { fields: { [name]: `w${index}` }, clock });
      const { fields, clocks } = merged;
      versions.push({ ...last, version: last.version + 1, fields, clocks });
    }
    return versions;
  }

  test('pages in any order, repeated or late, and changes and answers between them, end alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(write, { maxLength: 6 }),
        fc.array(step, { maxLength: 25 }),
        async (writes, steps) => {
          const id = newId();
          const versions = versionsOf(id, writes);
          const made: Operation[] = [];
          await cache.apply([versions[0] as Change], null, 0);
          for (const [number, { kind, index }] of steps.entries()) {
            const waiting = cache.nextOperations(1_000);
            const [first] = waiting;
            if (kind === 'pull') {
              await cache.apply([versions[index % versions.length] as Change], null, 0);
            } else if (kind === 'change') {
              nowMs += 1;
              cache.change(
                [{ entity: 'customer', id, fields: { name: `mine${number}` } }],
                testUserId,
              );
              made.push(...cache.nextOperations(1_000).slice(waiting.length));
            } else if (first) {
              // The server gives its answer the next version and sends the record again below.
              let server: Versioned = versions.at(-1) as Change;
              server = mergeFields(server, first);
              const version = (versions.at(-1) as Change).version + 1;
              const { fields, clocks } = server;
              versions.push({ entity: 'customer', id, withdrawn: false, version, fields, clocks });
              cache.acknowledge([resultOf(first, { version })]);
            }
          }
          await cache.apply([versions.at(-1) as Change], null, 0);

          let expected: Versioned = versions.at(-1) as Change;
          for (const operation of made) expected = mergeFields(expected, operation);
          expect(cache.record('customer', id)).toEqual(expected.fields);
          cache.acknowledge(
            cache.nextOperations(1_000).map((one) => resultOf(one, { version: 99 })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
