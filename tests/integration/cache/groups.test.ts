import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  taskFields,
  temporaryFolder,
  testUserId,
  ticketFields,
} from '../../support/cacheFixture.ts';

const folder = temporaryFolder();
let cache: Cache;

beforeAll(async () => {
  cache = await openedCache(folder.path);
});
afterAll(async () => {
  await cache.close();
  folder.remove();
});

const merge = (loser: string, winner: string | null) =>
  cache.change([{ entity: 'customer', id: loser, fields: { mergedInto: winner } }], testUserId);

async function customers(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await cache.apply(
    ids.map((id) => changeOf('customer', id, customerFields())),
    null,
    0,
  );
  return ids;
}

describe('groups', () => {
  test('law: each is in one group, the group of its end, whatever was merged and parted in what order', async () => {
    const ids = await customers(6);
    const into: (string | null)[] = ids.map(() => null);
    const step = fc.tuple(fc.nat(5), fc.option(fc.nat(5)));
    await fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        for (const [loser, winner] of steps) {
          const target = winner === null ? null : (ids[winner] ?? null);
          if (target === ids[loser]) continue;
          merge(ids[loser] ?? '', target);
          into[loser] = target;
        }
        const endOf = (id: string): string => {
          const seen: string[] = [];
          for (let at = id; ; ) {
            const circle = seen.indexOf(at);
            if (circle >= 0) return seen.slice(circle).sort()[0] ?? at;
            seen.push(at);
            const next = into[ids.indexOf(at)] ?? null;
            if (next === null) return at;
            at = next;
          }
        };
        for (const id of ids) {
          const winner = endOf(id);
          const group = ids.filter((other) => endOf(other) === winner);
          expect(cache.winnerOf(id)).toBe(winner);
          expect([...cache.groupOf(id)].sort()).toEqual(group.sort());
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a loser that comes before its winner stands by itself until then', async () => {
    const [loser, winner] = [newId(), newId()];
    const fields = customerFields({ name: '早到的', mergedInto: winner });
    await cache.apply([changeOf('customer', loser, fields)], null, 0);
    expect(cache.card(loser)?.customer.id).toBe(loser);
    await cache.apply([changeOf('customer', winner, customerFields({ name: '晚到的' }))], null, 0);
    expect(cache.card(loser)?.customer.id).toBe(winner);
  });

  test('a card, its promises and what is found are those of the winner', async () => {
    const [winner = '', loser = ''] = await customers(2);
    cache.change(
      [
        { entity: 'customer', id: loser, fields: { name: '司马光' } },
        { entity: 'contactPoint', id: newId(), fields: phoneFields(loser, '+8615900000001') },
        { entity: 'contactPoint', id: newId(), fields: phoneFields(winner, '+8615900000001') },
        { entity: 'ticket', id: newId(), fields: ticketFields({ customerId: loser }) },
        { entity: 'task', id: newId(), fields: taskFields({ customerId: loser }) },
      ],
      testUserId,
    );
    merge(loser, winner);
    const card = cache.card(loser);
    expect(card).toMatchObject({ customer: { id: winner }, openTickets: [{}], promises: [{}] });
    expect(card?.contactPoints).toHaveLength(1);
    const found = await cache.search.everything('司马光', 5);
    expect(found.customers).toMatchObject([
      { customerId: winner, found: { field: 'name', text: '司马光', marks: [[0, 3]] } },
    ]);
    merge(loser, null);
    const apart = await cache.search.everything('司马光', 5);
    expect(apart.customers.map(({ customerId }) => customerId)).toEqual([loser]);
  });
});

describe('search for everything', () => {
  beforeAll(async () => {
    const [zhang = ''] = await customers(1);
    cache.change(
      [
        {
          entity: 'customer',
          id: zhang,
          fields: {
            name: '诸葛孔明',
            pinnedNote: '喜欢早上接电话',
            profile: { employer: { value: '蜀汉丞相府', verifiedOn: null, source: 'desk' } },
          },
        },
        {
          entity: 'contactPoint',
          id: newId(),
          fields: phoneFields(zhang, 'kongming@shu.example', { kind: 'email' }),
        },
        {
          entity: 'ticket',
          id: '0199aaaa-0000-7000-8000-000000000001',
          fields: ticketFields({
            no: '20260001234',
            subject: '木牛流马坏了',
            description: '轮子掉了',
          }),
        },
      ],
      testUserId,
    );
  });

  test.each([
    ['initials of the pinyin', 'zgkm', 'customers', 'name', [[0, 4]]],
    ['some of them', 'gkm', 'customers', 'name', [[1, 4]]],
    ['full pinyin', 'zhuge', 'customers', 'name', [[0, 2]]],
    ['pinyin in words', 'zhuge kongming', 'customers', 'name', [[0, 4]]],
    ['the employer', '丞相府', 'customers', 'profile', [[2, 5]]],
    ['a pinned note', '早上接', 'customers', 'note', [[2, 5]]],
    ['an e-mail address', 'kongming@shu', 'customers', 'email', [[0, 12]]],
    ['a part of it', 'gming@s', 'customers', 'email', [[3, 10]]],
    ['a ticket by the end of its number', '01234', 'tickets', 'no', [[6, 11]]],
    ['a ticket by its subject', '流马', 'tickets', 'subject', [[2, 4]]],
    ['a ticket by what it says', '轮子', 'tickets', 'description', [[0, 2]]],
    ['a ticket by its id', '0199aaaa-0000', 'tickets', 'subject', []],
  ] as const)('%s', async (_, text, kind, field, marks) => {
    const found = await cache.search.everything(text, 5);
    expect(found[kind]).toHaveLength(1);
    expect(found[kind][0]?.found).toMatchObject({ field, marks });
  });

  test('a ticket is found by a note written a moment ago', async () => {
    const id = '0199aaaa-0000-7000-8000-000000000001';
    const by = { at: 1, byId: testUserId, byName: 'Li Na' };
    const fields = { ticketId: id, name: 'ticket.noted' as const, note: '已寄出新轮毂', ...by };
    cache.change(
      [{ entity: 'ticketEvent', id: newId(), fields: { ...fields, data: null } }],
      testUserId,
    );
    expect((await cache.search.everything('新轮毂', 5)).tickets).toMatchObject([{ ticketId: id }]);
  });
});

describe('duplicates', () => {
  async function pairsOf(): Promise<string[][]> {
    const pairs: string[][] = [];
    for (let after: string | null = null; ; ) {
      const { found, next }: Awaited<ReturnType<typeof cache.walks.duplicates>> =
        await cache.walks.duplicates(after);
      pairs.push(...found.map(({ a, b }) => [a.customerId, b.customerId].sort()));
      if (next === null) return pairs;
      after = next;
    }
  }

  test('are found by number and by name with birthday, until somebody says that they are two', async () => {
    const [a = '', b = '', c = '', d = ''] = await customers(4);
    const born = { birthday: { value: '1990-02-03', verifiedOn: null, source: 'desk' } };
    cache.change(
      [
        { entity: 'customer', id: a, fields: { name: '赵子龙' } },
        { entity: 'customer', id: b, fields: { name: '赵子隆' } },
        { entity: 'contactPoint', id: newId(), fields: phoneFields(a, '+8615900000077') },
        { entity: 'contactPoint', id: newId(), fields: phoneFields(b, '+8615900000077') },
        { entity: 'customer', id: c, fields: { name: '马孟起', profile: born } },
        { entity: 'customer', id: d, fields: { name: '马孟起', profile: born } },
      ],
      testUserId,
    );
    const wanted = [[a, b].sort(), [c, d].sort()];
    expect(await pairsOf()).toEqual(expect.arrayContaining(wanted));
    const fields = { aId: b, bId: a, at: 1, byId: testUserId, byName: 'Li Na' };
    cache.change([{ entity: 'notDuplicate', id: newId(), fields }], testUserId);
    merge(d, c);
    const left = await pairsOf();
    for (const pair of wanted) expect(left).not.toContainEqual(pair);
  });

  test('are offered while somebody types, with why', async () => {
    const [a = ''] = await customers(1);
    cache.change([{ entity: 'customer', id: a, fields: { name: '黄月英' } }], testUserId);
    const typed: Likeness = {
      ...{ name: '黄越英', kind: 'person', birthday: null, identity: null, firm: null },
      ...{ phones: [], emails: [], addresses: [] },
    };
    expect(await cache.search.similar(typed, 5)).toMatchObject([
      { customerId: a, certainty: 'maybe', score: 28, reasons: ['soundsAlike'] },
    ]);
  });
});
