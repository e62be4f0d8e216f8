import pg from 'pg';

export interface Listener {
  listen(channel: string, heard: (payload: string) => void): Promise<void>;
  close(): Promise<void>;
}

export interface ListenerPace {
  reconnectMs: number;
  /**
   * It is silent for hours at night. So often it asks something: before somebody on the way forgets it, and because one
   * whose other end is gone without a word would hear nothing for ever, and no desk of this node either.
   */
  askEveryMs: number;
  answerWithinMs: number;
}

const usualPace: ListenerPace = { reconnectMs: 1_000, askEveryMs: 30_000, answerWithinMs: 10_000 };

/**
 * LISTEN on a connection of its own, opened again when it breaks. Notifications sent meanwhile are
 * lost, so every channel is told once with an empty payload after a reconnection.
 */
export function createListener(
  url: string,
  { reconnectMs, askEveryMs, answerWithinMs }: ListenerPace = usualPace,
): Listener {
  const channels = new Map<string, (payload: string) => void>();
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'switchboard listener',
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    fresh.on('notification', ({ channel, payload }) => channels.get(channel)?.(payload ?? ''));
    fresh.on('error', () => {});
    await fresh.connect();
    fresh.once('end', () => {
      if (client !== fresh) return;
      client = null;
      retryLater();
    });
    try {
      if (closed) throw new Error('nobody listens any more');
      for (const channel of channels.keys()) await subscribe(fresh, channel);
    } catch (error) {
      void fresh.end();
      throw error;
    }
    askNowAndThen(fresh);
    return fresh;
  }

  /** What does not answer is given up: its end is what opens another one. */
  function askNowAndThen(asked: pg.Client): void {
    let next = setTimeout(ask, askEveryMs);
    function ask(): void {
      asked.query('select').then(
        () => {
          next = setTimeout(ask, askEveryMs);
        },
        () => void asked.end(),
      );
    }
    asked.once('end', () => clearTimeout(next));
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
