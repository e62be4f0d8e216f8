import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settingKeys } from '#shared/domain/configuration.ts';
import type { SettingState } from '#shared/sync/settings.ts';
import { type ApiClient, makeKey } from '../../support/apiClient.ts';
import { type Operation, operationsOf, readDocument } from '../../support/apiDocument.ts';
import { garbage, type RawRequest, requestsOf, twist } from '../../support/garbageRequests.ts';
import { ImportClient } from '../../support/importFiles.ts';
import { expectProper } from '../../support/proper.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { operationBy, ServerClient } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';
import { Wire } from '../../support/wire.ts';

/** As in fuzz.test.ts. */
const seed = Number(process.env.SWITCHBOARD_FUZZ_SEED ?? 20_261_122);
const runs = Number(process.env.SWITCHBOARD_FUZZ_RUNS ?? 6);
const heavy = { timeout: 60_000 + runs * 2_000 };

/** Which part is replaced, by what, and how (`twist`). */
const anyTwist = fc.tuple(fc.nat(), garbage, fc.nat(3));

const json = { 'content-type': 'application/json' };

/** Where an answer may be lost, the same is said once more: it is answered as before, whatever it is. */
describe.each(backendNames)('garbage that is said twice, on %s', (name) => {
  let nowMs = Date.now();
  const server = testServer(name, { practiceCustomers: 0, now: () => nowMs });
  const admin = server.desk('admin');
  let me: string;
  let crm: ApiClient;
  let wire: Wire;

  beforeAll(async () => {
    wire = new Wire(server.url);
    crm = await makeKey(server.url, { requestsPerMinute: 60_000 });
    me = (await admin.call<{ id: string }>('GET', '/api/me')).body.id;
  });
  afterAll(() => wire?.close());

  async function twice(sent: RawRequest, secret: string | null): Promise<number> {
    // Nobody is turned away for asking too often.
    nowMs += 5_000;
    const headers = { authorization: `Bearer ${secret}`, ...sent.headers };
    const first = await wire.send({ ...sent, headers });
    const again = await wire.send({ ...sent, headers });
    const where = `${sent.method} ${sent.path.slice(0, 300)}: ${sent.twist}`;
    expectProper(first, where);
    expectProper(again, where);
    expect([again.status, said(again.text)], where).toEqual([first.status, said(first.text)]);
    return first.status;
  }

  test.each(settingKeys)('the setting %s', heavy, async (key) => {
    const path = `/api/settings/${key}`;
    const read = async () => (await admin.call<SettingState>('GET', path)).body;
    const put = (body: Buffer, what: string) =>
      twice({ method: 'PUT', path, headers: json, body, twist: what }, admin.token);
    const before = await read();
    const { value } = before;
    expect(await put(Buffer.from(JSON.stringify(before)), 'right')).toBe(200);
    expect((await read()).version).toBe(before.version + 1);
    await fc.assert(
      fc.asyncProperty(anyTwist, async ([which, part, kind]) => {
        const { version } = await read();
        const { bytes: body, twist: what } = twist({ value, version }, which, part, kind);
        const status = await put(body, what);
        const steps = (await read()).version - version;
        expect(steps, what).toBeLessThanOrEqual(status === 200 ? 1 : 0);
      }),
      { numRuns: runs * 5, seed, endOnFailure: true },
    );
    const desk = new ServerClient(server.url);
    await desk.signIn('lin.yue');
    await desk.pullAll();
  });

  test('every request that is made once', heavy, async () => {
    const operations = operationsOf(await readDocument(server.url)).filter(isMadeOnce);
    const paths = operations.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['/api/imports', '/api/users', '/api/webhooks', '/api/v1/customers']),
    );
    const customer = await crm.make('customers', { name: '王芳' });
    const ids = [customer.id, me, uuidv7()];
    for (const operation of operations) {
      const isForKeys = operation.security?.some((one) => 'key' in one);
      await fc.assert(
        fc.asyncProperty(requestsOf(operation, ids), async (sent) => {
          const headers = { ...sent.headers, 'idempotency-key': uuidv7() };
          await twice({ ...sent, headers }, isForKeys ? crm.secret : admin.token);
        }),
        { numRuns: runs, seed, endOnFailure: true },
      );
    }
  });

  test('a change of a record that came by import', heavy, async () => {
    const file = 'no,name,class,tags,company\nG1,许青,C,old,First\n';
    await new ImportClient(admin).bring('customers', file);
    const { changes } = await admin.pullSettled();
    const { id } = changes.find(({ fields }) => fields.no === 'G1') ?? { id: '' };
    const tags = { added: ['mine'], removed: [{ value: 'old', stamps: [], whole: '0' }] };
    const profile = { company: { value: 'Second', source: 'agent', verifiedOn: null } };
    const fields = { name: '许青', valueClass: 'A', tags, profile };
    await fc.assert(
      fc.asyncProperty(anyTwist, async ([which, part, kind]) => {
        const made = operationBy(me, { entity: 'customer', entityId: id, baseVersion: 1, fields });
        const push = { deviceId: 'desk0001', operations: [made] };
        const { bytes: body, twist: what } = twist(push, which, part, kind);
        const path = '/api/sync/push';
        await twice({ method: 'POST', path, headers: json, body, twist: what }, admin.token);
      }),
      { numRuns: runs * 10, seed, endOnFailure: true },
    );
    await admin.pullAll();
    expect((await crm.call('GET', `/api/v1/customers/${id}`)).status).toBe(200);
  });
});

function isMadeOnce({ method, parameters }: Operation): boolean {
  return method === 'POST' && parameters.some((one) => one.name === 'idempotency-key');
}

function said(text: string): unknown {
  return text === '' ? null : JSON.parse(text);
}
