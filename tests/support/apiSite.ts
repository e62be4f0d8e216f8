import type { ServerOptions } from '#server/options.ts';
import { startServer } from '#server/server.ts';
import { type ApiClient, makeKey, type Page } from './apiClient.ts';
import { type backendNames, startBackend } from './serverBackends.ts';
import { ServerClient } from './serverClient.ts';

/** A server with a program that has a key for everything, and an agent's desk beside it. */
export interface ApiSite {
  url: string;
  options: ServerOptions;
  crm: ApiClient;
  desk: ServerClient;
  /** The agent's id. */
  me: string;
  /** The server's clock, ms UTC; it stands unless it is set on. */
  clock: { nowMs: number };
  changesSince(cursor: string | null): Promise<{ entity: string; id: string; fields: object }[]>;
  /** A list, once nothing of what was written is held back any more. */
  listed(path: string): Promise<Page>;
  stop(): Promise<void>;
}

export async function openApiSite(name: (typeof backendNames)[number]): Promise<ApiSite> {
  const backend = await startBackend(name);
  const clock = { nowMs: Date.now() };
  const options = backend.options({ practiceCustomers: 5, now: () => clock.nowMs });
  const server = await startServer(options);
  const crm = await makeKey(server.url, { requestsPerMinute: 60_000 });
  const desk = new ServerClient(server.url);
  const me = (await desk.signIn('xu.jing')).user.id;
  return {
    ...{ url: server.url, options, crm, desk, me, clock },
    async changesSince(cursor) {
      const { changes } = await desk.pullSettled(cursor);
      return changes.map(({ entity, id, fields }) => ({ entity, id, fields }));
    },
    async listed(path) {
      await desk.tip();
      return crm.page(path);
    },
    async stop() {
      await server.stop();
      await backend.stop();
    },
  };
}
