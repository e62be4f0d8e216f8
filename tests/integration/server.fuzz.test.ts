import { request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { type EntityName, entityNames } from '#shared/sync/entities.ts';
import { problemSchema, pushResponseSchema } from '#shared/sync/messages.ts';
import { type Backend, backendNames, startBackend } from '../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  taskFields,
  ticketFields,
} from '../support/serverClient.ts';

/** A body's parts, one of which is replaced by anything. */
type Path = (string | number)[];

describe.each(backendNames)('garbage on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let client: ServerClient;
  let me: string;

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options({ practiceCustomers: 0 }));
    client = new ServerClient(server.url);
    me = (await client.signIn('xu.jing')).user.id;
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  function validBodies(): Record<string, unknown> {
    const operations = [
      operationBy(me, { entity: 'customer', fields: customerFields() }),
      operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
      operationBy(me, { entity: 'task', fields: taskFields(me) }),
    ];
    return {
      '/api/sync/push': { deviceId: 'desk0001', operations },
      '/api/sync/pull': { deviceId: 'desk0001', cursor: '1.1', limit: 1 },
    };
  }

  test.each(['/api/sync/push', '/api/sync/pull'])(
    '%s: a body with one part replaced is answered properly',
    async (path) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), garbage, async (which, value) => {
          const body = structuredClone(validBodies()[path]);
          const paths = [...pathsOf(body)];
          const answer = await client.call(
            'POST',
            path,
            put(body, paths[which % paths.length], value),
          );
          expectProper(answer, `${JSON.stringify(paths[which % paths.length])}`);
        }),
        { numRuns: 150 },
      );
    },
  );

  test('a sign-in with one part replaced is answered properly', async () => {
    const stranger = new ServerClient(server.url);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Path>(['login'], ['password'], ['deviceId'], []),
        garbage,
        async (path, value) => {
          const body = { login: uuidv7(), password: 'x', deviceId: 'desk0001' };
          expectProper(
            await stranger.call('POST', '/api/session', put(body, path, value)),
            path.join(),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('fields of any kind are answered for each operation, and what is stored can be pulled', async () => {
    const fields = fc.dictionary(fc.string({ unit: 'binary', maxLength: 12 }), garbage);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<EntityName>(...entityNames),
        fields,
        async (entity, extra) => {
          const base = entity === 'customer' ? customerFields() : {};
          const made = operationBy(me, { entity, fields: { ...base, ...extra } });
          const isPoisoned = JSON.stringify(made).includes('"__proto__":');
          const answer = await client.call('POST', '/api/sync/push', {
            deviceId: 'desk0001',
            operations: [made],
          });
          // A prototype to be poisoned, however deep, makes the whole request invalid.
          expect(answer.status, JSON.stringify(answer.body)).toBe(isPoisoned ? 400 : 200);
          if (isPoisoned) return;
          expect(pushResponseSchema.parse(answer.body).results).toHaveLength(1);
        },
      ),
      { numRuns: 150 },
    );
    await client.pullAll();
  });

  test.each([
    ['no JSON', '{', 'application/json', 400],
    ['nothing', '', 'application/json', 400],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 'application/json', 400],
    ['another type', '<x/>', 'application/xml', 415],
    ['a form', 'a=b', 'application/x-www-form-urlencoded', 415],
    ['an array', '[]', 'application/json', 400],
    ['bytes that are no text', '"\xff\xfe"', 'application/json', 400],
    ['too much', `"${'x'.repeat(70_000)}"`, 'application/json', 413],
  ])('%s', async (_case, body, type, status) => {
    const answer = await fetch(`${server.url}/api/sync/pull`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
      body,
    });
    expect(answer.status).toBe(status);
    expectProper({ status, headers: answer.headers, body: await answer.json() }, '');
  });

  test.each([
    ['GET', '/'],
    ['GET', '/api/nothing'],
    ['PUT', '/api/session'],
    ['GET', '/api/sync/live'],
    ['GET', '/api/%ff'],
    ['GET', '/api/../../etc/passwd'],
  ])('%s %s', async (method, path) => {
    const answer = await rawRequest(server.url, method, path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expectProper(answer, path);
  });

  test('bytes that are no HTTP are answered and closed', async () => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), hostname, () =>
        socket.write('\x16\x03\x01 hello\r\n\r\n'),
      );
      socket.on('data', (chunk) => {
        text += String(chunk);
      });
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(problemSchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).status).toBe(400);
  });
});

test('the API describes itself as OpenAPI 3.1', async () => {
  const backend = await startBackend('pglite');
  const server = await startServer(backend.options({ practiceCustomers: 0 }));
  const client = new ServerClient(server.url);
  const { body } = await client.call<OpenApi>('GET', '/api/openapi.json');
  expect(body.openapi).toMatch(/^3\.1\./);
  expect(
    Object.entries(body.paths).map(([path, item]) => [path, Object.keys(item).sort()]),
  ).toEqual([
    ['/healthz', ['get']],
    ['/readyz', ['get']],
    ['/api/session', ['delete', 'post']],
    ['/api/me', ['get']],
    ['/api/sync/push', ['post']],
    ['/api/sync/pull', ['post']],
    ['/api/sync/known', ['post']],
    ['/api/pbx', ['get']],
    ['/api/pbx/listen', ['post']],
    ['/api/pbx/listen/stop', ['post']],
    ['/api/pbx/takeOver', ['post']],
    ['/api/pbx/recording', ['post']],
    ['/api/audit', ['get']],
    ['/api/practice', ['get']],
  ]);
  const pushed = body.paths['/api/sync/push']?.post as {
    requestBody: { content: { 'application/json': { schema: { required: string[] } } } };
  };
  expect(pushed.requestBody.content['application/json'].schema.required).toEqual([
    'deviceId',
    'operations',
  ]);
  expect(await client.call('GET', '/healthz')).toMatchObject({
    status: 200,
    body: { status: 'ok' },
  });
  expect(await client.call('GET', '/readyz')).toMatchObject({
    status: 200,
    body: { status: 'ok' },
  });
  await server.stop();
});

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, unknown>>;
}

const garbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', '\ud800', 'x'.repeat(3_000), 2 ** 53, -1, 1.5, 1e300, null),
  fc.uuid(),
  fc.stringMatching(/^\d{1,22}\.\d{1,22}$/),
);

/** 2xx, or a problem of the client's making that says nothing of the server's insides. */
function expectProper(
  answer: { status: number; headers: Headers; body: unknown },
  where: string,
): void {
  expect(answer.status, where).toBeLessThan(500);
  if (answer.status < 300) return;
  expect(answer.headers.get('content-type'), where).toContain('application/problem+json');
  const body = problemSchema.parse(answer.body);
  expect(body.status).toBe(answer.status);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|at \w+ \(|select |insert /);
}

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield* pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

function put(body: unknown, path: Path = [], value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  const whole = body as Record<string | number, unknown>;
  whole[head] = put(whole[head], rest, value);
  return whole;
}

/** fetch tidies addresses; this does not. */
function rawRequest(
  url: string,
  method: string,
  path: string,
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('end', () => {
        const headers = new Headers({ 'content-type': response.headers['content-type'] ?? '' });
        resolve({ status: response.statusCode ?? 0, headers, body: JSON.parse(text) });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
