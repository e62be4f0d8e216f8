import { describe, expect, test } from 'vitest';
import { noFilters, type ReportRequest } from '#shared/domain/reports/request.ts';
import { fail, ok } from '#shared/result.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import type { CallerSources } from './callers.ts';
import { createDownloads } from './downloads.ts';
import { reportHandlers } from './reports.ts';

const request: ReportRequest = {
  report: 'queues',
  range: { kind: 'days', from: '2026-11-21', to: '2026-11-22' },
  ...{ zone: 'Asia/Shanghai', interval: '30min', groupBy: 'queue', language: 'en' },
  filters: noFilters,
};

const callers: CallerSources = {
  cache: {
    customersWith: ({ e164 }) =>
      e164 === '+8613812345678' ? [{ customerId: 'hana', name: 'Hana Sato' }] : [],
  },
  home: () => ({ country: 'CN' }),
};

/** A port that notes what it is asked, and is offline unless it has a file to give, or this answer. */
function portWith(file: Uint8Array | null, answer: unknown = null) {
  const asked: { path: string; body: unknown }[] = [];
  const offline = fail('server-unreachable', 'no way out');
  const port: DataFilesPort = {
    async ask({ path, body }, schema) {
      asked.push({ path, body });
      return answer === null ? offline : ok(schema.parse(answer));
    },
    send: async () => offline,
    async open(path, body) {
      asked.push({ path, body });
      if (!file) return offline;
      const pieces = [file];
      return ok({ next: async () => ok(pieces.shift() ?? null), close: () => undefined });
    },
  };
  return { port, asked };
}

describe('reports at the desk', () => {
  test('say that the centre is away', async () => {
    const { port } = portWith(null);
    const handlers = reportHandlers(port, createDownloads(port), callers);
    await expect(handlers['reports.run']({ request, limit: 10 })).rejects.toMatchObject({
      code: 'server-unreachable',
    });
  });

  test('do not ask for what makes no sense', async () => {
    const { port, asked } = portWith(null);
    const handlers = reportHandlers(port, createDownloads(port), callers);
    const wrong: ReportRequest = { ...request, groupBy: 'category' };
    const run = async () => handlers['reports.run']({ request: wrong, limit: 10 });
    await expect(run()).rejects.toMatchObject({
      code: 'invalid-input',
      details: { reason: 'group-unknown' },
    });
    expect(asked).toEqual([]);
  });

  test('show who is behind a number: numbers as people read them, and names that are known here', async () => {
    const column = (id: string) => ({ id, type: 'text', formula: null, drill: null });
    const cellsOf = (cells: (string | null)[]) => ({ cells, link: null });
    const { port } = portWith(null, {
      ...{ kind: 'entries', next: null },
      columns: ['queue', 'caller', 'customer'].map(column),
      rows: [
        cellsOf(['A', '13812345678', null]),
        cellsOf(['A', '+8613812345678', 'As it was then']),
        cellsOf(['A', '02162345678', null]),
        cellsOf(['A', null, null]),
      ],
    });
    const handlers = reportHandlers(port, createDownloads(port), callers);
    const place = { column: 'offered', interval: null, group: null, after: null, limit: 10 };
    const page = await handlers['reports.drillDown']({ request, ...place });
    expect(page.rows.map(({ cells }) => cells)).toEqual([
      ['A', '138 1234 5678', 'Hana Sato'],
      ['A', '138 1234 5678', 'As it was then'],
      ['A', '021 6234 5678', null],
      ['A', null, null],
    ]);
  });

  test('hand a file through, piece by piece', async () => {
    const { port, asked } = portWith(Buffer.from('PK'));
    const downloads = createDownloads(port);
    const handlers = reportHandlers(port, downloads, callers);
    const opened = await handlers['reports.export']({ request, format: 'xlsx' });
    expect(opened.fileName).toBe('queues.xlsx');
    expect(asked).toEqual([{ path: '/api/reports/export', body: { request, format: 'xlsx' } }]);
    const { downloadId } = opened;
    const next = () => downloads.handlers['files.next']({ downloadId });
    expect(await next()).toEqual({ base64: Buffer.from('PK').toString('base64') });
    expect(await next()).toEqual({ base64: null });
    await expect(next()).rejects.toMatchObject({ code: 'not-found' });
  });
});
