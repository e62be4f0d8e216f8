import { createSync } from '#electron/sync/syncClient.ts';
import { openedCache, quietLog, systemClock } from './cacheFixture.ts';

/** A desk that does its first sync, in a process of its own, to be killed over it; tells its status by IPC. */
const [folder = '', userId = '', serverUrl = '', token = ''] = process.argv.slice(2);
const cache = await openedCache(folder, { userId });
const sync = createSync({ cache, serverUrl, clock: systemClock, log: quietLog });
sync.listen((status) => process.send?.(status));
sync.start(token);
process.on('message', async () => {
  await sync.stop();
  await cache.close();
  process.disconnect();
});
