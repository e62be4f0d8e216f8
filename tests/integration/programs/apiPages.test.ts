import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '#server/store/store.ts';
import type { ApiClient, Item, Page } from '../../support/apiClient.ts';
import { type ApiSite, openApiSite } from '../../support/apiSite.ts';
import { backendNames } from '../../support/serverBackends.ts';

describe.each(backendNames)('pages of lists for programs on %s', (name) => {
  /** A second open transaction needs a database that lets it in beside the first. */
  const besideOthers = name === 'postgres' ? test : () => undefined;
  let site: ApiSite;
  let crm: ApiClient;

  beforeAll(async () => {
    site = await openApiSite(name);
    ({ crm } = site);
  });
  afterAll(() => site?.stop());

  test('every record comes, also what moves meanwhile, and the cursor goes on later', async () => {
    const { cursor: begin } = await readOn('customers?limit=500');
    const made = [];
    for (let n = 0; n < 7; n += 1) made.push(await crm.make('customers', { name: `No ${n}` }));
    const seen: Item[] = [];
    let page = await site.listed(`customers?limit=3&cursor=${begin}`);
    seen.push(...page.items);
    expect(page.more).toBe(true);
    await crm.call('PATCH', `/api/v1/customers/${made[0]?.id}`, { name: 'moved' });
    await crm.call('PATCH', `/api/v1/customers/${made[5]?.id}`, { name: 'moved' });
    const rest = await readOn(`customers?limit=3&cursor=${page.cursor}`);
    seen.push(...rest.items);
    expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
    expect(seen.filter(({ name }) => name === 'moved')).toHaveLength(2);
    expect(await site.listed(`customers?cursor=${rest.cursor}`)).toEqual({
      items: [],
      cursor: rest.cursor,
      more: false,
    });
    const late = await crm.make('customers', { name: 'late' });
    page = await site.listed(`customers?cursor=${rest.cursor}`);
    expect(page.items).toEqual([late]);
  });

  besideOthers(
    'who looks up what was just made finds it, though the feed holds it back',
    async () => {
      const store = await openStore(site.options.database);
      const { cursor: begin } = await readOn('customers?limit=500');
      const customer = { name: '王芳', no: 'K-77', externalId: 'crm:held' };
      const made = await store.db.transaction().execute(async (older) => {
        await sql`select pg_current_xact_id()`.execute(older);
        const { id } = await crm.make('customers', customer);
        const number = { customerId: id, kind: 'phone', raw: '138 9000 7777' };
        await crm.make('contact-points', number);
        for (const asked of ['no=K-77', 'externalId=crm:held', 'number=13890007777']) {
          const found = await crm.page(`customers?${asked}&cursor=${begin}`);
          expect(
            found.items.map((item) => item.id),
            asked,
          ).toEqual([id]);
          // Whoever reads on misses nothing: it comes once more.
          expect(found).toMatchObject({ more: false });
          const { items } = await crm.page(`customers?cursor=${found.cursor}`);
          expect(items).toEqual([]);
        }
        return id;
      });
      await store.close();
      const { items } = await site.listed(`customers?cursor=${begin}`);
      expect(items.map(({ id }) => id)).toEqual([made]);
    },
  );

  test('Link leads to the next page with all that was asked', async () => {
    const { id: customerId } = await crm.make('customers', { name: '王芳' });
    for (const title of ['a', 'b', 'c']) {
      await crm.make('contacts', { customerId, kind: 'mail', title });
    }
    await site.desk.tip();
    const titles: unknown[] = [];
    let path: string | undefined = `/api/v1/contacts?customerId=${customerId}&limit=2`;
    while (path) {
      const { body, headers }: Awaited<ReturnType<typeof crm.call<Page>>> = await crm.call<Page>(
        'GET',
        path,
      );
      titles.push(...body.items.map(({ title }) => title));
      path = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(titles).toEqual(['a', 'b', 'c']);
  });

  test('updatedSince narrows', async () => {
    await crm.make('customers', { name: 'before' });
    site.clock.nowMs += 1_000;
    const after = await crm.make('customers', { name: 'after' });
    expect((await site.listed(`customers?updatedSince=${site.clock.nowMs}`)).items).toEqual([
      after,
    ]);
  });

  test.each([
    ['customers?cursor=x'],
    ['customers?cursor='],
    ['customers?limit=0'],
    ['customers?limit=501'],
    ['customers?limit=ten'],
    ['customers?updatedSince=yesterday'],
    ['customers?sort=name'],
    ['customers?number=nobody'],
    ['customers?externalId=%00'],
    ['customers?limit=1&limit=2'],
    ['customers/1'],
    ['customers/%00'],
  ])('%s is refused', async (path) => {
    expect(await crm.call('GET', `/api/v1/${path}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input' },
    });
  });

  test('a cursor of a later state than the database holds is gone', async () => {
    const { cursor } = await crm.page('customers?limit=1');
    const parts = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString());
    const ahead = Buffer.from(JSON.stringify([parts[0], parts[1], uuidv7()]));
    const answer = await crm.call('GET', `/api/v1/customers?cursor=${ahead.toString('base64url')}`);
    expect(answer).toMatchObject({ status: 410, body: { code: 'cursor-gone' } });
  });

  async function readOn(path: string): Promise<Page> {
    const items: Item[] = [];
    let page = await site.listed(path);
    items.push(...page.items);
    const [base] = path.split(/&?cursor=[^&]*/);
    while (page.more) {
      page = await crm.page(`${base}&cursor=${page.cursor}`);
      items.push(...page.items);
    }
    return { ...page, items };
  }
});
