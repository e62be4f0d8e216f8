import pg from 'pg';

export interface Listener {
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

const reconnectMs = 1_000;
const connectWithinMs = 10_000;
/** It is silent for hours at night: so often it says that it is there, before somebody on the way forgets it, ms. */
const aliveEveryMs = 30_000;

/**
 * LISTEN on a connection of its own, opened again when it breaks. Notifications sent meanwhile are
 * lost, so every channel is told once with an empty payload after a reconnection.
 */
export function createListener(url: string): Listener {
  const channels = new Map<string, (payload: string) => void>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'switchboard listener',
      keepAlive: true,
      keepAliveInitialDelayMillis: aliveEveryMs,
      connectionTimeoutMillis: connectWithinMs,
    });
    fresh.on('notification', ({ channel, payload }) => channels.get(channel)?.(payload ?? ''));
    fresh.on('error', () => {});
    await fresh.connect();
    if (closed) await fresh.end();
    fresh.once('end', () => {
      client = null;
      retryLater();
    });
    for (const channel of channels.keys()) await subscribe(fresh, channel);
    return fresh;
  }

  function retryLater(): void {
    if (closed || timer) return;
    timer = setTimeout(() => {
      timer = null;
      connect().then(
        (fresh) => {
          client = fresh;
          for (const heard of channels.values()) heard('');
        },
        () => retryLater(),
      );
    }, reconnectMs);
  }

  return {
    async listen(channel, heard) {
      channels.set(channel, heard);
      if (client) return subscribe(client, channel);
      client = await connect();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await client?.end();
    },
  };
}

async function subscribe(client: pg.Client, channel: string): Promise<void> {
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
}
