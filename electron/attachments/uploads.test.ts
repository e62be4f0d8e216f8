import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { temporaryFolder, testKey } from '#tests/support/cacheFixture.ts';
import { keptLog, signedInSnapshot } from '#tests/support/deskDouble.ts';
import { ManualClock } from '#tests/support/manualClock.ts';
import { createDataFilesPort, type DataFilesPort } from '../sync/dataFilesClient.ts';
import { createBlobStore } from './blobStore.ts';
import { createUploads } from './uploads.ts';

let folder: ReturnType<typeof temporaryFolder>;
let state: SyncStatus['state'];
const clock = new ManualClock();
const listeners = new Set<(status: SyncStatus) => void>();

beforeEach(() => {
  folder = temporaryFolder();
  state = 'online';
  listeners.clear();
});
afterEach(() => folder.remove());

const status = (): SyncStatus => ({ ...signedInSnapshot().sync, state });

function become(next: SyncStatus['state']): void {
  state = next;
  for (const listener of listeners) listener(status());
}

function uploadsTo(port: Pick<DataFilesPort, 'send'>) {
  const store = createBlobStore(folder.path, testKey);
  const sha256 = store.put(Buffer.from('photo'), 'waiting');
  const taken = Promise.withResolvers<void>();
  const uploads = createUploads({
    ...{ store, port, clock, log: keptLog(), changed: taken.resolve },
    cache: { listen: () => () => {}, outboxOperations: () => [] },
    sync: {
      status,
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  });
  return { uploads, store, sha256, taken: taken.promise };
}

it('brings a file with the line, however long the line was away after the first try', async () => {
  const answers: Result<never>[] = [fail('server-unreachable', 'scripted')];
  const asked = Promise.withResolvers<void>();
  const { uploads, store, taken } = uploadsTo({
    async send(_, __, schema) {
      asked.resolve();
      return answers.shift() ?? ok(schema.parse({ sha256: '' }));
    },
  });
  uploads.wake();
  await asked.promise;
  become('offline');
  // The try after the first one has found nobody.
  await expect.poll(() => clock.waits).toHaveLength(1);
  clock.advance(60_000);
  become('online');
  await taken;
  expect(store.waiting()).toEqual([]);
  await uploads.stop();
});

it('ends at once, whatever is on its way', async () => {
  const silent: Server = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { uploads, store, sha256 } = uploadsTo(
    createDataFilesPort(`http://127.0.0.1:${port}`, 'token'),
  );
  const asked = once(silent, 'request');
  uploads.wake();
  await asked;
  await uploads.stop();
  expect(store.waiting()).toEqual([sha256]);
  silent.closeAllConnections();
  silent.close();
});
