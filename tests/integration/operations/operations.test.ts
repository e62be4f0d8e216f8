import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type RunningServer, startServer } from '#server/server.ts';
import { hasOpenssl, makeCertificate } from '../../support/certificate.ts';
import { testOptions } from '../../support/serverBackends.ts';
import { customerFields, operationBy, ServerClient } from '../../support/serverClient.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-operations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function metricsOf(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

describe('the metrics', () => {
  let server: RunningServer;
  let client: ServerClient;

  beforeAll(async () => {
    server = await startServer(testOptions({ publicUrl: 'https://desk.example.org' }));
    client = new ServerClient(server.url);
  });
  afterAll(() => server?.stop());

  test('count what desks push and pull, without a word of what it was', async () => {
    const { user } = await client.signIn('xu.jing');
    const live = client.live();
    await live.hello(client.token);
    await live.next();
    const made = operationBy(user.id, { entity: 'customer', fields: customerFields('薛宝钗') });
    await client.push(made, operationBy(user.id, { entity: 'nonsense', fields: {} }));
    const { changes } = await client.pull();
    await client.call('GET', `/api/nothing/${user.id}`);
    const { status, text } = await metricsOf(server.url);
    expect(status).toBe(200);
    expect(text).toContain(
      'switchboard_sync_operations_total{outcome="applied",reason=""} 1\n' +
        'switchboard_sync_operations_total{outcome="rejected",reason="unknown-entity"} 1\n',
    );
    expect(text).toContain('switchboard_sync_pages_total 1\n');
    expect(text).toContain(`switchboard_sync_changes_total ${changes.length}\n`);
    expect(text).toContain('switchboard_live_sockets 1\n');
    expect(text).toContain('switchboard_pbx_connector{state="absent"} 1\n');
    expect(text).toMatch(
      /switchboard_http_request_duration_seconds_count\{method="POST",route="\/api\/sync\/push",status="200"\} 1\n/,
    );
    expect(text).toMatch(/duration_seconds_count\{method="GET",route="unknown",status="404"\} 1\n/);
    expect(text).toMatch(/process_resident_memory_bytes \d+/);
    for (const personal of [user.id, user.login, user.name, '薛宝钗', made.id, client.token]) {
      expect(text).not.toContain(personal);
    }
    live.close();
  });

  test.each([
    [{ 'x-forwarded-for': '192.0.2.7' }],
    [{ forwarded: 'for=192.0.2.7' }],
    [{ 'x-real-ip': '192.0.2.7' }],
  ])('are not for who comes by a proxy: %j', async (headers) => {
    const { status, text } = await metricsOf(server.url, headers as Record<string, string>);
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('the server tells what it is called from outside', async () => {
    const { body } = await client.call<{ servers: unknown }>('GET', '/api/openapi.json');
    expect(body.servers).toEqual([{ url: 'https://desk.example.org' }]);
  });
});

describe.skipIf(!hasOpenssl())('TLS', () => {
  const subjectAt = async (port: number): Promise<string> => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  };

  test('is spoken by the server itself, and its certificate is read again when asked', async () => {
    const { certFile, keyFile, cert } = makeCertificate(folder, 'first');
    const server = await startServer(testOptions({ tls: { certFile, keyFile } }));
    expect(server.url).toMatch(/^https:/);
    const port = Number(new URL(server.url).port);
    const asking = request(`${server.url}/healthz`, { ca: cert }).end();
    const [answer] = await once(asking, 'response');
    expect(answer.statusCode).toBe(200);
    answer.resume();
    const socket = new WebSocket(`wss://127.0.0.1:${port}/api/sync/live`, { ca: cert });
    await once(socket, 'open');
    socket.send('hello');
    expect((await once(socket, 'close'))[0]).toBe(4400);

    // A desk trusts it where the system of the desk does.
    const program = fileURLToPath(new URL('../../support/trustChild.ts', import.meta.url));
    const answered = async (env: NodeJS.ProcessEnv) => {
      const child = promisify(execFile)(process.execPath, [program, server.url], { env });
      return (await child).stdout;
    };
    expect(await answered({ SSL_CERT_FILE: certFile })).toBe('ok');
    expect(await answered({})).toMatch(/^unreachable: .*self-signed certificate/);

    const second = makeCertificate(folder, 'second');
    writeFileSync(certFile, second.cert);
    expect(() => server.reloadTls()).toThrow(
      /^TLS_KEY_FILE: .* does not belong to the certificate$/,
    );
    expect(await subjectAt(port)).toBe('first');
    rmSync(keyFile);
    expect(() => server.reloadTls()).toThrow(/^TLS_KEY_FILE: .* cannot be read \(ENOENT\)$/);
    writeFileSync(keyFile, '');
    expect(() => server.reloadTls()).toThrow(/^TLS_KEY_FILE: .* is no key in PEM/);
    const third = makeCertificate(folder, 'third');
    copyFileSync(third.certFile, certFile);
    copyFileSync(third.keyFile, keyFile);
    server.reloadTls();
    expect(await subjectAt(port)).toBe('third');
    await server.stop();
  });

  test('a file that is no certificate is named', async () => {
    const { keyFile } = makeCertificate(folder, 'fourth');
    const starting = startServer(testOptions({ tls: { certFile: keyFile, keyFile } }));
    await expect(starting).rejects.toThrow(/^TLS_CERT_FILE: .* is no certificate in PEM$/);
  });
});

describe('behind a proxy', () => {
  const metricsToken = 'a-token-of-sixteen';
  const addressFailures = { most: 3, everyMs: 3_600_000 };
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(testOptions({ metricsToken, trustProxy: 1, addressFailures }));
  });
  afterAll(() => server?.stop());

  test('the metrics are for who has the token, from wherever', async () => {
    const proxied = { 'x-forwarded-for': '192.0.2.7' };
    const authorization = `Bearer ${metricsToken}`;
    expect(await metricsOf(server.url, { ...proxied, authorization })).toMatchObject({
      status: 200,
    });
    for (const wrong of ['Bearer a-token-of-sixteem', metricsToken, 'Bearer ']) {
      expect(await metricsOf(server.url, { authorization: wrong })).toMatchObject({ status: 401 });
    }
    expect(await metricsOf(server.url)).toMatchObject({ status: 401 });
  });

  test('an address that signs in wrongly too often waits, and no other does', async () => {
    const signIn = async (address: string, login: string, password: string) => {
      const response = await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({ login, password, deviceId: 'desk0001' }),
      });
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    };
    const [guesser, other] = ['192.0.2.1', '192.0.2.2'];
    expect(await signIn(guesser, 'xu.jing', 'practice')).toMatchObject({ status: 200 });
    for (const login of ['xu.jing', 'chen.hao', 'nobody']) {
      expect(await signIn(guesser, login, 'guess')).toMatchObject({ status: 401 });
    }
    const refused = await signIn(guesser, 'lin.yue', 'practice');
    expect(refused.status).toBe(429);
    expect(Number(refused.retryAfter)).toBeGreaterThan(3_000);
    expect(await signIn(other, 'lin.yue', 'practice')).toMatchObject({ status: 200 });
  });
});
