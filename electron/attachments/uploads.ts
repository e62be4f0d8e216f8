import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
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
/** Of the outbox, to see which files it names. */
const mostLooked = 5_000;
/** After a try that failed, ms. */
const againMs = 15_000;

export function createUploads(parts: {
  store: BlobStore;
  cache: Pick<Cache, 'listen' | 'outboxOperations'>;
  port: Pick<DataFilesPort, 'send'>;
  sync: Pick<Sync, 'listen' | 'status'>;
  clock: Clock;
  log: Log;
  /** Told when the server has taken one. */
  changed: () => void;
}): Uploads {
  const { store, cache, port, sync, clock, log, changed } = parts;
  let busy: Promise<void> | null = null;
  let again: (() => void) | null = null;
  const end = new AbortController();

  function wake(): void {
    if (end.signal.aborted || busy || sync.status().state !== 'online') return;
    again?.();
    again = null;
    busy = bringAll()
      .catch((error: unknown) => {
        log.warn('an attachment could not be brought to the server', { error: String(error) });
        return false;
      })
      .then((all) => {
        busy = null;
        if (!all && !end.signal.aborted) again = clock.after(againMs, tryAgain);
      });
  }

  /** Where the server is still away, the line brings it about. */
  function tryAgain(): void {
    again = null;
    wake();
  }

  /** Whether the server has all of them now. */
  async function bringAll(): Promise<boolean> {
    let all = true;
    for (const sha256 of store.waiting()) {
      if (end.signal.aborted) return false;
      const bytes = store.read(sha256);
      if (bytes === null) {
        log.error('an attachment that waits for the server cannot be read', { sha256 });
        continue;
      }
      const path = `/api/attachments/${sha256}`;
      const sent = await port.send(path, bytes, storedSchema, end.signal);
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

  /** Records of files that are handed in once more: the server comes from a backup, and may not have the bytes. */
  const stopHearing = cache.listen((entities) => {
    if (!entities.includes('attachment')) return;
    for (const { entity, fields } of cache.outboxOperations(mostLooked)) {
      const sha256 = entity === 'attachment' ? fields.sha256 : undefined;
      if (typeof sha256 === 'string') store.bringAgain(sha256);
    }
  });
  const stopListening = sync.listen((status) => {
    if (status.state === 'online' && status.waiting === 0 && !again) wake();
  });

  return {
    wake,
    async stop() {
      // Nobody waits for a slow line: what is on its way is brought once more in the next shift.
      end.abort();
      stopHearing();
      stopListening();
      again?.();
      await busy;
    },
  };
}
