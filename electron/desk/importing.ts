import { z } from 'zod';
import { importListSchema, importPreviewSchema, importViewSchema } from '#shared/sync/importing.ts';
import type { Handlers } from '../handler/handler.ts';
import { unwrap } from '../session/session.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import type { Downloads } from './downloads.ts';

type FileMethod = Extract<keyof Handlers, `${'importing' | 'exporting' | 'files'}.${string}`>;

const nothing = z.object({});

/** Imports and exports: the desk keeps nothing of them and hands files through, piece by piece. */
export function importingHandlers(
  port: DataFilesPort,
  downloads: Downloads,
): Pick<Handlers, FileMethod> {
  const path = (importId: string, rest = '') => `/api/imports/${importId}${rest}`;
  const post = async (where: string, body: unknown) =>
    unwrap(await port.ask({ method: 'POST', path: where, body }, importViewSchema));

  return {
    'importing.list': async () =>
      unwrap(await port.ask({ method: 'GET', path: '/api/imports' }, importListSchema)).imports,
    'importing.find': async ({ importId }) =>
      unwrap(await port.ask({ method: 'GET', path: path(importId) }, importViewSchema)),
    'importing.create': async (body) =>
      unwrap(
        await port.ask(
          { method: 'POST', path: '/api/imports', body, once: true },
          importViewSchema,
        ),
      ),
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
      downloads.open(path(importId, `/problems?language=${language}`), 'import.csv'),
    'exporting.open': ({ kind, format, bom, delimiter, language }) => {
      const query = new URLSearchParams({ kind, format, bom: String(bom), delimiter, language });
      return downloads.open(`/api/exports?${query}`, `${kind}.${format}`);
    },
    ...downloads.handlers,
  };
}
