import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttp } from '#electron/sync/http.ts';

/** An address of this machine that is none of those for which nothing is packed. */
const host = '0.0.0.0';
const body = { text: 'many letters '.repeat(1_000) };

let url: string;
let heard: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
let understands = true;

const server = createServer(async (request, response) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { headers } = request;
  heard.push({ headers, body: Buffer.concat(chunks) });
  const isPacked = headers['content-encoding'] === 'gzip';
  if (isPacked && !understands) {
    const problem = { type: 'about:blank', title: 'Bad', status: 400, code: 'invalid-input' };
    response.writeHead(400, { 'content-type': 'application/problem+json' });
    response.end(JSON.stringify(problem));
    return;
  }
  const says = understands ? { 'accept-encoding': 'gzip' } : {};
  const packed = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  response.writeHead(200, { ...packed, ...says });
  response.end(gzipSync(JSON.stringify({ answer: '汉字'.repeat(1_000) })));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  url = `http://${host}:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  [heard, understands] = [[], true];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a desk packs what it sends once it knows that the server understands, and unpacks what it gets', async () => {
  const http = createHttp(url);
  const request = { method: 'POST' as const, path: '/', body, timeoutMs: 60_000 };
  const answers = [await http(request), await http(request)];
  expect(answers).toEqual(Array(2).fill({ kind: 'ok', body: { answer: '汉字'.repeat(1_000) } }));
  const [plain, packed] = heard;
  expect(plain?.headers).toMatchObject({ 'accept-encoding': 'gzip' });
  expect(JSON.parse(String(plain?.body))).toEqual(body);
  expect(packed?.headers['content-encoding']).toBe('gzip');
  expect(JSON.parse(gunzipSync(packed?.body ?? '').toString())).toEqual(body);
});

test('a server that went back to a version of before gets it once more, as it is', async () => {
  const http = createHttp(url);
  const request = { method: 'POST' as const, path: '/', body, timeoutMs: 60_000 };
  await http(request);
  understands = false;
  expect(await http(request)).toMatchObject({ kind: 'ok' });
  expect(heard.map(({ headers }) => headers['content-encoding'])).toEqual([
    undefined,
    'gzip',
    undefined,
  ]);
});
