import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { similarCustomerSchema } from '#shared/contract/methods/quality.ts';
import { searchHitSchema } from '#shared/contract/models/records.ts';
import type { Likeness } from '#shared/domain/customers/duplicates.ts';
import {
  changeOf,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  temporaryFolder,
  testUserId,
} from '#tests/support/cacheFixture.ts';

const folder = temporaryFolder();
let cache: Cache;

const people = [
  { name: '张伟', no: 'K-10001', phone: '+8613800138000' },
  { name: '王张伟', no: null, phone: '+8613900139000' },
  { name: '欧阳娜娜', no: null, phone: '+861062345678' },
  { name: '上海大众汽车有限公司', no: null, phone: '+862155556666' },
  { name: 'Anna Keller', no: null, phone: '+4930123456' },
  { name: 'Li Wei', no: null, phone: '+12125550123' },
  { name: '100%_Cotton "Ltd"', no: null, phone: '+12125550199' },
];

beforeAll(async () => {
  cache = await openedCache(folder.path);
  const changes = people.flatMap(({ name, no, phone }) => {
    const id = newId();
    const fields = customerFields({ name, no });
    return [
      changeOf('customer', id, fields),
      changeOf('contactPoint', newId(), phoneFields(id, phone)),
    ];
  });
  await cache.apply(changes, null, 0);
});
afterAll(async () => {
  await cache.close();
  folder.remove();
});

function likeness(name: string, phones: string[]): Likeness {
  const nothing = { birthday: null, identity: null, firm: null, emails: [], addresses: [] };
  return { name, kind: 'person', phones, ...nothing };
}

async function namesFor(text: string, limit = 10): Promise<string[]> {
  const hits = await cache.search.customers(text, limit);
  return hits.map((hit) => searchHitSchema.parse(hit).name);
}

describe('customers', () => {
  test.each([
    ['two Chinese characters, the exact name first', '张伟', ['张伟', '王张伟']],
    ['two from the middle of a long name', '阳娜', ['欧阳娜娜']],
    ['one character begins a name', '欧', ['欧阳娜娜']],
    ['a part of a company', '大众汽车', ['上海大众汽车有限公司']],
    ['letters in any case and width', 'ＫＥＬＬ', ['Anna Keller']],
    ['words in any order', 'keller anna', ['Anna Keller']],
    ['two letters begin a word', 'we', ['Li Wei']],
    ['a short and a long word', 'li wei', ['Li Wei']],
    ['a number with trunk zero and separators', '010-6234 5678', ['欧阳娜娜']],
    ['a number in the middle', '0013800', ['张伟']],
    ['an end that begins with a zero', '0199', ['100%_Cotton "Ltd"']],
    ['a customer number', 'k-10001', ['张伟']],
    ['characters that mean something to a query', '100%_c', ['100%_Cotton "Ltd"']],
    ['a quote', '"ltd', ['100%_Cotton "Ltd"']],
    ['nothing that is there', 'zzz', []],
    ['nothing at all', '  ', []],
    ['words of the query language', 'AND OR NOT', []],
  ])('%s', async (_, text, names) => expect(await namesFor(text)).toEqual(names));

  test('the hint names the number that matched', async () => {
    expect(await cache.search.customers('5550123', 5)).toMatchObject([
      { name: 'Li Wei', hint: '+12125550123' },
    ]);
  });

  test('a customer registered or renamed a moment ago is found', async () => {
    const id = newId();
    cache.change(
      [{ entity: 'customer', id, fields: customerFields({ name: '诸葛亮' }) }],
      testUserId,
    );
    expect(await namesFor('诸葛')).toEqual(['诸葛亮']);
    cache.change([{ entity: 'customer', id, fields: { name: '孔明' } }], testUserId);
    expect(await namesFor('诸葛')).toEqual([]);
    expect(await namesFor('孔明')).toEqual(['孔明']);
  });
});

describe('similar', () => {
  test('the same number is exact, a like name is maybe', async () => {
    const found = await cache.search.similar(likeness('张伟', ['+8613900139000']), 8);
    expect(found.map((one) => similarCustomerSchema.parse(one))).toMatchObject([
      { name: '王张伟', certainty: 'exact' },
      { name: '张伟', certainty: 'maybe' },
    ]);
  });

  test('without a number and with one letter there is nothing to compare', async () => {
    expect(await cache.search.similar(likeness('张', []), 8)).toEqual([]);
  });
});
