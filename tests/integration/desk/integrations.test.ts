import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import type { InputOf, MethodName, OutputOf } from '#shared/contract/contract.ts';
import type { Result } from '#shared/result.ts';
import { startTestDesk, type TestDesk } from '../../support/deskInProcess.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { startReceiver, type WebhookReceiver } from '../../support/webhookReceiver.ts';

/** An administrator's desk and a real server: what the page of integrations asks. */
let server: RunningServer;
let desk: TestDesk;
let receiver: WebhookReceiver;

beforeAll(async () => {
  server = await startServer(testOptions({ pbx: null, practiceCustomers: 0 }));
  desk = startTestDesk(server.url);
  receiver = await startReceiver();
  await signIn('admin');
});
afterAll(async () => {
  await desk.stop();
  await receiver.stop();
  await server.stop();
});

async function signIn(login: string): Promise<void> {
  const startAs = { state: 'break', reason: 'rest' };
  const input = { login, password: 'practice', remember: false, startAs };
  // A server that has just begun may take longer than a desk waits for it.
  await vi.waitFor(async () => {
    expect(await desk.desk.handle('session.signIn', input)).toMatchObject({ ok: true });
  }, 45_000);
}

function ask<M extends MethodName>(name: M, input: InputOf<M>): Promise<Result<OutputOf<M>>> {
  return desk.desk.handle(name, input) as Promise<Result<OutputOf<M>>>;
}

async function done<M extends MethodName>(name: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const result = await ask(name, input);
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.message}`);
  return result.value;
}

test('keys are made, listed without their secrets, and revoked', async () => {
  const made = await done('integrations.createKey', {
    name: 'Web shop',
    scopes: ['customers:read'],
    requestsPerMinute: 60,
    expiresAt: null,
  });
  expect(made.secret).toContain(made.key.prefix);
  const keys = await done('integrations.keys', {});
  expect(keys).toEqual([made.key]);
  expect(JSON.stringify(keys)).not.toContain(made.secret);
  const change = { name: 'Web shop 2', requestsPerMinute: 30 };
  expect(await done('integrations.changeKey', { keyId: made.key.id, change })).toMatchObject(
    change,
  );
  await done('integrations.revokeKey', { keyId: made.key.id });
  const audit = await done('team.audit', { about: 'integrations', before: null, limit: 10 });
  expect(new Set(audit.map(({ action }) => action))).toEqual(
    new Set(['integration.key.made', 'integration.key.changed', 'integration.key.revoked']),
  );
  expect(await done('integrations.keys', {})).toMatchObject([{ revokedAt: expect.any(Number) }]);
  expect(await ask('integrations.revokeKey', { keyId: made.key.id })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

test('a webhook is made, tried, changed, and removed; its deliveries are seen', async () => {
  const made = {
    url: receiver.url,
    description: 'Warehouse',
    events: ['customer.created' as const],
    scopes: [],
    active: true,
  };
  expect(
    await ask('integrations.createWebhook', { ...made, url: 'https://10.0.0.1/' }),
  ).toMatchObject({ ok: false, error: { code: 'webhook-address-refused' } });
  const { webhook, secret } = await done('integrations.createWebhook', made);
  const webhookId = webhook.id;
  expect(await done('integrations.webhooks', {})).toEqual([webhook]);
  receiver.answering = (response) => response.writeHead(500).end('no');
  const sent = await done('integrations.testWebhook', { webhookId });
  expect(sent).toMatchObject({ state: 'dead', lastStatus: 500, lastAnswer: 'no' });
  const { event } = await receiver.next();
  const page = { webhookId, state: null, cursor: null };
  expect((await done('integrations.deliveries', page)).deliveries).toEqual([sent]);
  expect((await done('integrations.deliveries', { ...page, state: 'waiting' })).deliveries).toEqual(
    [],
  );
  const detail = await done('integrations.delivery', { deliveryId: sent.id });
  expect(detail).toEqual({ delivery: sent, body: event });

  receiver.answering = (response) => response.end();
  await done('integrations.redeliver', { deliveryId: sent.id });
  expect((await receiver.next()).event).toEqual(event);
  expect(await done('integrations.redeliverAll', { webhookId })).toEqual({ count: 0 });
  const renewed = await done('integrations.renewSecret', { webhookId });
  expect(renewed.secret).not.toBe(secret);
  const change = { active: false, description: 'Store' };
  expect(await done('integrations.changeWebhook', { webhookId, change })).toMatchObject(change);
  expect(await ask('integrations.redeliverAll', { webhookId })).toMatchObject({
    ok: false,
    error: { code: 'state-not-allowed' },
  });
  await done('integrations.removeWebhook', { webhookId });
  expect(await done('integrations.webhooks', {})).toEqual([]);
});

test('nobody without the permission asks, and nothing is shown while the server is away', async () => {
  await done('session.signOut', {});
  await signIn('xu.jing');
  expect(await ask('integrations.keys', {})).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  await done('session.signOut', {});
  await signIn('admin');
  await server.stop();
  expect(await ask('integrations.webhooks', {})).toMatchObject({
    ok: false,
    error: { code: 'server-unreachable' },
  });
});
