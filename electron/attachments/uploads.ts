import { z } from 'zod';
import type { Clock, Log } from '../core/providers.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import type { Sync } from '../sync/sync.ts';
import type { BlobStore } from './blobStore.ts';

/** Brings to the server what was attached here, one after another, as soon as it can be reached. */
export interface Uploads {
  /** There is something new to bring. */
  wake(): void;
  stop(): Promise<void>;
}

const storedSchema = z.object({ sha256: z.string() });
/** After a try that failed, ms. */
const againMs = 15_000;

export function createUploads(parts: {
  store: BlobStore;
  port: Pick<DataFilesPort, 'send'>;
  sync: Pick<Sync, 'listen' | 'status'>;
  clock: Clock;
  log: Log;
  /** Told when the server has taken one. */
  changed: () => void;
}): Uploads {
  const { store, port, sync, clock, log, changed } = parts;
  let busy: Promise<void> | null = null;
  let again: (() => void) | null = null;
  let stopped = false;

  function wake(): void {
    if (stopped || busy || sync.status().state !== 'online') return;
    again?.();
    again = null;
    busy = bringAll()
      .catch((error: unknown) => {
        log.warn('an attachment could not be brought to the server', { error: String(error) });
        return false;
      })
      .then((all) => {
        busy = null;
        if (!all && !stopped) again = clock.after(againMs, wake);
      });
  }

  /** Whether the server has all of them now. */
  async function bringAll(): Promise<boolean> {
    let all = true;
    for (const sha256 of store.waiting()) {
      if (stopped) return false;
      const bytes = store.read(sha256);
      if (bytes === null) {
        log.error('an attachment that waits for the server cannot be read', { sha256 });
        continue;
      }
      const sent = await port.send(`/api/attachments/${sha256}`, bytes, storedSchema);
      if (sent.ok) {
        store.uploaded(sha256);
        changed();
        continue;
      }
      all = false;
      // Its record may be on its way.
      if (sent.error.code === 'server-unreachable') return false;
      log.info('an attachment waits', { sha256, code: sent.error.code });
    }
    return all;
  }

  const stopListening = sync.listen((status) => {
    if (status.state === 'online' && status.waiting === 0 && !again) wake();
  });

  return {
    wake,
    async stop() {
      stopped = true;
      stopListening();
      again?.();
      await busy;
    },
  };
}
