import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { idempotencyMs } from '#server/store/programs/idempotentRequests.ts';
import { openStore } from '#server/store/store.ts';
import { ApiClient, type Item, makeKey, type Page } from '../../support/apiClient.ts';
import { operationsOf, readDocument } from '../../support/apiDocument.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  stampAt,
  ticketFields,
} from '../../support/serverClient.ts';

describe.each(backendNames)('the interface for programs on %s', (name) => {
  /** A second process, or a second open transaction, needs a database that lets it in beside the first. */
  const besideOthers = name === 'postgres' ? test : () => undefined;
  let backend: Backend;
  let options: ServerOptions;
  let server: RunningServer;
  let crm: ApiClient;
  let desk: ServerClient;
  let me: string;
  let nowMs = Date.now();

  beforeAll(async () => {
    backend = await startBackend(name);
    options = backend.options({ practiceCustomers: 5, now: () => nowMs });
    server = await startServer(options);
    crm = await makeKey(server.url, { requestsPerMinute: 60_000 });
    desk = new ServerClient(server.url);
    me = (await desk.signIn('xu.jing')).user.id;
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  async function changesSince(cursor: string | null) {
    const { changes } = await desk.pullSettled(cursor);
    return changes.map(({ entity, id, fields }) => ({ entity, id, fields }));
  }

  /** A list, once nothing of what was written is held back any more. */
  async function listed(path: string): Promise<Page> {
    await desk.tip();
    return crm.page(path);
  }

  test('a customer and a number that programs make are on the desks', async () => {
    const tip = await desk.tip();
    const customer = await crm.make('customers', { name: '王芳' });
    expect(customer).toMatchObject({
      version: 1,
      externalId: null,
      kind: 'person',
      valueClass: 'C',
      createdAt: nowMs,
      createdBy: 'CRM',
    });
    const point = await crm.make('contact-points', {
      customerId: customer.id,
      kind: 'phone',
      raw: '138 1234 5678',
    });
    expect(point.normal).toBe('+8613812345678');
    const pulled = await changesSince(tip);
    expect(pulled.map(({ entity, id }) => [entity, id])).toEqual([
      ['customer', customer.id],
      ['contactPoint', point.id],
    ]);
    expect((await listed('customers?number=%2B86%20138-1234-5678')).items).toEqual([customer]);
    expect((await listed(`contact-points?customerId=${customer.id}`)).items).toEqual([point]);
    expect((await listed('contact-points?number=13812345678')).items).toEqual([point]);
  });

  test('a ticket gets its number, its first event and its place on the time line', async () => {
    const customer = await crm.make('customers', { name: '李雷' });
    const ticket = await crm.make('tickets', {
      subject: 'Boiler leaks',
      type: 'repair',
      customerId: customer.id,
    });
    expect(ticket).toMatchObject({
      no: expect.stringMatching(/^\d{11}$/),
      state: 'registered',
      firstContactId: crm.key.id,
      firstContactName: 'CRM',
    });
    expect((await listed(`tickets?no=${ticket.no}`)).items).toEqual([ticket]);
    const { items: events } = await listed(`ticket-events?ticketId=${ticket.id}`);
    expect(events).toMatchObject([{ name: 'ticket.created', byId: crm.key.id, byName: 'CRM' }]);
    const { items: line } = await listed(`contacts?customerId=${customer.id}`);
    expect(line).toMatchObject([{ kind: 'ticket', refId: ticket.id, outcome: 'registered' }]);
    await crm.make('ticket-events', { ticketId: ticket.id, note: 'The part is on its way' });
    expect((await listed(`ticket-events?ticketId=${ticket.id}`)).items).toHaveLength(2);
  });

  test('everything else that can be made is made', async () => {
    const { id: customerId } = await crm.make('customers', { name: '韩梅梅' });
    const order = await crm.make('orders', {
      customerId,
      no: 'B-1',
      title: 'Boiler',
      amount: { minor: 389_900, currency: 'CNY' },
    });
    expect((await listed(`orders?customerId=${customerId}&state=open`)).items).toEqual([order]);
    const contact = await crm.make('contacts', { customerId, kind: 'mail', title: 'The manual' });
    expect(contact).toMatchObject({ agentName: 'CRM', at: nowMs });
    const dueAt = nowMs + 1;
    const task = await crm.make('tasks', { title: 'Ask', ownerId: me, dueAt, customerId });
    expect(task).toMatchObject({ ownerName: '徐静', customerName: '韩梅梅', state: 'open' });
    const { items: users } = await crm.page('users');
    expect(users.find(({ id }) => id === me)).toMatchObject({ login: 'xu.jing', role: 'agent' });
    expect(JSON.stringify(users)).not.toMatch(/password|hash/i);
  });

  test('what is written without a right reference is refused', async () => {
    const body = { customerId: uuidv7(), kind: 'phone', raw: '1' };
    expect(await crm.call('POST', '/api/v1/contact-points', body)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', detail: 'customerId: there is no such customer' },
    });
  });

  test.each([
    ['an unknown field', { name: 'x', nmae: 'x' }],
    ['a wrong type', { name: 1 }],
    ['nothing', {}],
    ['text that is none', { name: 'a\0b' }],
    ['half a character', { name: 'a\ud800' }],
  ])('%s is refused', async (_case, body) => {
    const answer = await crm.call('POST', '/api/v1/customers', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
  });

  describe('changes', () => {
    test('only what the patch names is changed, objects are merged', async () => {
      const { id, ...made } = await crm.make('customers', {
        name: '王芳',
        profile: {
          language: { value: 'en', verifiedOn: null, source: 'crm' },
          birthday: { value: '1990-01-01', verifiedOn: null, source: 'crm' },
        },
      });
      const patch = {
        valueClass: 'A',
        profile: { birthday: null, language: { verifiedOn: '2026-01-02' } },
      };
      const { status, body, headers } = await crm.call<Item>(
        'PATCH',
        `/api/v1/customers/${id}`,
        patch,
      );
      expect(status).toBe(200);
      expect(headers.get('etag')).toBe('"2"');
      expect(body).toEqual({
        ...made,
        id,
        version: 2,
        valueClass: 'A',
        profile: { language: { value: 'en', verifiedOn: '2026-01-02', source: 'crm' } },
      });
    });

    test('a patch that changes nothing writes nothing', async () => {
      const { id } = await crm.make('customers', { name: '王芳' });
      const answer = await crm.call<Item>('PATCH', `/api/v1/customers/${id}`, { name: '王芳' });
      expect(answer.body.version).toBe(1);
    });

    test('If-Match holds a change to the version it was made for', async () => {
      const { id } = await crm.make('customers', { name: '王芳' });
      const path = `/api/v1/customers/${id}`;
      const first = await crm.call<Item>('PATCH', path, { no: '1' }, { 'if-match': '"1"' });
      expect(first).toMatchObject({ status: 200, body: { version: 2 } });
      const late = await crm.call('PATCH', path, { no: '2' }, { 'if-match': '"1"' });
      expect(late).toMatchObject({ status: 412, body: { code: 'conflict' } });
      const any = await crm.call<Item>('PATCH', path, { no: '3' }, { 'if-match': '*' });
      expect(any.body.no).toBe('3');
      expect((await crm.call('PATCH', path, { no: '4' }, { 'if-match': 'x' })).status).toBe(400);
    });

    test('of many changes at once under one version one wins; merges all come in', async () => {
      const { id } = await crm.make('customers', { name: '王芳' });
      const path = `/api/v1/customers/${id}`;
      const held = await Promise.all(
        Array.from({ length: 6 }, (_, n) =>
          crm.call('PATCH', path, { no: `${n}` }, { 'if-match': '"1"' }),
        ),
      );
      expect(held.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
      await Promise.all(
        Array.from({ length: 3 }, (_, n) =>
          crm.call('PATCH', path, {
            profile: { [`f${n}`]: { value: `${n}`, verifiedOn: null, source: 'crm' } },
          }),
        ),
      );
      const { body } = await crm.call<Item>('GET', path);
      expect(Object.keys(body.profile ?? {}).sort()).toEqual(['f0', 'f1', 'f2']);
    });

    test('a field that nobody may take away is refused, also inside', async () => {
      const { id } = await crm.make('customers', {
        name: '王芳',
        profile: { language: { value: 'en', verifiedOn: null, source: 'crm' } },
      });
      const path = `/api/v1/customers/${id}`;
      expect((await crm.call('PATCH', path, { name: null })).status).toBe(400);
      expect((await crm.call('PATCH', path, { createdAt: 1 })).status).toBe(400);
      expect((await crm.call('PATCH', path, { profile: { x: { value: 'y' } } })).status).toBe(400);
      expect((await crm.call<Item>('GET', path)).body.version).toBe(1);
    });

    besideOthers(
      'a change counts also where a desk wrote before it by a clock that is a little ahead',
      async () => {
        const { id } = await crm.make('customers', { name: '王芳', tags: [] });
        const ahead = stampAt(nowMs + 50_000);
        const fields = { name: 'of a desk', pinnedNote: 'of a desk' };
        const change = { entity: 'customer', entityId: id, fields, clock: ahead, baseVersion: 1 };
        const [result] = await desk.push(operationBy(me, change));
        expect(result).toMatchObject({ outcome: 'applied' });
        // Another node, which has heard nothing of that clock.
        const other = await startServer(options);
        const { key, secret } = crm;
        const theirs = new ApiClient(other.url, { key, secret });
        const answer = await theirs.call<Item>('PATCH', `/api/v1/customers/${id}`, {
          name: 'of a program',
        });
        await other.stop();
        expect(answer.body).toMatchObject({ name: 'of a program', pinnedNote: 'of a desk' });
      },
    );

    test('a new number is read anew', async () => {
      const { id: customerId } = await crm.make('customers', { name: '王芳' });
      const point = await crm.make('contact-points', { customerId, kind: 'phone', raw: '1' });
      const answer = await crm.call<Item>('PATCH', `/api/v1/contact-points/${point.id}`, {
        raw: '+49 30 901820',
      });
      expect(answer.body).toMatchObject({ raw: '+49 30 901820', normal: '+4930901820' });
    });

    test('what is not there cannot be changed', async () => {
      const answer = await crm.call('PATCH', `/api/v1/customers/${uuidv7()}`, { name: 'x' });
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    });
  });

  describe('names of other programs', () => {
    test('a name is given once, found, and can be given on', async () => {
      const first = await crm.make('customers', { name: '王芳', externalId: 'crm:1' });
      expect(first.externalId).toBe('crm:1');
      expect((await listed('customers?externalId=crm:1')).items).toEqual([first]);
      expect(
        await crm.call('POST', '/api/v1/customers', { name: '李雷', externalId: 'crm:1' }),
      ).toMatchObject({ status: 409, body: { code: 'already-exists' } });
      const second = await crm.make('customers', { name: '李雷', externalId: 'crm:2' });
      const path = `/api/v1/customers/${second.id}`;
      expect((await crm.call('PATCH', path, { externalId: 'crm:1' })).status).toBe(409);
      expect((await crm.call<Item>('GET', path)).body.externalId).toBe('crm:2');
      await crm.call('PATCH', `/api/v1/customers/${first.id}`, { externalId: null });
      expect(await crm.call('PATCH', path, { externalId: 'crm:1' })).toMatchObject({
        status: 200,
        body: { externalId: 'crm:1' },
      });
      expect((await listed('customers?externalId=crm:2')).items).toEqual([]);
    });

    test('a name whose record was refused is free again', async () => {
      const body = { name: '\ud800', externalId: 'crm:3' };
      expect((await crm.call('POST', '/api/v1/customers', body)).status).toBe(400);
      await crm.make('customers', { name: '王芳', externalId: 'crm:3' });
    });
  });

  describe('a POST with an Idempotency-Key', () => {
    const post = (body: unknown, key: string, path = '/api/v1/tickets') =>
      crm.call<Item>('POST', path, body, { 'idempotency-key': key });
    const ticket = { subject: 'Boiler leaks', type: 'repair' };

    test('is carried out once', async () => {
      const key = uuidv7();
      const tip = await desk.tip();
      const first = await post(ticket, key);
      const again = await post(ticket, key);
      expect(first.status).toBe(201);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('location')).toBe(`/api/v1/tickets/${first.body.id}`);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect((await changesSince(tip)).map(({ entity }) => entity)).toEqual([
        'ticket',
        'ticketEvent',
        'contact',
      ]);
    });

    test('is carried out once also side by side', async () => {
      const key = uuidv7();
      const answers = await Promise.all(Array.from({ length: 5 }, () => post(ticket, key)));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers.every(({ status }) => status === 201)).toBe(true);
    });

    if (name === 'postgres') {
      test('is carried out once though its answer was lost with the server', async () => {
        const key = uuidv7();
        const first = await post({ ...ticket, externalId: 'crm:lost' }, key);
        const store = await openStore(options.database);
        await store.db.updateTable('idempotent_request').set({ answer: null }).execute();
        await store.close();
        const tip = await desk.tip();
        const again = await post({ ...ticket, externalId: 'crm:lost' }, key);
        expect(again.status).toBe(201);
        expect(again.body).toEqual(first.body);
        expect(await changesSince(tip)).toEqual([]);
      });

      test('is carried out when the reason of an earlier refusal is gone', async () => {
        const key = uuidv7();
        const customerId = uuidv7();
        const amount = { minor: 1, currency: 'CNY' };
        const order = { customerId, no: 'R-1', title: 'x', amount };
        expect((await post(order, key, '/api/v1/orders')).status).toBe(400);
        const store = await openStore(options.database);
        const claim = await store.db
          .selectFrom('idempotent_request')
          .select(['operation_id as id', 'api_key_id as author', 'record_id as recordId'])
          .where('idempotency_key', '=', key)
          .executeTakeFirstOrThrow();
        await sql`
          insert into operation (id, device, author, entity, entity_id, clock, made_at, received_at, fields, outcome,
                                 reason)
          values (${claim.id}, 'api', ${claim.author}, 'order', ${claim.recordId}, '0', 0, 0, '{}', 'rejected',
                  'forbidden')`.execute(store.db);
        await store.close();
        const customer = { entity: 'customer', entityId: customerId, fields: customerFields() };
        await desk.push(operationBy(me, customer));
        const answers = await Promise.all(
          Array.from({ length: 3 }, () => post(order, key, '/api/v1/orders')),
        );
        expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
        expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([claim.recordId]));
      });
    }

    test('is refused with another body, or at another address', async () => {
      const key = uuidv7();
      await post(ticket, key);
      expect(await post({ ...ticket, subject: 'Other' }, key)).toMatchObject({
        status: 422,
        body: { code: 'idempotency-mismatch' },
      });
      expect((await post({ name: 'x' }, key, '/api/v1/customers')).status).toBe(422);
    });

    test('is another one under another API key, and a day later', async () => {
      const key = uuidv7();
      const first = await post(ticket, key);
      const other = await makeKey(server.url, { requestsPerMinute: 60_000 });
      const headers = { 'idempotency-key': key };
      const theirs = await other.call<Item>('POST', '/api/v1/tickets', ticket, headers);
      expect(theirs.body.id).not.toBe(first.body.id);
      // Not to the very moment at which limits of tickets end.
      nowMs += idempotencyMs + 1_000;
      expect((await post(ticket, key)).body.id).not.toBe(first.body.id);
    });

    test('may be tried again after it failed', async () => {
      const key = uuidv7();
      const order = {
        customerId: uuidv7(),
        no: '1',
        title: 'x',
        amount: { minor: 1, currency: 'CNY' },
      };
      expect((await post(order, key, '/api/v1/orders')).status).toBe(400);
      expect((await post(order, key, '/api/v1/orders')).status).toBe(400);
    });

    test.each(['', 'with space', 'ü', 'x'.repeat(256)])(
      'a key like “%s” is refused',
      async (key) => {
        const sent = key === 'ü' ? '\u00fc' : key;
        const answer = await post(ticket, sent);
        expect(answer.status).toBe(400);
      },
    );
  });

  describe('pages', () => {
    test('every record comes, also what moves meanwhile, and the cursor goes on later', async () => {
      const { cursor: begin } = await readOn('customers?limit=500');
      const made = [];
      for (let n = 0; n < 7; n += 1) made.push(await crm.make('customers', { name: `No ${n}` }));
      const seen: Item[] = [];
      let page = await listed(`customers?limit=3&cursor=${begin}`);
      seen.push(...page.items);
      expect(page.more).toBe(true);
      await crm.call('PATCH', `/api/v1/customers/${made[0]?.id}`, { name: 'moved' });
      await crm.call('PATCH', `/api/v1/customers/${made[5]?.id}`, { name: 'moved' });
      const rest = await readOn(`customers?limit=3&cursor=${page.cursor}`);
      seen.push(...rest.items);
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
      expect(seen.filter(({ name }) => name === 'moved')).toHaveLength(2);
      expect(await listed(`customers?cursor=${rest.cursor}`)).toEqual({
        items: [],
        cursor: rest.cursor,
        more: false,
      });
      const late = await crm.make('customers', { name: 'late' });
      page = await listed(`customers?cursor=${rest.cursor}`);
      expect(page.items).toEqual([late]);
    });

    besideOthers(
      'who looks up what was just made finds it, though the feed holds it back',
      async () => {
        const store = await openStore(options.database);
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
        const { items } = await listed(`customers?cursor=${begin}`);
        expect(items.map(({ id }) => id)).toEqual([made]);
      },
    );

    test('Link leads to the next page with all that was asked', async () => {
      const { id: customerId } = await crm.make('customers', { name: '王芳' });
      for (const title of ['a', 'b', 'c']) {
        await crm.make('contacts', { customerId, kind: 'mail', title });
      }
      await desk.tip();
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
      nowMs += 1_000;
      const after = await crm.make('customers', { name: 'after' });
      expect((await listed(`customers?updatedSince=${nowMs}`)).items).toEqual([after]);
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
      const answer = await crm.call(
        'GET',
        `/api/v1/customers?cursor=${ahead.toString('base64url')}`,
      );
      expect(answer).toMatchObject({ status: 410, body: { code: 'cursor-gone' } });
    });

    async function readOn(path: string): Promise<Page> {
      const items: Item[] = [];
      let page = await listed(path);
      items.push(...page.items);
      const [base] = path.split(/&?cursor=[^&]*/);
      while (page.more) {
        page = await crm.page(`${base}&cursor=${page.cursor}`);
        items.push(...page.items);
      }
      return { ...page, items };
    }
  });

  test('what an agent writes down is read by programs', async () => {
    const ticket = operationBy(me, { entity: 'ticket', fields: ticketFields(me, 'From a desk') });
    const customer = operationBy(me, { entity: 'customer', fields: customerFields('桌') });
    await desk.push(ticket, customer);
    const { status, body, headers } = await crm.call<Item>(
      'GET',
      `/api/v1/tickets/${ticket.entityId}`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: ticket.entityId, subject: 'From a desk', version: 1 });
    expect(headers.get('etag')).toBe('"1"');
    expect((await crm.call('GET', `/api/v1/customers/${ticket.entityId}`)).status).toBe(404);
  });

  test('what is answered is what the document says', async () => {
    const operations = operationsOf(await readDocument(server.url));
    const lists = operations.filter(
      ({ method, path }) => method === 'GET' && /^\/api\/v1\/[\w-]+$/.test(path),
    );
    expect(lists).toHaveLength(10);
    let items = 0;
    for (const { path, responses } of lists) {
      const { schema } = responses['200']?.content?.['application/json'] ?? {};
      const reader = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
      const { body } = await crm.call<Page>('GET', `${path}?limit=500`);
      expect(reader.safeParse(body).error, path).toBeUndefined();
      items += body.items.length;
    }
    expect(items).toBeGreaterThan(50);
  });
});
