import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttp, type HttpRequest } from './http.ts';
import { serversOf } from './servers.ts';

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that counts what it is asked, and answers with `status`, or hangs up. */
async function start(status: number | 'hangsUp'): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (status === 'hangsUp') response.destroy();
    else response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

const request: HttpRequest = { method: 'POST', path: '/api/x', body: {}, timeoutMs: 60_000 };
/** Addresses below the ports that a system gives away by itself. */
const [nowhere, nowhereElse] = ['http://127.0.0.1:2', 'http://127.0.0.1:3'];

test('what no server can have taken is asked of the next at once, and it stays there', async () => {
  const good = await start(200);
  const servers = serversOf(`${nowhere},${good.url}`);
  const http = createHttp(servers);
  expect(await http(request)).toEqual({ kind: 'ok', body: {} });
  expect(servers.current()).toBe(good.url);
  expect(await http(request)).toEqual({ kind: 'ok', body: {} });
  expect(good.asked()).toBe(2);
});

test.each([503, 502, 'hangsUp'] as const)(
  'what a server may have taken is not repeated, and the next request goes elsewhere: %s',
  async (fault) => {
    const [bad, good] = [await start(fault), await start(200)];
    const http = createHttp(`${bad.url},${good.url}`);
    expect(await http(request)).toMatchObject({ kind: 'unreachable' });
    expect([bad.asked(), good.asked()]).toEqual([1, 0]);
    expect(await http(request)).toEqual({ kind: 'ok', body: {} });
    expect([bad.asked(), good.asked()]).toEqual([1, 1]);
  },
);

test('a refusal with reasons is an answer, and no cause to go elsewhere', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(401, { 'content-type': 'application/problem+json' });
    const problem = { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'signed-out' };
    response.end(JSON.stringify(problem));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(server);
  const { port } = server.address() as AddressInfo;
  const servers = serversOf(`http://127.0.0.1:${port},${nowhere}`);
  expect(await createHttp(servers)(request)).toMatchObject({ kind: 'problem' });
  expect(servers.current()).toBe(`http://127.0.0.1:${port}`);
});

test('where none answers, each was tried once', async () => {
  const servers = serversOf(`${nowhere},${nowhereElse}`);
  expect(await createHttp(servers)(request)).toMatchObject({ kind: 'unreachable' });
  expect(servers.current()).toBe(nowhere);
});

test('a request that is called off blames nobody', async () => {
  const good = await start(200);
  const servers = serversOf(`${good.url},${nowhere}`);
  const signal = AbortSignal.abort();
  expect(await createHttp(servers)({ ...request, signal })).toMatchObject({ kind: 'unreachable' });
  expect(servers.current()).toBe(good.url);
});
