import { describe, expect, test } from 'vitest';
import { noFilters, type ReportRequest } from '#shared/domain/reports/request.ts';
import { fail, ok } from '#shared/result.ts';
import type { DataFilesPort } from '../sync/dataFilesClient.ts';
import { createDownloads } from './downloads.ts';
import { reportHandlers } from './reports.ts';

const request: ReportRequest = {
  report: 'queues',
  range: { kind: 'days', from: '2026-11-21', to: '2026-11-22' },
  ...{ zone: 'Asia/Shanghai', interval: '30min', groupBy: 'queue', language: 'en' },
  filters: noFilters,
};

/** A port that notes what it is asked, and is offline unless it has a file to give. */
function portWith(file: Uint8Array | null) {
  const asked: { path: string; body: unknown }[] = [];
  const offline = fail('server-unreachable', 'no way out');
  const port: DataFilesPort = {
    async ask({ path, body }) {
      asked.push({ path, body });
      return offline;
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
    const handlers = reportHandlers(port, createDownloads(port));
    await expect(handlers['reports.run']({ request, limit: 10 })).rejects.toMatchObject({
      code: 'server-unreachable',
    });
  });

  test('do not ask for what makes no sense', async () => {
    const { port, asked } = portWith(null);
    const handlers = reportHandlers(port, createDownloads(port));
    const wrong: ReportRequest = { ...request, groupBy: 'category' };
    const run = async () => handlers['reports.run']({ request: wrong, limit: 10 });
    await expect(run()).rejects.toMatchObject({
      code: 'invalid-input',
      details: { reason: 'group-unknown' },
    });
    expect(asked).toEqual([]);
  });

  test('hand a file through, piece by piece', async () => {
    const { port, asked } = portWith(Buffer.from('PK'));
    const downloads = createDownloads(port);
    const handlers = reportHandlers(port, downloads);
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
