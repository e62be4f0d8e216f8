import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { problemSchema } from '#shared/sync/messages.ts';
import { type Backend, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

/** What goes wrong before a route is reached: no database has a part in it. */
describe('answers to what no route takes', () => {
  let backend: Backend;
  let server: RunningServer;
  let client: ServerClient;

  beforeAll(async () => {
    backend = await startBackend('pglite');
    server = await startServer(backend.options({ practiceCustomers: 0 }));
    client = new ServerClient(server.url);
    await client.signIn('xu.jing');
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  test.each([
    ['PUT', '/api/session', 'DELETE, POST'],
    ['GET', '/api/sync/push', 'POST'],
    ['DELETE', '/api/v1/customers/019a0000-0000-7000-8000-000000000000', 'GET, HEAD, PATCH'],
    ['OPTIONS', '/api/keys', 'GET, HEAD, POST'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['POST', '/api/sync/live', 'GET, HEAD'],
    ['PUT', '/api/openapi.json', 'GET, HEAD'],
  ])('%s %s: 405, and what is allowed', async (method, path, allow) => {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      ...(method === 'POST' || method === 'PUT' ? { body: '<x/>' } : {}),
    });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe(allow);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(problemSchema.parse(await answer.json())).toMatchObject({ status: 405 });
  });

  test('HEAD of what is not there has no body', async () => {
    const answer = await fetch(`${server.url}/api/nothing`, { method: 'HEAD' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  test.each([
    ['where there is no WebSocket', '/api/me', { 'sec-websocket-version': '13' }, 400],
    ['where there is nothing', '/api/nothing', { 'sec-websocket-version': '13' }, 404],
    ['of another version', '/api/sync/live', { 'sec-websocket-version': '7' }, 400],
    ['without a key', '/api/sync/live', { 'sec-websocket-key': '' }, 400],
    ['with a key that is none', '/api/sync/live', { 'sec-websocket-key': 'x' }, 400],
    ['of another protocol', '/api/sync/live', { upgrade: 'h2c' }, 426],
  ])('a handshake %s is refused in words', async (_case, path, headers, status) => {
    const answer = await handshake(server.url, path, headers);
    expect(answer.status).toBe(status);
    expect(answer.type).toBe('application/problem+json');
    expect(problemSchema.parse(JSON.parse(answer.body))).toMatchObject({ status });
  });

  test('who offers another protocol is served in this one', async () => {
    const answer = await handshake(server.url, '/healthz', { upgrade: 'h2c' });
    expect(answer).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });

  test('headers that are too long are answered 431', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`);
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(problemSchema.parse(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).status).toBe(431);
  });
});

/** A handshake with some headers other than they should be. */
async function handshake(url: string, path: string, headers: Record<string, string>) {
  const { hostname, port } = new URL(url);
  const right = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  };
  const sent = request({ hostname, port, path, headers: { ...right, ...headers } });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, type: response.headers['content-type'], body };
}
