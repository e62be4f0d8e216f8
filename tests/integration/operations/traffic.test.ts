import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttp } from '#electron/sync/http.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { defaultTrafficLimits } from '#server/traffic/traffic.ts';
import type { Problem, PushResponse } from '#shared/sync/messages.ts';
import { newId } from '#tests/support/cacheFixture.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { customerFields, operationBy, ServerClient } from '#tests/support/serverClient.ts';

let server: RunningServer;
let agent: ServerClient;
let me: string;

beforeAll(async () => {
  server = await startServer(testOptions());
  agent = new ServerClient(server.url);
  me = (await agent.signIn('xu.jing')).user.id;
});
afterAll(() => server.stop());

async function post(path: string, body: Uint8Array | string, headers: Record<string, string>) {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${agent.token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { response, body: (await response.json()) as Problem };
}

function packedPush(...names: string[]): { bytes: Uint8Array; ids: string[] } {
  const operations = names.map((name) =>
    operationBy(me, { entity: 'customer', fields: customerFields(name) }),
  );
  const json = JSON.stringify({ deviceId: 'desk0001', operations });
  return { bytes: gzipSync(json), ids: operations.map(({ entityId }) => entityId) };
}

describe('packed bodies', () => {
  test('a packed push is done as any other, and a packed page says the same', async () => {
    const { bytes, ids } = packedPush('包装', 'packed');
    const pushed = await post('/api/sync/push', bytes, { 'content-encoding': 'gzip' });
    expect(pushed.response.status).toBe(200);
    expect(pushed.response.headers.get('accept-encoding')).toBe('gzip');
    const { results } = pushed.body as unknown as PushResponse;
    expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);

    const plain = await agent.pull();
    expect(plain.changes.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    const ask = JSON.stringify({ deviceId: 'desk0001', cursor: null, limit: 2000 });
    const page = await post('/api/sync/pull', ask, { 'accept-encoding': 'gzip' });
    expect(page.response.headers.get('content-encoding')).toBe('gzip');
    expect(page.body).toMatchObject({ changes: plain.changes, cursor: plain.cursor });
    const bare = await post('/api/sync/pull', ask, { 'accept-encoding': 'identity' });
    expect(bare.response.headers.get('content-encoding')).toBeNull();
    // A small answer is not worth it.
    const known = JSON.stringify({ deviceId: 'desk0001', operationIds: [newId()] });
    const small = await post('/api/sync/known', known, { 'accept-encoding': 'gzip' });
    expect(small.response.headers.get('content-encoding')).toBeNull();
  });

  test.each([
    ['no gzip at all', Buffer.from('{"deviceId":"desk0001"}'), 'gzip', 400],
    ['half a gzip', gzipSync('{"deviceId":"desk0001"}').subarray(0, 20), 'gzip', 400],
    ['gzip of no JSON', gzipSync('not json'), 'gzip', 400],
    ['nothing', Buffer.alloc(0), 'gzip', 400],
    ['a coding nobody knows', Buffer.from('{}'), 'br', 415],
    ['a gzip of nothing but spaces, a thousand times larger than it looks', bomb(), 'gzip', 413],
  ])('%s is refused', async (_what, body, coding, status) => {
    const { response, body: problem } = await post('/api/sync/push', body, {
      'content-encoding': coding,
    });
    expect(response.status).toBe(status);
    expect(problem).toMatchObject({ status, code: 'invalid-input' });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  function bomb(): Buffer {
    return gzipSync(Buffer.alloc(20_000_000, ' '));
  }

  test('fields survive packing to the last character', async () => {
    const { bytes } = packedPush('emoji 🙂 and 汉字');
    expect(gunzipSync(bytes).toString()).toContain('🙂');
    expect(
      (await post('/api/sync/push', bytes, { 'content-encoding': 'gzip' })).body,
    ).toMatchObject({ results: [{ outcome: 'applied' }] });
  });
});

describe('a server that has no room for one more pull', () => {
  let busy: RunningServer;
  let desk: ServerClient;
  const body = { deviceId: 'desk0001', cursor: null, limit: 2000 };

  beforeAll(async () => {
    const pull = { running: 0, waiting: 0, maxWaitMs: 60_000 };
    busy = await startServer(testOptions({ traffic: { ...defaultTrafficLimits, pull } }));
    desk = new ServerClient(busy.url);
    await desk.signIn('xu.jing');
  });
  afterAll(() => busy.stop());

  test('turns it away with a time to come back, and does everything else', async () => {
    const answer = await desk.call('POST', '/api/sync/pull', body);
    expect(answer).toMatchObject({ status: 503, body: { code: 'server-busy' } });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-5]$/);
    expect((await desk.call('GET', '/healthz')).status).toBe(200);
    const known = { deviceId: 'desk0001', operationIds: [newId()] };
    expect((await desk.call('POST', '/api/sync/known', known)).status).toBe(200);
  });

  test('is for the desk a server that cannot be had now, with the time to wait', async () => {
    const http = createHttp(busy.url);
    const token = desk.token ?? '';
    const request = { method: 'POST' as const, path: '/api/sync/pull', token, body };
    const answer = await http({ ...request, timeoutMs: 60_000 });
    expect(answer).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('503') });
    expect(answer.kind === 'unreachable' && answer.retryAfterMs).toBeGreaterThanOrEqual(1_000);
  });
});
