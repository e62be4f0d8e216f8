import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { post } from './post.ts';
import type { WebhookTargets } from './targets.ts';

const servers: { close(): void; closeAllConnections?(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.();
    server.close();
  }
});

const never = new AbortController().signal;
const options = { targets: 'loopback' as WebhookTargets, timeoutMs: 60_000, signal: never };

async function serve(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: portOf(server) };
}

function portOf(server: { address(): unknown }): number {
  const address = server.address();
  if (typeof address === 'object' && address && 'port' in address) return Number(address.port);
  throw new Error('no port');
}

test('what is taken is taken, with the beginning of the answer', async () => {
  let got: unknown;
  const { port } = await serve((request, response) => {
    got = { method: request.method, url: request.url, headers: request.headers };
    response.writeHead(200).end('x'.repeat(5_000));
  });
  const result = await post(`http://127.0.0.1:${port}/a?b=1`, { 'webhook-id': '1' }, '{}', options);
  expect(result).toMatchObject({ failure: null, status: 200, answer: 'x'.repeat(2_000) });
  expect(got).toMatchObject({
    method: 'POST',
    url: '/a?b=1',
    headers: { 'webhook-id': '1', 'content-type': 'application/json', 'content-length': '2' },
  });
});

test('an answer without end is not waited for', async () => {
  const { port } = await serve((_request, response) => {
    response.writeHead(200);
    const more = () => {
      if (response.write('y'.repeat(10_000))) setImmediate(more);
      else response.once('drain', more);
    };
    response.on('error', () => {});
    more();
  });
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: null, answer: 'y'.repeat(2_000) });
});

test.each([
  ['with', 'Connection: upgrade\r\nUpgrade: websocket\r\n'],
  ['without', ''],
])(
  'an answer that switches protocols, %s saying to which, is none that takes',
  async (_, fields) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n`));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const result = await post(`http://127.0.0.1:${portOf(server)}/`, {}, '{}', options);
    expect(result).toMatchObject({ failure: 'answered', status: 101 });
  },
);

test('a redirect is an answer like any other: nobody goes there', async () => {
  let asked = 0;
  const elsewhere = await serve((_request, response) => {
    asked += 1;
    response.end();
  });
  const { port } = await serve((_request, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` }).end();
  });
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'answered', status: 307 });
  expect(asked).toBe(0);
});

test('a receiver may say when to come again', async () => {
  const { port } = await serve((_request, response) => {
    response.writeHead(429, { 'retry-after': '120' }).end('later');
  });
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'answered', answer: 'later', retryAfterMs: 120_000 });
});

test('no answer in time', async () => {
  const { port } = await serve(() => {});
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', { ...options, timeoutMs: 50 });
  expect(result).toMatchObject({ failure: 'timed-out', status: null });
});

test('an answer whose body does not come to its end in time', async () => {
  const { port } = await serve((_request, response) => {
    response.writeHead(200).write('half');
  });
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', { ...options, timeoutMs: 200 });
  expect(result).toMatchObject({ failure: 'timed-out' });
});

test('a connection that is cut', async () => {
  const { port } = await serve((request) => request.socket.destroy());
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'cut' });
});

test('bytes that are no answer', async () => {
  const server = createTcpServer((socket) => socket.on('error', () => {}).end('hello\r\n\r\n'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const result = await post(`http://127.0.0.1:${portOf(server)}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'cut' });
});

test('nobody listens', async () => {
  const { server, port } = await serve(() => {});
  await new Promise((resolve) => server.close(resolve));
  const result = await post(`http://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'unreachable', status: null });
});

test('a name that nobody knows', async () => {
  const result = await post('http://no-such-name.invalid/', {}, '{}', options);
  expect(result).toMatchObject({ failure: 'name-unknown' });
});

test('a receiver without TLS behind an https address', async () => {
  const { port } = await serve((_request, response) => response.end());
  const result = await post(`https://127.0.0.1:${port}/`, {}, '{}', options);
  expect(result).toMatchObject({ failure: 'tls' });
});

test.each(['localhost', '127.0.0.1', '[::1]', '0.0.0.0'])(
  'nothing is sent to %s where it is not allowed, not even a connection',
  async (host) => {
    const { server, port } = await serve((_request, response) => response.end());
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    const result = await post(`http://${host}:${port}/`, {}, '{}', {
      ...options,
      targets: 'public',
    });
    expect(result).toMatchObject({ failure: 'address-not-allowed', status: null });
    // A connection of our own comes behind any that was made before.
    await new Promise<void>((resolve) => {
      server.once('connection', () => resolve());
      connect(port, '127.0.0.1').on('error', () => {});
    });
    expect(connections).toBe(1);
  },
);

test('who stops the server stops the attempt', async () => {
  const stop = new AbortController();
  const { port } = await serve(() => stop.abort(new Error('stopped')));
  const posted = post(`http://127.0.0.1:${port}/`, {}, '{}', { ...options, signal: stop.signal });
  await expect(posted).rejects.toThrow('stopped');
});
