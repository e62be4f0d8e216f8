import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { maxAtOnce, patience } from '#server/http/patience.ts';
import { mostMessages, mostSockets } from '#server/live/manners.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultTrafficLimits } from '#server/traffic/traffic.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  type LiveSocket,
  operationBy,
  pulledAtNews,
  ServerClient,
  testDevice,
} from '../../support/serverClient.ts';

/** One desk goes mad; another one works on meanwhile, and has to notice nothing of it. */
describe.each(backendNames)('a desk that sends garbage, on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let mad: ServerClient;
  let good: ServerClient;
  let goodId: string;
  let goodSocket: LiveSocket;
  const opened = new Set<WebSocket | Socket>();

  beforeAll(async () => {
    backend = await startBackend(name);
    // As many at a time as ever; on a busy machine the line moves slower than a desk would wait.
    const { push, pull } = defaultTrafficLimits;
    const patiently = { maxWaitMs: 60_000 };
    const traffic = { push: { ...push, ...patiently }, pull: { ...pull, ...patiently } };
    server = await startServer(backend.options({ practiceCustomers: 0, traffic }));
    mad = new ServerClient(server.url);
    await mad.signIn('chen.hao');
    good = new ServerClient(server.url);
    goodId = (await good.signIn('xu.jing')).user.id;
    goodSocket = good.live();
    await goodSocket.hello(good.token);
    await goodSocket.next();
  });

  afterEach(() => {
    for (const socket of opened) {
      if (socket instanceof WebSocket) socket.terminate();
      else socket.destroy();
    }
    opened.clear();
  });

  afterAll(async () => {
    goodSocket?.close();
    await server?.stop();
    await backend?.stop();
  });

  /** A whole round of work of the good desk: push, news, pull. */
  async function goodDeskWorks(): Promise<void> {
    const tip = await good.tip();
    const made = operationBy(goodId, { entity: 'customer', fields: customerFields() });
    const [result] = await good.push(made);
    expect(result?.outcome).toBe('applied');
    await pulledAtNews(goodSocket, good, { cursor: tip, id: made.entityId });
  }

  interface MadSocket {
    socket: WebSocket;
    closed: Promise<number>;
  }

  /** A socket that has said hello and heard its welcome. */
  async function openMad(): Promise<MadSocket> {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/sync/live`);
    opened.add(socket);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    await once(socket, 'open');
    const welcome = once(socket, 'message');
    socket.send(JSON.stringify({ type: 'hello', token: mad.token, deviceId: testDevice }));
    await welcome;
    return { socket, closed };
  }

  test.each<[string, number, (socket: WebSocket) => void]>([
    ['text that is no message', 4400, (socket) => socket.send('hello?')],
    ['a message without a type', 4400, (socket) => socket.send('{"x":1}')],
    ['a type that is no word', 4400, (socket) => socket.send('{"type":{}}')],
    ['a list', 4400, (socket) => socket.send('[]')],
    ['bytes', 4400, (socket) => socket.send(Buffer.from([0, 255, 1]))],
    ['a message that is too long', 1009, (socket) => socket.send('x'.repeat(100_000))],
    ['a long message in small parts', 1009, sendInParts],
  ])('%s behind the hello closes with %i', async (_case, code, send) => {
    const { socket, closed } = await openMad();
    send(socket);
    expect(await closed).toBe(code);
    await goodDeskWorks();
  });

  function sendInParts(socket: WebSocket): void {
    for (let n = 0; n < 100; n += 1) socket.send('x'.repeat(100), { fin: n === 99 });
  }

  test.each<[string, number, number[]]>([
    ['without a mask', 1002, [0x81, 0x01, 0x78]],
    ['with reserved bits', 1002, [0xf1, 0x80, 0, 0, 0, 0]],
    ['of an unknown kind', 1002, [0x83, 0x80, 0, 0, 0, 0]],
    ['of control that is too long', 1002, [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0]],
    ['that claims an exabyte', 1009, [0x81, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['of text that is none', 1007, [0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]],
  ])('a frame %s closes with %i', async (_case, code, frame) => {
    const socket = await rawSocket();
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(Buffer.from(frame));
    await once(socket, 'close');
    const bytes = Buffer.concat(chunks);
    // A close frame: its kind, its length, then the code.
    expect(bytes[0]).toBe(0x88);
    expect(bytes.readUInt16BE(2)).toBe(code);
    await goodDeskWorks();
  });

  /** A connection that has shaken hands and knows nothing else of WebSockets. */
  async function rawSocket(): Promise<Socket> {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    opened.add(socket);
    socket.on('error', () => {});
    const lines = [
      'GET /api/sync/live HTTP/1.1',
      `host: ${hostname}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    let head = '';
    while (!head.endsWith('\r\n\r\n')) {
      const [chunk] = await once(socket, 'data');
      head += String(chunk);
    }
    return socket;
  }

  test.each<[string, (socket: WebSocket) => void]>([
    ['messages', (socket) => socket.send('{"type":"later"}')],
    ['pings', (socket) => socket.ping()],
    ['messages of 4,000 letters', (socket) => socket.send(`{"type":"${'x'.repeat(4_000)}"}`)],
  ])('a flood of %s is cut off', async (_case, send) => {
    const { socket, closed } = await openMad();
    for (let n = 0; n < 5_000; n += 1) send(socket);
    await goodDeskWorks();
    // The far end may be gone before the last word is read.
    expect([4429, 1006]).toContain(await closed);
    await goodDeskWorks();
  });

  test('a few messages that this server does not know are passed over', async () => {
    const { socket } = await openMad();
    for (let n = 0; n < mostMessages - 2; n += 1) socket.send(`{"type":"of the future","n":${n}}`);
    const pong = once(socket, 'pong');
    socket.ping();
    await pong;
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test('a session has no more than some sockets', async () => {
    const held: MadSocket[] = [];
    for (let n = 0; n < mostSockets; n += 1) held.push(await openMad());
    const socket = mad.live();
    await socket.hello(mad.token);
    expect(await socket.closed).toBe(4429);
    await goodDeskWorks();
    const [first] = held;
    first?.socket.close();
    await first?.closed;
    await openMad();
  });

  test('a flood of garbage by HTTP is turned away, and only its sender', async () => {
    await mad.signIn('chen.hao');
    const statuses = new Map<number, number>();
    for (let n = 0; n < patience.most * 2; n += 10) {
      const sent = Array.from({ length: 10 }, () => mad.call('POST', '/api/sync/push', { n }));
      for (const { status } of await Promise.all(sent)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect([...statuses.keys()].sort()).toEqual([400, 429]);
    expect(statuses.get(400)).toBeGreaterThanOrEqual(patience.most);
    await goodDeskWorks();
    // Another desk of the same user is not to blame.
    await mad.signIn('chen.hao');
    expect((await mad.call('GET', '/api/me')).status).toBe(200);
  });

  test('many requests at once leave the others their turn', async () => {
    await mad.signIn('chen.hao');
    const pulls = Array.from({ length: maxAtOnce * 4 }, () =>
      mad.call('POST', '/api/sync/pull', { deviceId: testDevice, cursor: null, limit: 2_000 }),
    );
    await goodDeskWorks();
    const statuses = new Set((await Promise.all(pulls)).map(({ status }) => status));
    expect([...statuses].every((status) => [200, 429, 503].includes(status))).toBe(true);
    expect(statuses.has(200)).toBe(true);
    await goodDeskWorks();
  });
});
