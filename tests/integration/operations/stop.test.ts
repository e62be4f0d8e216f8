import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  customerFields,
  operationBy,
  ServerClient,
  testDevice,
} from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-stop-'));
/** A busy machine takes long to start a process with a database. */
const patient = { timeout: 180_000 };
let server: ServerProcess;

function start(variables: Record<string, string> = {}): ServerProcess {
  return startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    PRACTICE_CUSTOMERS: '1',
    DATA_DIR: folder,
    ...variables,
  });
}

beforeAll(() => layDatabase(folder));
afterEach(async () => {
  server.child.kill('SIGKILL');
  await server.ended;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A wire to the server on which bytes are said and heard as they are. */
class Wire {
  readonly socket: Socket;
  #heard = '';
  #waiting: (() => void) | null = null;

  constructor(url: string) {
    this.socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (bytes) => {
      this.#heard += String(bytes);
      this.#waiting?.();
    });
    this.socket.on('close', () => this.#waiting?.());
  }

  say(text: string): void {
    this.socket.write(text);
  }

  /** What was heard once it fits, or once the other side hung up. */
  async until(fits: RegExp): Promise<string> {
    while (!fits.test(this.#heard) && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.#heard;
  }
}

/** A push of which the server has read the head, and not yet the body. */
async function halfPush(client: ServerClient, body: string): Promise<Wire> {
  const wire = new Wire(client.url);
  wire.say(
    'POST /api/sync/push HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nexpect: 100-continue\r\n' +
      `authorization: Bearer ${client.token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`,
  );
  expect(await wire.until(/100 Continue\r\n\r\n/)).toContain('100 Continue');
  return wire;
}

async function signedIn(): Promise<{ client: ServerClient; me: string }> {
  const client = new ServerClient(await server.ready);
  return { client, me: (await client.signIn('xu.jing')).user.id };
}

test(
  'a stop answers what was asked, takes nothing new, and closes the live sockets',
  patient,
  async () => {
    server = start();
    const { client, me } = await signedIn();
    const live = client.live();
    await live.hello(client.token);
    expect(await live.next()).toMatchObject({ type: 'welcome' });
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    const body = JSON.stringify({ deviceId: testDevice, operations: [made] });
    const asked = await halfPush(client, body);
    const late = new Wire(client.url);
    late.say('GET /readyz HTTP/1.1\r\nhost: x\r\n');
    await once(late.socket, 'connect');
    const early = new Wire(client.url);
    early.say('GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await early.until(/\{"status":"ok"\}/)).toContain('200 OK');

    const idle = once(early.socket, 'close');
    server.child.kill('SIGTERM');
    expect(await live.closed).toBe(1001);
    await idle;
    late.say('\r\n');
    const refused = await late.until(/"status":503/);
    expect(refused).toContain('503 Service Unavailable');
    expect(refused).toContain('retry-after: 1');
    expect(refused).toContain('connection: close');
    expect(await client.call('GET', '/readyz').catch(() => null)).toBeNull();

    asked.say(body);
    const answer = await asked.until(/"serverTime":\d+\}/);
    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(answer).toContain('"outcome":"applied"');
    expect(await server.ended).toEqual({ code: 0, signal: null, stderr: '' });

    server = start();
    const again = await signedIn();
    const { changes } = await again.client.pullAll();
    expect(changes.filter(({ id }) => id === made.entityId)).toHaveLength(1);
  },
);

test('a stop waits for a request no longer than it may', patient, async () => {
  server = start({ STOP_TIMEOUT_MS: '100' });
  const { client } = await signedIn();
  const asked = await halfPush(client, 'never said to its end');
  const cut = once(asked.socket, 'close');
  server.child.kill('SIGTERM');
  await cut;
  expect(await server.ended).toEqual({ code: 0, signal: null, stderr: '' });
});
