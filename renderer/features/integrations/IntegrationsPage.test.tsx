import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import type { ApiKey } from '#shared/sync/integrations.ts';
import type { Delivery, Webhook } from '#shared/sync/webhooks.ts';
import { renderOnDesk, testDesk, uuid } from '../fields/testDesk.tsx';
import { IntegrationsPage } from './IntegrationsPage.tsx';
import { forgetSecret } from './secretStore.ts';
import { refreshEveryMs } from './useRefresh.ts';

const key: ApiKey = {
  id: uuid(1),
  name: 'Web shop',
  prefix: 'sb_4f7k2m9q',
  scopes: ['customers:read', 'tickets:write'],
  requestsPerMinute: 600,
  createdAt: 1_000,
  createdById: uuid(900),
  createdByName: 'Admin',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  revokedByName: null,
};
const webhook: Webhook = {
  id: uuid(2),
  url: 'https://example.org/hook',
  description: 'Warehouse',
  events: ['customer.created', 'ticket.resolved'],
  scopes: ['tickets:read'],
  active: true,
  stopped: null,
  failingSince: null,
  deliveredAt: null,
  previousSecretUntil: null,
  waiting: 1,
  dead: 2,
  createdAt: 1_000,
  createdByName: 'Admin',
};
const dead: Delivery = {
  id: uuid(3),
  webhookId: webhook.id,
  eventId: uuid(4),
  type: 'ticket.resolved',
  state: 'dead',
  attempts: 10,
  createdAt: 2_000,
  nextAt: null,
  lastAt: 3_000,
  lastTookMs: 12,
  lastFailure: 'answered',
  lastStatus: 500,
  lastAnswer: '<b>out of order</b>',
};
const body = {
  id: dead.eventId,
  type: dead.type,
  at: 2_000,
  version: 1 as const,
  data: { id: uuid(5), recordVersion: 3, changed: ['state'], record: null },
};
const secret = `whsec_${'A'.repeat(43)}=`;

beforeEach(() => {
  forgetSecret();
});
afterEach(cleanup);

function open(hash: string, answers: Parameters<typeof testDesk>[0]) {
  window.location.hash = hash;
  const desk = testDesk(answers);
  renderOnDesk(<IntegrationsPage />, desk.bridge);
  return { desk, user: userEvent.setup() };
}

function go(hash: string) {
  act(() => {
    window.location.hash = hash;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  });
}

it('makes a key by keyboard, and shows its secret until it is stored', async () => {
  const keys: ApiKey[] = [];
  const { desk, user } = open('#/integrations', {
    'integrations.keys': () => ok([...keys]),
    'integrations.createKey': () => {
      keys.push(key);
      return ok({ key, secret: 'sb_4f7k2m9q_secret' });
    },
  });
  await screen.findByText('No keys yet');
  await user.click(screen.getByTestId('integration-new'));
  expect(await screen.findByTestId('key-name')).toBe(document.activeElement);
  await user.click(screen.getByTestId('key-save'));
  expect(screen.getByTestId('fields-left').textContent).toBe('2 fields left');
  expect(desk.inputsOf('integrations.createKey')).toEqual([]);
  await user.keyboard('Web shop{Tab} {Tab}{Tab}{Tab}{Tab}{Tab}{Tab} ');
  await user.click(screen.getByTestId('key-save'));
  const shown = await screen.findByTestId('secret-shown');
  expect(within(shown).getByTestId('secret')).toHaveProperty('value', 'sb_4f7k2m9q_secret');
  expect(desk.inputsOf('integrations.createKey')).toEqual([
    {
      name: 'Web shop',
      scopes: ['customers:read', 'tickets:read'],
      requestsPerMinute: 600,
      expiresAt: null,
    },
  ]);
  // Another page, and back: the secret was not lost.
  go('#/integrations/webhooks');
  expect(screen.getByTestId('secret-shown')).toBeDefined();
  await user.click(screen.getByTestId('secret-stored'));
  expect(screen.queryByTestId('secret-shown')).toBeNull();
});

it('asks before a key is revoked', async () => {
  const { desk, user } = open('#/integrations/keys', {
    'integrations.keys': () => ok([key]),
    'integrations.revokeKey': () => ok({}),
  });
  const row = await screen.findByTestId('key');
  for (const words of ['Web shop', 'sb_4f7k2m9q…', 'Never used', 'Read customers, Write tickets']) {
    expect(row.textContent).toContain(words);
  }
  await user.click(screen.getByTestId('key-revoke'));
  expect(screen.getByTestId('asked-no')).toBe(document.activeElement);
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('asked-yes')).toBeNull();
  await user.click(screen.getByTestId('key-revoke'));
  await user.click(screen.getByTestId('asked-yes'));
  expect(desk.inputsOf('integrations.revokeKey')).toEqual([{ keyId: key.id }]);
});

it('changes a key, and sends only what was changed', async () => {
  const expiring = { ...key, expiresAt: 4_000_000_000_000 };
  const { desk, user } = open('#/integrations/keys', {
    'integrations.keys': () => ok([expiring]),
    'integrations.changeKey': () => ok(expiring),
  });
  await user.click(await screen.findByTestId('key-edit'));
  const name = await screen.findByTestId('key-name');
  expect(name).toHaveProperty('value', 'Web shop');
  await user.type(name, ' 2');
  await user.click(screen.getByTestId('key-scope-orders:read'));
  await user.click(screen.getByTestId('key-save'));
  await waitFor(() => expect(screen.queryByTestId('key-form')).toBeNull());
  expect(desk.inputsOf('integrations.changeKey')).toEqual([
    {
      keyId: key.id,
      change: { name: 'Web shop 2', scopes: ['customers:read', 'orders:read', 'tickets:write'] },
    },
  ]);
  await user.click(screen.getByTestId('key-edit'));
  await user.click(await screen.findByText('Never'));
  await user.click(screen.getByTestId('key-save'));
  await waitFor(() => expect(screen.queryByTestId('key-form')).toBeNull());
  expect(desk.inputsOf('integrations.changeKey').at(-1)).toEqual({
    keyId: key.id,
    change: { expiresAt: null },
  });
});

it('makes a webhook; an address that the server refuses is said at the form', async () => {
  const made: Webhook[] = [];
  const { user } = open('#/integrations/new-webhook', {
    'integrations.webhooks': () => ok([...made]),
    'integrations.deliveries': () => ok({ deliveries: [], cursor: null }),
    'integrations.createWebhook': ({ url, events }) => {
      if (url.includes('10.0.0.1')) return fail('webhook-address-refused', 'url');
      made.push({ ...webhook, url, events });
      return ok({ webhook, secret });
    },
  });
  const url = await screen.findByTestId('webhook-url');
  await user.type(url, 'https://10.0.0.1/');
  await user.click(screen.getByTestId('webhook-event-call.ended'));
  await user.click(screen.getByTestId('webhook-save'));
  await screen.findByText(/lead to a public address/);
  expect(url).toBe(document.activeElement);
  await user.clear(url);
  await user.type(url, 'https://example.org/hook');
  await user.click(screen.getByTestId('webhook-save'));
  expect(await screen.findByTestId('secret')).toHaveProperty('value', secret);
  await waitFor(() => expect(window.location.hash).toBe(`#/integrations/${webhook.id}`));
});

it('shows what was not taken and why, and delivers it again', async () => {
  const { desk, user } = open(`#/integrations/${webhook.id}`, {
    'integrations.webhooks': () => ok([webhook]),
    'integrations.deliveries': () => ok({ deliveries: [dead], cursor: null }),
    'integrations.delivery': () => ok({ delivery: dead, body }),
    'integrations.redeliver': () => ok({ ...dead, state: 'waiting' as const }),
    'integrations.redeliverAll': () => ok({ count: 2 }),
  });
  const row = await screen.findByTestId('delivery');
  for (const words of ['Dead letter', 'Ticket resolved', '10 attempts', 'answered 500']) {
    expect(row.textContent).toContain(words);
  }
  expect(screen.getByTestId('webhook').textContent).toContain('1 waiting · 2 dead letters');
  await user.click(within(row).getByRole('button', { expanded: false }));
  // What the receiver answered is text, whatever it looks like.
  expect(screen.getByTestId('delivery-answer').textContent).toBe('<b>out of order</b>');
  expect(screen.getByTestId('delivery-answer').querySelector('b')).toBeNull();
  await user.click(await screen.findByTestId('redeliver'));
  expect(desk.inputsOf('integrations.redeliver')).toEqual([{ deliveryId: dead.id }]);
  await user.click(screen.getByText('Dead letters'));
  await user.click(await screen.findByTestId('redeliver-all'));
  expect(desk.inputsOf('integrations.redeliverAll')).toEqual([{ webhookId: webhook.id }]);
});

it('shows a test event as soon as it was sent', async () => {
  const sent: Delivery[] = [];
  const { user } = open(`#/integrations/${webhook.id}`, {
    'integrations.webhooks': () => ok([webhook]),
    'integrations.deliveries': () => ok({ deliveries: [...sent], cursor: null }),
    'integrations.testWebhook': () => {
      const test = { ...dead, type: 'webhook.test', state: 'delivered' as const };
      sent.push(test);
      return ok(test);
    },
  });
  await screen.findByText('Nothing here');
  await user.click(screen.getByTestId('webhook-test'));
  expect((await screen.findByTestId('delivery')).textContent).toContain('Test');
});

it('pauses, and shows a stopped webhook with the reason', async () => {
  let now: Webhook = webhook;
  const { desk, user } = open(`#/integrations/${webhook.id}`, {
    'integrations.webhooks': () => ok([now]),
    'integrations.deliveries': () => ok({ deliveries: [], cursor: null }),
    'integrations.changeWebhook': () => {
      now = { ...webhook, active: false, stopped: 'gone' };
      return ok(now);
    },
  });
  await user.click(await screen.findByTestId('webhook-active'));
  expect(desk.inputsOf('integrations.changeWebhook')).toEqual([
    { webhookId: webhook.id, change: { active: false } },
  ]);
  await screen.findByText(/The receiver answered 410/);
  expect(screen.getByTestId('webhook-active').textContent).toBe('Resume');
});

it.each([
  ['nothing waits', { waiting: 0 }, null],
  ['something waits', {}, 5_000],
  ['what waits is not taken', { failingSince: 1_000 }, 30_000],
  ['it is paused', { active: false }, null],
])('looks again only as needed: %s', (_, parts: Partial<Webhook>, everyMs) => {
  expect(refreshEveryMs([{ ...webhook, ...parts }])).toBe(everyMs);
});

it('keeps what is being written where the server is away for a moment', async () => {
  let away = false;
  const { user } = open(`#/integrations/${webhook.id}`, {
    'integrations.webhooks': () => (away ? fail('server-unreachable', 'no answer') : ok([webhook])),
    'integrations.deliveries': () => ok({ deliveries: [], cursor: null }),
  });
  await user.click(await screen.findByText('Settings'));
  await user.type(screen.getByTestId('webhook-description'), ' 2');
  away = true;
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await screen.findByText('Integrations cannot be shown');
  expect(screen.getByTestId('webhook-description')).toHaveProperty('value', 'Warehouse 2');
});

it('says that the server is away, and asks again when told', async () => {
  let away = true;
  const { user } = open('#/integrations/webhooks', {
    'integrations.webhooks': () => (away ? fail('server-unreachable', 'no answer') : ok([webhook])),
  });
  await screen.findByText('Integrations cannot be shown');
  away = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByTestId('webhook');
});
