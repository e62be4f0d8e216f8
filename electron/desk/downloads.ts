import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { DataFilesPort, Download } from '../sync/dataFilesClient.ts';

/** Files that a window opened and forgot give way to newer ones. */
const maxOpen = 8;

/** Files of the centre on their way to the window, piece by piece; the desk keeps nothing of them. */
export interface Downloads {
  /** `body`: posted with the request; without it the file is only asked for. */
  open(
    path: string,
    fileName: string,
    body?: unknown,
  ): Promise<{ downloadId: string; fileName: string }>;
  handlers: Pick<Handlers, 'files.next' | 'files.close'>;
}

export function createDownloads(port: Pick<DataFilesPort, 'open'>): Downloads {
  const downloads = new Map<string, Download>();

  function close(downloadId: string): void {
    downloads.get(downloadId)?.close();
    downloads.delete(downloadId);
  }

  return {
    async open(path, fileName, body) {
      const download = unwrap(await port.open(path, body));
      const downloadId = newId();
      const [oldest] = downloads.keys();
      if (downloads.size >= maxOpen && oldest !== undefined) close(oldest);
      downloads.set(downloadId, download);
      return { downloadId, fileName };
    },
    handlers: {
      'files.next': async ({ downloadId }) => {
        const download = downloads.get(downloadId);
        if (!download) throw new DeskError('not-found', 'no such file is open');
        const piece = await download.next();
        if (!piece.ok || piece.value === null) close(downloadId);
        const bytes = unwrap(piece);
        return { base64: bytes === null ? null : Buffer.from(bytes).toString('base64') };
      },
      'files.close': ({ downloadId }) => {
        close(downloadId);
        return {};
      },
    },
  };
}
