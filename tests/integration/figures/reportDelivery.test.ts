import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { xlsxRows } from '#server/importing/source/xlsxRows.ts';
import { documentOf } from '#server/reports/files/document.ts';
import { FontAbsentError } from '#server/reports/files/font.ts';
import { pdfFile } from '#server/reports/files/pdf.ts';
import { csvFile, xlsxFile } from '#server/reports/files/spreadsheet.ts';
import { caughtUp, fileNameOf } from '#server/reports/schedules.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { catalogue } from '#shared/domain/reports/catalogue.ts';
import { noFilters, type ReportRequest } from '#shared/domain/reports/request.ts';
import type { NewSavedReport } from '#shared/domain/reports/savedReport.ts';
import type { Schedule } from '#shared/domain/reports/schedule.ts';
import type { ReportResult, SavedReport } from '#shared/sync/reports.ts';
import { beforeAskingAgain } from '../../support/askAgain.ts';
import { type MailServer, startMailServer } from '../../support/mailServer.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { ServerClient } from '../../support/serverClient.ts';

const dayMs = 86_400_000;
const request: ReportRequest = {
  report: 'queues',
  range: { kind: 'span', span: 'yesterday' },
  ...{ zone: 'Asia/Shanghai', interval: '30min', groupBy: 'queue', language: 'zh-CN' },
  filters: noFilters,
};
const daily: Schedule = { every: 'day', minute: 480, zone: 'Asia/Shanghai' };
const byMail: NewSavedReport = {
  ...{ name: '每日队列', request, shared: true, schedule: null, format: 'xlsx' },
  delivery: { to: 'mail', addresses: ['wu@example.org', 'helen@example.org'] },
};

describe.each(backendNames)('saved reports on %s', (name) => {
  let backend: Backend;
  let nodes: RunningServer[];
  let mail: MailServer;
  let folder: string;
  let client: ServerClient;
  let awayMs = 0;

  beforeAll(async () => {
    backend = await startBackend(name);
    mail = await startMailServer();
    folder = join(await mkdtemp(join(tmpdir(), 'switchboard-reports-')), 'later');
    const options = backend.options({
      now: () => Date.now() - awayMs,
      jobs: { retryMs: 20, maxRetryMs: 20 },
      reports: {
        delivery: {
          mail: { smtpUrl: mail.url, from: 'Switchboard <reports@example.org>' },
          folder,
        },
        font: null,
      },
    });
    nodes = [await startServer(options)];
    // Whatever is due, one of two nodes does it.
    if (name === 'postgres') nodes.push(await startServer(options));
    client = await signedIn('wu.min');
  });
  afterAll(async () => {
    for (const node of nodes ?? []) await node.stop();
    await mail?.stop();
    await backend?.stop();
    if (folder) await rm(join(folder, '..'), { recursive: true });
  });

  async function signedIn(login: string): Promise<ServerClient> {
    const made = new ServerClient(nodes[0]?.url ?? '');
    await made.signIn(login);
    return made;
  }

  async function save(report: NewSavedReport, as = client) {
    return as.call<SavedReport>('POST', '/api/reports/saved', { id: null, version: null, report });
  }

  /** Looks until the newest run is as it should be. */
  async function until(id: string, state: string): Promise<SavedReport> {
    for (;;) {
      const { body } = await client.call<{ reports: SavedReport[] }>('GET', '/api/reports/saved');
      const found = body.reports.find((one) => one.id === id);
      if (found?.runs[0]?.state === state) return found;
      await beforeAskingAgain();
    }
  }

  test('by mail, with the file attached', async () => {
    const { body: saved } = await save(byMail);
    const before = mail.mails.length;
    const answer = await client.call('POST', `/api/reports/saved/${saved.id}/deliver`, {});
    expect(answer.status).toBe(200);
    const delivered = await until(saved.id, 'delivered');
    expect(delivered.runs).toMatchObject([{ attempts: 1, error: null }]);
    expect(mail.mails).toHaveLength(before + 1);
    const sent = mail.mails.at(-1);
    expect(sent?.to).toEqual(['wu@example.org', 'helen@example.org']);
    expect(sent?.source).toContain(`Message-ID: <${delivered.runs[0]?.id}@example.org>`);
    expect(sent?.source).toMatch(/filename\*0\*=|filename=/);
  });

  test('what the mail server does not want is told, and what it never wants is not tried again', async () => {
    const { body: saved } = await save({ ...byMail, name: 'refused' });
    mail.refuse(550);
    await client.call('POST', `/api/reports/saved/${saved.id}/deliver`, {});
    const failed = await until(saved.id, 'failed');
    expect(failed.runs[0]).toMatchObject({ attempts: 1 });
    expect(failed.runs[0]?.error).toMatch(/^smtp-refused: /);
    mail.refuse(451);
    await client.call('POST', `/api/reports/saved/${saved.id}/deliver`, {});
    expect((await until(saved.id, 'retrying')).runs[0]?.error).toMatch(/^smtp-refused: /);
    mail.refuse(null);
    expect((await until(saved.id, 'delivered')).runs[0]?.attempts).toBeGreaterThan(1);
  });

  test('into a folder, as soon as it can be written to', async () => {
    const { body: saved } = await save({
      ...byMail,
      ...{ name: '=日报/..', format: 'csv', delivery: { to: 'folder' } },
    });
    await client.call('POST', `/api/reports/saved/${saved.id}/deliver`, {});
    const waiting = await until(saved.id, 'retrying');
    expect(waiting.runs[0]?.error).toMatch(/^folder-not-writable: /);
    await mkdir(folder);
    await until(saved.id, 'delivered');
    const files = await readdir(folder);
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^日报-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.csv$/);
    expect(await readFile(join(folder, files[0] ?? ''), 'utf8')).toContain('服务水平');
  });

  test('on time, once over all nodes, and once for all the times that were missed', async () => {
    const before = mail.mails.length;
    // Three days ago somebody saved it, and then no node ran.
    awayMs = 3 * dayMs;
    const { body: saved } = await save({ ...byMail, name: 'on time', schedule: daily });
    expect(saved.nextAt).toBeLessThan(Date.now() - dayMs);
    awayMs = 0;
    // Whoever changes a schedule makes a node look at all of them.
    await save({ ...byMail, name: 'another' });
    const delivered = await until(saved.id, 'delivered');
    expect(delivered.runs).toHaveLength(1);
    expect(delivered.runs[0]?.dueAt).toBeGreaterThan(Date.now() - dayMs - 1_000);
    expect(delivered.nextAt).toBeGreaterThan(Date.now());
    expect(mail.mails).toHaveLength(before + 1);
  });

  test('who may save what for whom', async () => {
    const agent = await signedIn('xu.jing');
    const run = { request, limit: 10 };
    expect((await agent.call('POST', '/api/reports/run', run)).status).toBe(403);
    expect((await save(byMail, agent)).status).toBe(403);
    const own = { date: '2026-11-21', zone: 'Asia/Shanghai', subject: null };
    const mine = await agent.call<{ reports: unknown[] }>('POST', '/api/reports/daily', own);
    expect([mine.status, mine.body.reports.length]).toEqual([200, 1]);
    const team = { ...own, subject: { kind: 'team', id: 'east' } };
    expect((await agent.call('POST', '/api/reports/daily', team)).status).toBe(403);
    const { body: saved } = await save({ ...byMail, name: 'private', shared: false });
    const helen = await signedIn('helen.marsh');
    const { body: hers } = await helen.call<{ reports: SavedReport[] }>(
      'GET',
      '/api/reports/saved',
    );
    expect(hers.reports.map(({ id }) => id)).not.toContain(saved.id);
    const gone = await helen.call('DELETE', `/api/reports/saved/${saved.id}`);
    expect(gone.status).toBe(404);
    const change = { id: saved.id, version: saved.version, report: { ...byMail, name: 'mine' } };
    expect((await client.call('POST', '/api/reports/saved', change)).status).toBe(200);
    expect((await client.call('POST', '/api/reports/saved', change)).status).toBe(409);
    expect((await client.call('DELETE', `/api/reports/saved/${saved.id}`)).status).toBe(200);
  });

  test('files come as what they are, and are written down', async () => {
    for (const [format, start] of [
      ['csv', '\ufeff'],
      ['xlsx', 'PK'],
      ['pdf', '%PDF-'],
    ] as const) {
      const asked = { request: { ...request, language: 'en', groupBy: 'none' }, format };
      const response = await fetch(`${client.url}/api/reports/export`, {
        method: 'POST',
        headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(asked),
      });
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.toString('utf8').startsWith(start), format).toBe(true);
    }
    const { body } = await client.call<{ entries: { action: string; detail?: string }[] }>(
      'GET',
      '/api/audit?about=data&limit=3',
    );
    expect(body.entries.map(({ detail }) => detail)).toContain('queues pdf 48');
  });

  test('nothing that makes no sense is an error of the server', async () => {
    const good = { request, limit: 10 };
    const drill = {
      request,
      column: 'offered',
      interval: null,
      group: null,
      after: null,
      limit: 5,
    };
    const bad: [string, unknown][] = [
      ['run', {}],
      ['run', { ...good, request: { ...request, zone: 'Mars/Olympus' } }],
      ['run', { ...good, request: { ...request, groupBy: 'category' } }],
      [
        'run',
        {
          ...good,
          request: { ...request, range: { kind: 'days', from: '0001-01-01', to: '9999-12-31' } },
        },
      ],
      ['run', { ...good, request: { ...request, filters: { ...noFilters, queueIds: ['\0'] } } }],
      ['drill', { ...drill, column: 'constructor' }],
      ['drill', { ...drill, after: 'x' }],
      ['drill', { ...drill, after: '1~\0' }],
      ['export', { request: { ...request, interval: 'day' }, format: 'exe' }],
      ['saved', { id: null, version: null, report: { ...byMail, name: '  ' } }],
      [
        'saved',
        { id: null, version: null, report: { ...byMail, schedule: daily, delivery: null } },
      ],
      ['daily/entry', { date: '2026-02-30', zone: 'UTC', subject: null, problems: '', plan: '' }],
      ['targets', { for: 'agents', measure: 'answered', value: -1, from: '2026-11-22' }],
    ];
    for (const [path, body] of bad) {
      const { status } = await client.call('POST', `/api/reports/${path}`, body);
      expect(status, `${path} ${JSON.stringify(body)}`).toBe(400);
    }
    const odd: [string, unknown][] = [
      [
        'run',
        {
          ...good,
          request: { ...request, range: { kind: 'days', from: '2000-01-01', to: '2000-01-02' } },
        },
      ],
      [
        'run',
        {
          ...good,
          request: { ...request, range: { kind: 'days', from: '2199-12-30', to: '2199-12-31' } },
        },
      ],
      ['drill', { ...drill, interval: { from: 5, to: 1 } }],
      ['drill', { ...drill, after: '999999999999999~zz', group: { id: "'; drop table record" } }],
    ];
    for (const [path, body] of odd) {
      const { status } = await client.call('POST', `/api/reports/${path}`, body);
      expect(status, `${path} ${JSON.stringify(body)}`).toBeLessThan(500);
    }
  });
});

describe('files', () => {
  const hour = 3_600_000;
  const from = Date.UTC(2026, 10, 20, 16);
  const { columns } = catalogue.satisfaction;
  const result: ReportResult = {
    request: {
      ...request,
      report: 'satisfaction',
      interval: '60min',
      groupBy: 'agent',
      language: 'en',
    },
    days: { from: '2026-11-21', to: '2026-11-21' },
    range: { from, to: from + 24 * hour },
    filters: [],
    columns: [...columns],
    rows: [
      {
        interval: { from, to: from + hour },
        group: { id: 'x', name: '=HYPERLINK("http://evil")' },
        cells: [3, 3, 13 / 3, 2 / 3, null],
        ...{ provisional: false, link: null },
      },
    ],
    totals: [3, 3, 13 / 3, 2 / 3, null],
    rowCount: 1,
    generatedAt: from + 30 * hour,
    provisional: { until: from + 48 * hour, reasons: ['running'], awaited: [] },
    notes: ['teamsOfToday'],
  };
  const document = documentOf(result);

  test('CSV: values a program reads, a formula that is none, and what it is about', async () => {
    const text = (await buffer(csvFile(document))).toString('utf8');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe(
      '\ufeffInterval,Agent,Answers,Scores,Mean score,Share of 4 and 5,Satisfied',
    );
    expect(lines[1]).toBe(`2026-11-21 00:00:00,"'=HYPERLINK(""http://evil"")",3,3,4.33,0.6667,`);
    expect(lines[2]).toBe('Total,,3,3,4.33,0.6667,');
    expect(text).toContain('Time zone,Asia/Shanghai');
    expect(text).toContain('Provisional until 2026-11-23 00:00: the range is not over');
    expect(text).toContain('Mean score,sum of scores');
  });

  test('XLSX: real types, and a second sheet with formulas and filters', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'switchboard-report-')), 'report.xlsx');
    await writeFile(path, await buffer(xlsxFile(document)));
    const rows = [];
    for await (const page of xlsxRows({ path, sheet: null })) rows.push(...page);
    expect(rows).toHaveLength(3);
    const about = [];
    for await (const page of xlsxRows({ path, sheet: 'Notes' })) about.push(...page);
    expect(JSON.stringify(about)).toContain('sum of scores');
    await rm(join(path, '..'), { recursive: true });
  });

  test('PDF: Latin text without a font, Chinese not', async () => {
    const plain = { ...document, rows: [] };
    const bytes = await buffer(await pdfFile(plain, null));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    await expect(pdfFile(documentOf({ ...result, request }), null)).rejects.toThrow(
      FontAbsentError,
    );
  });

  test('a name of a file that every system takes', () => {
    const saved = {
      id: '019b76da-a800-7000-8000-000000002045',
      name: '../a:b\\c',
      format: 'pdf' as const,
    };
    expect(fileNameOf(saved, result, false)).toBe('abc-2026-11-21.pdf');
    expect(fileNameOf({ ...saved, name: '..' }, result, true)).toBe(
      'report-2026-11-21-00002045.pdf',
    );
  });
});

test('of many times that were missed the last one counts', () => {
  const eight = Date.UTC(2026, 10, 1);
  expect(caughtUp(daily, eight, eight + 5 * dayMs + 1)).toEqual({
    dueAt: eight + 5 * dayMs,
    next: eight + 6 * dayMs,
  });
  expect(caughtUp(daily, eight, eight)).toEqual({ dueAt: eight, next: eight + dayMs });
});
