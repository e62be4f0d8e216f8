import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idempotencyMs } from '#server/store/programs/idempotentRequests.ts';
import { openStore } from '#server/store/store.ts';
import { type ApiClient, type Item, makeKey } from '../../support/apiClient.ts';
import { type ApiSite, openApiSite } from '../../support/apiSite.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { customerFields, operationBy, type ServerClient } from '../../support/serverClient.ts';

describe.each(backendNames)('a POST with an Idempotency-Key on %s', (name) => {
  let site: ApiSite;
  let crm: ApiClient;
  let desk: ServerClient;

  beforeAll(async () => {
    site = await openApiSite(name);
    ({ crm, desk } = site);
  });
  afterAll(() => site?.stop());

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
    expect((await site.changesSince(tip)).map(({ entity }) => entity)).toEqual([
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
      const store = await openStore(site.options.database);
      await store.db.updateTable('idempotent_request').set({ answer: null }).execute();
      await store.close();
      const tip = await desk.tip();
      const again = await post({ ...ticket, externalId: 'crm:lost' }, key);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(await site.changesSince(tip)).toEqual([]);
    });

    test('is carried out when the reason of an earlier refusal is gone', async () => {
      const key = uuidv7();
      const customerId = uuidv7();
      const amount = { minor: 1, currency: 'CNY' };
      const order = { customerId, no: 'R-1', title: 'x', amount };
      expect((await post(order, key, '/api/v1/orders')).status).toBe(400);
      const store = await openStore(site.options.database);
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
      await desk.push(operationBy(site.me, customer));
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
    const other = await makeKey(site.url, { requestsPerMinute: 60_000 });
    const headers = { 'idempotency-key': key };
    const theirs = await other.call<Item>('POST', '/api/v1/tickets', ticket, headers);
    expect(theirs.body.id).not.toBe(first.body.id);
    // Not to the very moment at which limits of tickets end.
    site.clock.nowMs += idempotencyMs + 1_000;
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

  test.each(['', 'with space', 'ü', 'x'.repeat(256)])('a key like “%s” is refused', async (key) => {
    const sent = key === 'ü' ? '\u00fc' : key;
    const answer = await post(ticket, sent);
    expect(answer.status).toBe(400);
  });
});
