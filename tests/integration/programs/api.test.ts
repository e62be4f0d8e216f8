import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startServer } from '#server/server.ts';
import { ApiClient, type Item, type Page } from '../../support/apiClient.ts';
import { operationsOf, readDocument } from '../../support/apiDocument.ts';
import { type ApiSite, openApiSite } from '../../support/apiSite.ts';
import { backendNames } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  type ServerClient,
  stampAt,
  ticketFields,
} from '../../support/serverClient.ts';

describe.each(backendNames)('the interface for programs on %s', (name) => {
  /** A second process needs a database that lets it in beside the first. */
  const besideOthers = name === 'postgres' ? test : () => undefined;
  let site: ApiSite;
  let crm: ApiClient;
  let desk: ServerClient;

  beforeAll(async () => {
    site = await openApiSite(name);
    ({ crm, desk } = site);
  });
  afterAll(() => site?.stop());

  test('a customer and a number that programs make are on the desks', async () => {
    const tip = await desk.tip();
    const customer = await crm.make('customers', { name: '王芳' });
    expect(customer).toMatchObject({
      version: 1,
      externalId: null,
      kind: 'person',
      valueClass: 'C',
      createdAt: site.clock.nowMs,
      createdBy: 'CRM',
    });
    const point = await crm.make('contact-points', {
      customerId: customer.id,
      kind: 'phone',
      raw: '138 1234 5678',
    });
    expect(point.normal).toBe('+8613812345678');
    const pulled = await site.changesSince(tip);
    expect(pulled.map(({ entity, id }) => [entity, id])).toEqual([
      ['customer', customer.id],
      ['contactPoint', point.id],
    ]);
    expect((await site.listed('customers?number=%2B86%20138-1234-5678')).items).toEqual([customer]);
    expect((await site.listed(`contact-points?customerId=${customer.id}`)).items).toEqual([point]);
    expect((await site.listed('contact-points?number=13812345678')).items).toEqual([point]);
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
    expect((await site.listed(`tickets?no=${ticket.no}`)).items).toEqual([ticket]);
    const { items: events } = await site.listed(`ticket-events?ticketId=${ticket.id}`);
    expect(events).toMatchObject([{ name: 'ticket.created', byId: crm.key.id, byName: 'CRM' }]);
    const { items: line } = await site.listed(`contacts?customerId=${customer.id}`);
    expect(line).toMatchObject([{ kind: 'ticket', refId: ticket.id, outcome: 'registered' }]);
    await crm.make('ticket-events', { ticketId: ticket.id, note: 'The part is on its way' });
    expect((await site.listed(`ticket-events?ticketId=${ticket.id}`)).items).toHaveLength(2);
  });

  test('everything else that can be made is made', async () => {
    const { id: customerId } = await crm.make('customers', { name: '韩梅梅' });
    const order = await crm.make('orders', {
      customerId,
      no: 'B-1',
      title: 'Boiler',
      amount: { minor: 389_900, currency: 'CNY' },
    });
    expect((await site.listed(`orders?customerId=${customerId}&state=open`)).items).toEqual([
      order,
    ]);
    const contact = await crm.make('contacts', { customerId, kind: 'mail', title: 'The manual' });
    expect(contact).toMatchObject({ agentName: 'CRM', at: site.clock.nowMs });
    const dueAt = site.clock.nowMs + 1;
    const task = await crm.make('tasks', { title: 'Ask', ownerId: site.me, dueAt, customerId });
    expect(task).toMatchObject({ ownerName: '徐静', customerName: '韩梅梅', state: 'open' });
    const { items: users } = await crm.page('users');
    expect(users.find(({ id }) => id === site.me)).toMatchObject({
      login: 'xu.jing',
      role: 'agent',
    });
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
        const ahead = stampAt(site.clock.nowMs + 50_000);
        const fields = { name: 'of a desk', pinnedNote: 'of a desk' };
        const change = { entity: 'customer', entityId: id, fields, clock: ahead, baseVersion: 1 };
        const [result] = await desk.push(operationBy(site.me, change));
        expect(result).toMatchObject({ outcome: 'applied' });
        // Another node, which has heard nothing of that clock.
        const other = await startServer(site.options);
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
      expect((await site.listed('customers?externalId=crm:1')).items).toEqual([first]);
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
      expect((await site.listed('customers?externalId=crm:2')).items).toEqual([]);
    });

    test('a name whose record was refused is free again', async () => {
      const body = { name: '\ud800', externalId: 'crm:3' };
      expect((await crm.call('POST', '/api/v1/customers', body)).status).toBe(400);
      await crm.make('customers', { name: '王芳', externalId: 'crm:3' });
    });
  });

  test('what an agent writes down is read by programs', async () => {
    const ticket = operationBy(site.me, {
      entity: 'ticket',
      fields: ticketFields(site.me, 'From a desk'),
    });
    const customer = operationBy(site.me, { entity: 'customer', fields: customerFields('桌') });
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
    const operations = operationsOf(await readDocument(site.url));
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
