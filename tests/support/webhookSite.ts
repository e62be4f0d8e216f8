import type { RunningServer } from '#server/server.ts';
import type {
  CreatedWebhook,
  Deliveries,
  Delivery,
  NewWebhook,
  Webhook,
} from '#shared/sync/webhooks.ts';
import { beforeAskingAgain } from './askAgain.ts';
import { ServerClient } from './serverClient.ts';

/** An administrator and an agent at a running server. */
export interface WebhookSite {
  agent: ServerClient;
  agentId: string;
  admin: ServerClient;
  make(parts: Partial<NewWebhook> & { url: string }): Promise<CreatedWebhook>;
  webhook(id: string): Promise<Webhook>;
  deliveries(id: string, query?: string): Promise<Delivery[]>;
  /** Until a webhook's deliveries are as said; the server's word decides, no clock. */
  until(id: string, isSo: (deliveries: Delivery[]) => boolean): Promise<Delivery[]>;
}

export async function openSite(server: Pick<RunningServer, 'url'>): Promise<WebhookSite> {
  const agent = new ServerClient(server.url);
  const agentId = (await agent.signIn('xu.jing')).user.id;
  const admin = new ServerClient(server.url);
  await admin.signIn('admin');

  async function ok<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await admin.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  const site: WebhookSite = {
    agent,
    agentId,
    admin,
    make: (parts) => ok('POST', '/api/webhooks', { events: ['customer.created'], ...parts }),
    webhook: (id) => ok('GET', `/api/webhooks/${id}`),
    async deliveries(id, query = '') {
      return (await ok<Deliveries>('GET', `/api/webhooks/${id}/deliveries${query}`)).deliveries;
    },
    async until(id, isSo) {
      for (;;) {
        const found = await site.deliveries(id);
        if (isSo(found)) return found;
        await beforeAskingAgain();
      }
    },
  };
  return site;
}
