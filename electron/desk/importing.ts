import { z } from 'zod';
import { newId } from '#shared/domain/ids.ts';
import { DeskError } from '#shared/result.ts';
import { importListSchema, importPreviewSchema, importViewSchema } from '#shared/sync/importing.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { DataFilesPort, Download } from '../sync/dataFilesClient.ts';

type FileMethod = Extract<keyof Handlers, `${'importing' | 'exporting' | 'files'}.${string}`>;

const nothing = z.object({});
/** Files that a window opened and forgot give way to newer ones. */
const maxOpen = 8;

/** Imports and exports: the desk keeps nothing of them and hands files through, piece by piece. */
export function importingHandlers(port: DataFilesPort): Pick<Handlers, FileMethod> {
  const downloads = new Map<string, Download>();
  const path = (importId: string, rest = '') => `/api/imports/${importId}${rest}`;
  const post = async (where: string, body: unknown) =>
    unwrap(await port.ask({ method: 'POST', path: where, body }, importViewSchema));

  async function opened(from: string, fileName: string) {
    const download = unwrap(await port.open(from));
    const downloadId = newId();
    const [oldest] = downloads.keys();
    if (downloads.size >= maxOpen && oldest !== undefined) close(oldest);
    downloads.set(downloadId, download);
    return { downloadId, fileName };
  }

  function close(downloadId: string): void {
    downloads.get(downloadId)?.close();
    downloads.delete(downloadId);
  }

  return {
    'importing.list': async () =>
      unwrap(await port.ask({ method: 'GET', path: '/api/imports' }, importListSchema)).imports,
    'importing.find': async ({ importId }) =>
      unwrap(await port.ask({ method: 'GET', path: path(importId) }, importViewSchema)),
    'importing.create': (made) => post('/api/imports', made),
    'importing.upload': async ({ importId, offset, base64 }) => {
      const where = path(importId, `/file?offset=${offset}`);
      return unwrap(await port.send(where, Buffer.from(base64, 'base64'), importViewSchema));
    },
    'importing.preview': async ({ importId, wishes, language }) => {
      const where = path(importId, `/preview?language=${language}`);
      const request = { method: 'POST' as const, path: where, body: wishes };
      return unwrap(await port.ask(request, importPreviewSchema));
    },
    'importing.check': ({ importId, settings }) => post(path(importId, '/check'), settings),
    'importing.run': ({ importId, settings }) => post(path(importId, '/run'), settings),
    'importing.cancel': ({ importId }) => post(path(importId, '/cancel'), {}),
    'importing.remove': async ({ importId }) =>
      unwrap(await port.ask({ method: 'DELETE', path: path(importId) }, nothing)),
    'importing.problems': ({ importId, language }) =>
      opened(path(importId, `/problems?language=${language}`), 'import.csv'),
    'exporting.open': ({ kind, format, bom, delimiter, language }) => {
      const query = new URLSearchParams({ kind, format, bom: String(bom), delimiter, language });
      return opened(`/api/exports?${query}`, `${kind}.${format}`);
    },
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
  };
}
