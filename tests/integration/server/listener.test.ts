import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createListener, type Listener } from '#server/store/database/postgresListener.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { TcpRelay } from '../../support/tcpRelay.ts';

const channel = 'listener_test';

describe.skipIf(!backendNames.includes('postgres'))('the line over which nodes hear', () => {
  let backend: Backend;
  let relay: TcpRelay;
  let speaker: pg.Client;
  let listener: Listener;
  const heard: string[] = [];

  beforeAll(async () => {
    backend = await startBackend('postgres');
    const { database } = backend.options();
    if (database.kind !== 'postgres') throw new Error('not a PostgreSQL');
    const url = new URL(database.url);
    relay = await TcpRelay.to(`${url.searchParams.get('host')}/.s.PGSQL.5432`);
    speaker = new pg.Client({ connectionString: database.url });
    await speaker.connect();
    listener = createListener(`postgresql://switchboard@127.0.0.1:${relay.port}${url.pathname}`, {
      reconnectMs: 20,
      askEveryMs: 50,
      answerWithinMs: 1_000,
    });
    await listener.listen(channel, (payload) => void heard.push(payload));
  });

  afterAll(async () => {
    await listener?.close();
    await speaker?.end();
    await relay?.close();
    await backend?.stop();
  });

  /** Said until it is heard: a busy machine may be taken for one that is gone, and the line is opened again. */
  async function isHeard(word: string): Promise<void> {
    const said = async () => {
      await speaker.query('select pg_notify($1, $2)', [channel, word]);
      return heard;
    };
    await expect.poll(said, { timeout: 60_000 }).toContain(word);
  }

  test.each([
    ['breaks', () => relay.cut()],
    ['is gone without a word', () => relay.swallow()],
  ])('one that %s is opened again, and all is told anew', async (how, lose) => {
    await isHeard(`before it ${how}`);
    heard.length = 0;
    lose();
    // What was said meanwhile is lost: whoever listens looks for himself.
    await expect.poll(() => heard, { timeout: 60_000 }).toContain('');
    await isHeard(`after it ${how}`);
  });
});
