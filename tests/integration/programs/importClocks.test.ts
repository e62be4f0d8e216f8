import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerOptions } from '#server/options.ts';
import { startServer } from '#server/server.ts';
import { temporaryFolder } from '../../support/cacheFixture.ts';
import { ImportClient } from '../../support/importFiles.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { operationBy, ServerClient, stampAt } from '../../support/serverClient.ts';

const hourMs = 3_600_000;

describe.each(backendNames)('an import over stamps that are ahead, on %s', (name) => {
  const folder = temporaryFolder();
  let backend: Backend;
  let options: ServerOptions;

  beforeAll(async () => {
    backend = await startBackend(name);
    const kept = { database: { kind: 'directory' as const, path: folder.path } };
    options = backend.options({ practiceCustomers: 0, ...(name === 'pglite' ? kept : {}) });
  });
  afterAll(async () => {
    await backend?.stop();
    folder.remove();
  });

  /** A server on the same database whose clock is so far ahead, for as long as the work takes. */
  async function onServer<T>(
    aheadMs: number,
    work: (client: ServerClient, me: string) => Promise<T>,
  ): Promise<T> {
    const server = await startServer({ ...options, now: () => Date.now() + aheadMs });
    try {
      const client = new ServerClient(server.url);
      const { user } = await client.signIn('admin');
      return await work(client, user.id);
    } finally {
      await server.stop();
    }
  }

  async function customer(client: ServerClient) {
    const { changes } = await client.pullSettled();
    const [found] = changes.filter(({ entity }) => entity === 'customer');
    if (!found) throw new Error('there is no customer');
    return found;
  }

  it('sorts after what it replaces, and counts what it has changed', async () => {
    const header = 'no,name,class,tags,company\n';
    await onServer(hourMs, async (client, me) => {
      await new ImportClient(client).bring('customers', `${header}U1,许青,C,old,First\n`);
      const { id, version } = await customer(client);
      const now = Date.now() + hourMs;
      const profile = { company: { value: 'Second', source: 'agent', verifiedOn: null } };
      const fields = { valueClass: 'A', tags: ['old', 'mine'], profile };
      const more = { entityId: id, baseVersion: version, at: now, clock: stampAt(now) };
      const edit = operationBy(me, { entity: 'customer', fields, ...more });
      expect(await client.push(edit)).toMatchObject([{ outcome: 'applied' }]);
    });
    await onServer(0, async (client) => {
      const before = await customer(client);
      expect(before.fields).toMatchObject({ valueClass: 'A', tags: ['old', 'mine'] });
      const files = new ImportClient(client);
      const again = `${header}U1,许青,B,new,Third\n`;
      const done = await files.bring('customers', again, { duplicates: 'update' });
      expect(done.counts).toMatchObject({ rows: 1, updated: 1 });
      const after = await customer(client);
      expect(after).toMatchObject({
        version: before.version + 1,
        fields: {
          valueClass: 'B',
          tags: ['old', 'mine', 'new'],
          profile: { company: { value: 'Third' } },
        },
      });
      const same = await files.bring('customers', again, { duplicates: 'update' });
      expect(same.counts).toMatchObject({ rows: 1, updated: 0, unchanged: 1 });
      expect((await customer(client)).version).toBe(after.version);
    });
  });
});
