import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import type { WebhookPolicy } from '#server/webhooks/policy.ts';
import type { StepCommand } from '#shared/domain/tickets/ticketFlow.ts';
import {
  webhookEnvelopeSchema,
  webhookEventTypes,
  webhookScopes,
} from '#shared/domain/webhooks.ts';
import { auditPageSchema } from '#shared/sync/messages.ts';
import { type Delivery, deliveriesSchema, webhooksSchema } from '#shared/sync/webhooks.ts';
import { isGenuine } from '../../../examples/webhooks/receiver.ts';
import { callFields } from '../../support/cacheFixture.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  taskFields,
  testDevice,
  ticketFields,
  wrapUpFields,
} from '../../support/serverClient.ts';
import { stepOn } from '../../support/ticketSteps.ts';
import { startReceiver, type WebhookReceiver } from '../../support/webhookReceiver.ts';
import { openSite, type WebhookSite } from '../../support/webhookSite.ts';

/** Attempts follow one another at once; four of them. */
const eager: Partial<WebhookPolicy> = { retryMs: [1, 1, 1], maxPauseMs: 1, timeoutMs: 60_000 };

describe.each(backendNames)('webhooks on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let site: WebhookSite;
  let receiver: WebhookReceiver;
  const policy: Partial<WebhookPolicy> = { ...eager };

  beforeAll(async () => {
    backend = await startBackend(name);
    // Read anew at every use, so that a test may change it.
    const options: ServerOptions = backend.options({ webhooks: policy });
    server = await startServer(options);
    site = await openSite(server);
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    const { body } = await site.admin.call('GET', '/api/webhooks');
    for (const { id } of webhooksSchema.parse(body).webhooks) {
      await site.admin.call('DELETE', `/api/webhooks/${id}`);
    }
    await receiver.stop();
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  function by(entity: string, fields: Record<string, unknown>, entityId = uuidv7()) {
    return operationBy(site.agentId, { entity, entityId, fields });
  }

  async function makeCustomer(customer = customerFields()): Promise<string> {
    const made = by('customer', customer);
    expect(await site.agent.push(made)).toMatchObject([{ outcome: 'applied' }]);
    return made.entityId;
  }

  test('what happened is told in the order of the commits, signed, in the terms of the domain', async () => {
    const { webhook, secret } = await site.make({
      url: receiver.url,
      events: [...webhookEventTypes],
      scopes: [...webhookScopes],
    });
    const customer = by('customer', customerFields('王芳'));
    const ticket = by('ticket', { ...ticketFields(site.agentId), ownerId: null });
    const call = by('call', { ...callFields({ agentId: site.agentId }), endedAt: null });
    const task = by('task', taskFields(site.agentId));
    const user = { id: site.agentId, name: '徐静', role: 'agent' } as const;
    const stepAfter = (known: unknown, command: StepCommand) =>
      stepOn(user, ticket.entityId, known, command);
    const assigned = stepAfter(ticket.fields, { action: 'assign', ownerId: site.agentId });
    const solved = stepAfter(assigned.after, { action: 'resolve', resolution: 'New seal' });
    const closed = stepAfter(solved.after, { action: 'close' });
    const steps = [
      customer,
      by('customer', { name: '王芳芳' }, customer.entityId),
      ticket,
      assigned.step,
      by('ticketEvent', {
        ticketId: ticket.entityId,
        name: 'ticket.noted',
        at: 1,
        byId: site.agentId,
        byName: '徐静',
        note: 'Called back',
      }),
      solved.step,
      closed.step,
      call,
      by('call', { endedAt: 5 }, call.entityId),
      by('wrapUp', wrapUpFields(site.agentId)),
      task,
      by('task', { state: 'done' }, task.entityId),
    ];
    // One push each: what one push does to one record may be one step.
    for (const step of steps) {
      expect(await site.agent.push(step)).toMatchObject([{ outcome: 'applied' }]);
    }
    const expected = [
      'customer.created',
      'customer.updated',
      'ticket.created',
      'ticket.updated',
      'ticket.assigned',
      'ticket.noted',
      'ticket.updated',
      'ticket.resolved',
      'ticket.updated',
      'ticket.closed',
      'call.ended',
      'wrapUp.saved',
      'task.created',
      'task.updated',
      'task.done',
    ];
    const got = [];
    for (const _ of expected) got.push(await receiver.next());
    expect(got.map(({ event }) => event.type)).toEqual(expected);
    for (const { headers, body, event } of got) {
      expect(isGenuine(headers, body, secret)).toBe(true);
      expect(isGenuine(headers, body, 'whsec_AAAA')).toBe(false);
      expect(isGenuine(headers, `${body} `, secret)).toBe(false);
      expect(webhookEnvelopeSchema.parse(event)).toEqual(event);
      expect(headers['webhook-id']).toBe(event.id);
    }
    expect(got[0]?.event.data).toMatchObject({
      id: customer.entityId,
      recordVersion: 1,
      record: { name: '王芳' },
    });
    expect(got[1]?.event.data).toMatchObject({ changed: ['name'], record: { name: '王芳芳' } });
    const delivered = await site.until(webhook.id, (all) =>
      all.every(({ state }) => state === 'delivered'),
    );
    expect(delivered.map(({ type }) => type)).toEqual([...expected].reverse());
    expect(await site.webhook(webhook.id)).toMatchObject({ waiting: 0, dead: 0 });
  });

  test('without the scope a receiver learns only which record it is', async () => {
    await site.make({ url: receiver.url, scopes: ['tickets:read'] });
    const id = await makeCustomer(customerFields('Nobody'));
    const { event, body } = await receiver.next();
    expect(event.data).toMatchObject({ id, record: null });
    expect(body).not.toContain('Nobody');
  });

  test('each webhook is told what it asked for, and a paused one nothing', async () => {
    const tickets = await startReceiver();
    const paused = await startReceiver();
    await site.make({ url: receiver.url });
    await site.make({ url: tickets.url, events: ['ticket.created'] });
    await site.make({ url: paused.url, active: false });
    await makeCustomer();
    await site.agent.push(by('ticket', ticketFields(site.agentId)));
    expect((await receiver.next()).event.type).toBe('customer.created');
    expect((await tickets.next()).event.type).toBe('ticket.created');
    expect([...receiver.unread, ...tickets.unread, ...paused.unread]).toEqual([]);
    await Promise.all([tickets.stop(), paused.stop()]);
  });

  test('what is not taken is tried again under the same id, with a signature of its own', async () => {
    receiver.answering = (response, nth) =>
      response.writeHead(nth < 3 ? 500 : 200).end(nth < 3 ? 'not\0 now' : 'thanks');
    const { webhook, secret } = await site.make({ url: receiver.url });
    await makeCustomer();
    const attempts = [await receiver.next(), await receiver.next(), await receiver.next()];
    expect(new Set(attempts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(attempts.every(({ headers, body }) => isGenuine(headers, body, secret))).toBe(true);
    const [delivery] = await site.until(webhook.id, ([first]) => first?.state === 'delivered');
    expect(delivery).toMatchObject({
      attempts: 3,
      lastFailure: null,
      lastStatus: 200,
      lastAnswer: 'thanks',
    });
    expect((await site.webhook(webhook.id)).failingSince).toBeNull();
  });

  test('a connection that is cut is tried again', async () => {
    receiver.answering = (response, nth) => {
      if (nth === 1) response.socket?.destroy();
      else response.end();
    };
    const { webhook } = await site.make({ url: receiver.url });
    await makeCustomer();
    await receiver.next();
    await receiver.next();
    await site.until(webhook.id, ([first]) => first?.state === 'delivered');
  });

  test('dead letters are seen with the last answer, and delivered once more when asked', async () => {
    receiver.answering = (response) => response.writeHead(503).end('<b>away</b>');
    const { webhook } = await site.make({ url: receiver.url });
    const customers = [await makeCustomer(), await makeCustomer(), await makeCustomer()];
    const dead = await site.until(
      webhook.id,
      (all) => all.length === 3 && all.every(({ state }) => state === 'dead'),
    );
    expect(dead.map(({ attempts }) => attempts)).toEqual([4, 4, 4]);
    expect(dead[0]).toMatchObject({
      lastFailure: 'answered',
      lastStatus: 503,
      lastAnswer: '<b>away</b>',
      nextAt: null,
    });
    expect(await site.webhook(webhook.id)).toMatchObject({ dead: 3, waiting: 0 });
    while (receiver.unread.length > 0) await receiver.next();

    receiver.answering = (response) => response.end();
    const [last] = dead;
    const one = await site.admin.call('POST', `/api/webhook-deliveries/${last?.id}/redeliver`);
    expect(one).toMatchObject({ status: 200, body: { state: 'waiting', attempts: 0 } });
    expect((await receiver.next()).event.data.id).toBe(customers[2]);
    const all = await site.admin.call('POST', `/api/webhooks/${webhook.id}/redeliver`);
    expect(all).toMatchObject({ status: 200, body: { count: 2 } });
    const rest = [await receiver.next(), await receiver.next()];
    expect(rest.map(({ event }) => event.data.id)).toEqual(customers.slice(0, 2));
    await site.until(webhook.id, (found) => found.every(({ state }) => state === 'delivered'));
  });

  test('a receiver that is down is tried until it is up', async () => {
    const { port } = receiver;
    const { webhook } = await site.make({ url: receiver.url });
    await receiver.stop();
    const id = await makeCustomer();
    const [dead] = await site.until(webhook.id, ([first]) => first?.state === 'dead');
    expect(dead).toMatchObject({ lastFailure: 'unreachable', lastStatus: null, lastAnswer: null });
    receiver = await startReceiver(port);
    await site.admin.call('POST', `/api/webhook-deliveries/${dead?.id}/redeliver`);
    expect((await receiver.next()).event.data.id).toBe(id);
  });

  test('410 stops a webhook; it goes on when an administrator says so', async () => {
    receiver.answering = (response) => response.writeHead(410).end();
    const { webhook } = await site.make({ url: receiver.url });
    const id = await makeCustomer();
    await site.until(webhook.id, ([first]) => first?.state === 'dead');
    expect(await site.webhook(webhook.id)).toMatchObject({ active: false, stopped: 'gone' });
    const path = `/api/webhooks/${webhook.id}`;
    const refused = await site.admin.call('POST', `${path}/redeliver`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'state-not-allowed' } });
    receiver.answering = (response) => response.end();
    await receiver.next();
    const resumed = await site.admin.call('PATCH', path, { active: true });
    expect(resumed.body).toMatchObject({ active: true, stopped: null, failingSince: null });
    await site.admin.call('POST', `${path}/redeliver`);
    expect((await receiver.next()).event.data.id).toBe(id);
  });

  test('one slow receiver does not hold the others', async () => {
    const slow = await startReceiver();
    slow.answering = null;
    await site.make({ url: slow.url });
    await makeCustomer();
    const held = await slow.next();
    await site.make({ url: receiver.url });
    await makeCustomer();
    await makeCustomer();
    await receiver.next();
    await receiver.next();
    expect(slow.unread).toEqual([]);
    held.response.end();
    await slow.stop();
  });

  test('a new secret: for a while both sign', async () => {
    const { webhook, secret: old } = await site.make({ url: receiver.url });
    const made = await site.admin.call<{ secret: string }>(
      'POST',
      `/api/webhooks/${webhook.id}/secret`,
    );
    await makeCustomer();
    const { headers, body } = await receiver.next();
    expect(isGenuine(headers, body, old)).toBe(true);
    expect(isGenuine(headers, body, made.body.secret)).toBe(true);
    expect(String(headers['webhook-signature']).split(' ')).toHaveLength(2);
  });

  test('a test event is sent at once, also to a paused webhook, and tells what became of it', async () => {
    const { webhook, secret } = await site.make({ url: receiver.url, active: false });
    const path = `/api/webhooks/${webhook.id}/test`;
    expect((await site.admin.call('POST', path)).body).toMatchObject({
      type: 'webhook.test',
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
    });
    const { headers, body, event } = await receiver.next();
    expect(event).toMatchObject({ type: 'webhook.test', data: { id: webhook.id } });
    expect(isGenuine(headers, body, secret)).toBe(true);
    receiver.answering = (response) => response.writeHead(404).end('who?');
    const failed = await site.admin.call<Delivery>('POST', path);
    expect(failed.body).toMatchObject({ state: 'dead', lastStatus: 404, lastAnswer: 'who?' });
    const detail = await site.admin.call('GET', `/api/webhook-deliveries/${failed.body.id}`);
    expect(detail.body).toMatchObject({ delivery: failed.body, body: { type: 'webhook.test' } });
  });

  test('who made, changed and removed what is written down, and nothing that shall stay secret', async () => {
    const { body: made } = await site.admin.call<{ key: { id: string }; secret: string }>(
      'POST',
      '/api/keys',
      { name: 'Depot', scopes: ['webhooks:manage'] },
    );
    const program = new ServerClient(server.url);
    program.token = made.secret;
    const { body: own } = await program.call<{ webhook: { id: string } }>('POST', '/api/webhooks', {
      url: `${receiver.url}?token=hidden`,
      description: 'Store',
      events: ['customer.created'],
    });
    const path = `/api/webhooks/${own.webhook.id}`;
    await site.admin.call('PATCH', path, { active: false, description: 'Store 2' });
    await site.admin.call('POST', `${path}/secret`);
    await site.admin.call('DELETE', path);
    await site.admin.call('PATCH', `/api/keys/${made.key.id}`, { requestsPerMinute: 5 });
    await site.admin.call('DELETE', `/api/keys/${made.key.id}`);
    // What is refused was not done.
    await site.admin.call('DELETE', `/api/keys/${made.key.id}`);
    await site.admin.call('PATCH', path, { active: true });
    const audit = '/api/audit?about=integrations&limit=7';
    const { body } = await site.admin.call('GET', audit);
    const { entries } = auditPageSchema.parse(body);
    const { origin } = new URL(receiver.url);
    const key = expect.stringMatching(/^Depot \(sb_\w{8}\)/);
    expect(entries.map(({ action, detail }) => [action, detail])).toEqual([
      ['integration.key.revoked', key],
      ['integration.key.changed', expect.stringMatching(/^Depot \(.*\): requestsPerMinute$/)],
      ['integration.webhook.removed', `Store 2 (${origin})`],
      ['integration.webhook.secretRenewed', `Store 2 (${origin})`],
      ['integration.webhook.changed', `Store 2 (${origin}): description, active`],
      ['integration.webhook.made', `Store (${origin})`],
      ['integration.key.made', key],
    ]);
    expect(entries[5]).toMatchObject({ userId: null, userName: 'Depot' });
    expect(entries[0]).toMatchObject({ userId: expect.any(String), device: testDevice });
    expect(JSON.stringify(entries)).not.toContain('hidden');
    expect(await site.agent.call('GET', audit)).toMatchObject({ status: 403 });
  });

  test('deliveries come page by page, and by state', async () => {
    const { webhook } = await site.make({ url: receiver.url });
    for (const _ of [1, 2, 3]) await makeCustomer();
    const all = await site.until(
      webhook.id,
      (found) => found.length === 3 && found.every(({ state }) => state === 'delivered'),
    );
    const path = `/api/webhooks/${webhook.id}/deliveries`;
    const first = deliveriesSchema.parse((await site.admin.call('GET', `${path}?limit=2`)).body);
    const rest = await site.admin.call('GET', `${path}?limit=2&cursor=${first.cursor}`);
    expect([...first.deliveries, ...deliveriesSchema.parse(rest.body).deliveries]).toEqual(all);
    expect(rest.body).toMatchObject({ cursor: null });
    expect(await site.deliveries(webhook.id, '?state=dead')).toEqual([]);
  });

  test('nobody manages webhooks without the permission', async () => {
    const { webhook } = await site.make({ url: receiver.url });
    const stranger = new ServerClient(server.url);
    const paths = [
      '/api/webhooks',
      `/api/webhooks/${webhook.id}`,
      `/api/webhooks/${webhook.id}/deliveries`,
    ];
    for (const path of paths) {
      expect(await stranger.call('GET', path)).toMatchObject({ status: 401 });
      expect(await site.agent.call('GET', path)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      });
    }
  });

  test('a key manages webhooks that are sent no more than it may read itself', async () => {
    const hidden = await site.make({ url: receiver.url, scopes: ['customers:read'] });
    const { body: made } = await site.admin.call<{ secret: string }>('POST', '/api/keys', {
      name: 'Warehouse',
      scopes: ['webhooks:manage', 'tickets:read'],
    });
    const program = new ServerClient(server.url);
    program.token = made.secret;
    const body = { url: receiver.url, events: ['customer.created'] };
    expect(
      await program.call('POST', '/api/webhooks', { ...body, scopes: ['customers:read'] }),
    ).toMatchObject({ status: 403 });
    const own = await program.call<{ webhook: { id: string } }>('POST', '/api/webhooks', {
      ...body,
      scopes: ['tickets:read'],
    });
    expect(own).toMatchObject({ status: 201, body: { webhook: { createdByName: 'Warehouse' } } });
    const seen = await program.call('GET', '/api/webhooks');
    expect(webhooksSchema.parse(seen.body).webhooks.map(({ id }) => id)).toEqual([
      own.body.webhook.id,
    ]);
    const path = `/api/webhooks/${hidden.webhook.id}`;
    expect(await program.call('PATCH', path, { active: false })).toMatchObject({ status: 404 });
    expect(
      await program.call('PATCH', `/api/webhooks/${own.body.webhook.id}`, {
        scopes: ['customers:read'],
      }),
    ).toMatchObject({ status: 403 });
    const { body: other } = await site.admin.call<{ secret: string }>('POST', '/api/keys', {
      name: 'Reader',
      scopes: ['tickets:read'],
    });
    program.token = other.secret;
    expect(await program.call('GET', '/api/webhooks')).toMatchObject({ status: 403 });
  });

  test.each([
    ['a private address', { url: 'https://10.0.0.1/' }, 'webhook-address-refused'],
    ['no https', { url: 'ftp://example.org/' }, 'webhook-address-refused'],
    ['no events', { events: [] }, 'invalid-input'],
    ['an unknown event', { events: ['customer.deleted'] }, 'invalid-input'],
    ['text that cannot be stored', { description: '\0' }, 'invalid-input'],
  ])('refused: %s', async (_case, parts, code) => {
    const body = { url: receiver.url, events: ['customer.created'], ...parts };
    const answer = await site.admin.call('POST', '/api/webhooks', body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    const { webhook } = await site.make({ url: receiver.url });
    const changed = await site.admin.call('PATCH', `/api/webhooks/${webhook.id}`, parts);
    expect(changed).toMatchObject({ status: 400, body: { code } });
  });
});
