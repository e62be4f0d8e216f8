import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isGenuine } from '../../examples/webhooks/receiver.ts';
import { type CallCentre, startCallCentre } from '../support/callCentre.ts';
import { closeContexts, type DeskWindow, openDesk } from '../support/deskWindow.ts';
import { tellFailures } from '../support/failureStory.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhookReceiver.ts';
import { DeskPage } from './pages/desk.ts';
import { IntegrationsPage } from './pages/integrations.ts';

/** An administrator lets another program in and out, and has one told what happens; through the window alone. */
let centre: CallCentre;
let window: DeskWindow;
let integrations: IntegrationsPage;
let receiver: WebhookReceiver;

beforeAll(async () => {
  [centre, receiver] = await Promise.all([startCallCentre(), startReceiver()]);
  window = await openDesk(centre, 'integrations');
  await new DeskPage(window.page).signIn.practiseAs('admin');
  integrations = new IntegrationsPage(window.page);
});

afterAll(async () => {
  await window?.close();
  await closeContexts();
  await receiver?.stop();
  await centre?.stop();
});

tellFailures('integrations', () => ({ centre, windows: [window] }));

describe('keys and webhooks in the window', () => {
  it('makes a key that opens what its scope says, renames it, and revokes it', async () => {
    await integrations.openKeys();
    const secret = await integrations.makeKey('Web shop', 'customers:read');
    const ask = (path: string) =>
      fetch(`${centre.serverUrl}/api/v1/${path}`, {
        headers: { authorization: `Bearer ${secret}` },
      });
    const found = await ask('customers?limit=1');
    expect(found.status).toBe(200);
    expect(await found.json()).toMatchObject({ items: [{ id: expect.any(String) }] });
    expect((await ask('tickets')).status).toBe(403);
    await integrations.renameKey('Shop of the web');
    expect((await ask('customers?limit=1')).status).toBe(200);
    await integrations.revokeKey();
    expect((await ask('customers?limit=1')).status).toBe(401);
    expect(await window.page.content()).not.toContain(secret);
  });

  it('makes a webhook, sends it a test event, and sees that it was taken', async () => {
    await integrations.openWebhooks();
    const secret = await integrations.makeWebhook(receiver.url, 'customer.created');
    await integrations.sendTest();
    const { event, headers, body } = await receiver.next();
    expect(event.type).toBe('webhook.test');
    expect(isGenuine(headers, body, secret)).toBe(true);
    await integrations.delivered('Test');
    expect(window.errors).toEqual([]);
  });
});
