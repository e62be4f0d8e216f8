import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { ImportView } from '#shared/sync/importing.ts';
import { ServerClient } from '../../support/serverClient.ts';
import { type ServerProcess, startServerProcess } from '../../support/serverProcess.ts';
import { layDatabase } from '../../support/sharedPlaces.ts';

const admin = practiceUsers.find(({ role }) => role === 'administrator')?.login ?? '';
const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Run {
  code: number | null;
  out: string;
  error: string;
}

let folder: string;
let server: ServerProcess;
let url: string;
let client: ServerClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'switchboard-command-'));
  const dataDir = join(folder, 'server');
  await layDatabase(dataDir);
  server = startServerProcess({
    SWITCHBOARD_MODE: 'practice',
    PRACTICE_CUSTOMERS: '0',
    PORT: '0',
    DATA_DIR: dataDir,
  });
  url = await server.ready;
  client = new ServerClient(url);
  await client.signIn(admin);
}, 180_000);
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string) => join(folder, name);

function fileOf(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
}

interface Terms {
  password?: string;
  language?: 'en_US' | 'zh_CN';
  /** The largest file that it may write, in blocks of 512 bytes or 1 KiB. */
  maxBlocks?: number;
}

/** What `npm run import` and `npm run export` start, in a terminal where nobody sits. */
function command(name: 'import' | 'export', args: string[], terms: Terms = {}): Promise<Run> {
  const { password = 'practice', language = 'en_US', maxBlocks } = terms;
  const script = [process.execPath, join(root, 'scripts', `${name}.ts`), ...args];
  const limited = ['sh', '-c', `ulimit -f ${maxBlocks}; exec "$@"`, 'sh', ...script];
  const [program = '', ...rest] = maxBlocks === undefined ? script : limited;
  const child = spawn(program, rest, {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      LC_ALL: `${language}.UTF-8`,
      SWITCHBOARD_PASSWORD: password,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const run: Run = { code: null, out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.error += text;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...run, code })));
}

const access = () => ['--server', url, '--login', admin];
const customersFrom = (...args: string[]) => [...access(), '--kind', 'customers', ...args];

async function imports(): Promise<ImportView[]> {
  const answer = await client.call<{ imports: ImportView[] }>('GET', '/api/imports');
  return answer.body.imports;
}

const header = 'Customer number,Name,Mobile\n';
const good = Array.from({ length: 40 }, (_, row) => `K${row},Test ${row},${13_712_345_000 + row}`);
const goodFile = `${header}${good.join('\n')}\n`;
const badRows = 'W1,Wrong one,12\nW2,Right one,13798765432\n';

describe('npm run import and npm run export', () => {
  it('counts in a dry run, writes nothing and leaves nothing', async () => {
    const run = await command('import', customersFrom('--dry-run', fileOf('dry.csv', goodFile)));
    expect(run).toMatchObject({ code: 0, error: '' });
    expect(run.out).toContain('This would happen. Rows 40: New 40, Updated 0,');
    expect(run.out).toContain('Mobile → Mobile [mobile]');
    expect(await imports()).toEqual([]);
    await command('export', customersFrom('--out', path('none.csv')));
    expect(readFileSync(path('none.csv'), 'utf8').trim().split('\r\n')).toHaveLength(1);
  });

  it('imports, tells wrong rows apart in a file, and gives the same out again', async () => {
    const file = fileOf('mixed.csv', goodFile + badRows);
    const run = await command('import', customersFrom('--yes', file));
    expect(run).toMatchObject({ code: 3, error: '' });
    expect(run.out).toContain(
      'Done. Rows 42: New 41, Updated 0, Unchanged 0, Skipped 0, Flagged 0, Wrong 1',
    );
    expect(run.out).toContain('1 × Not a phone number');
    const wrong = readFileSync(`${file}.errors.csv`, 'utf8').replace('\uFEFF', '').trim();
    expect(wrong.split('\r\n')).toHaveLength(2);
    expect(wrong.split('\r\n')[1]).toMatch(/^42,.*“12”.*,W1,Wrong one,12$/);
    expect(await imports()).toMatchObject([{ state: 'done', fileName: 'mixed.csv' }]);

    const out = path('out.csv');
    expect(await command('export', customersFrom('--out', out))).toMatchObject({ code: 0 });
    const lines = readFileSync(out, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(42);
    for (const row of good) {
      const [no = '', name = '', mobile = ''] = row.split(',');
      const line = lines.find((one) => one.startsWith(`${no},`));
      expect(line).toContain(`,${name},`);
      expect(line).toContain(mobile);
    }
    const again = await command('import', customersFrom('--yes', '--duplicates', 'update', out));
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toContain('Rows 41: New 0, Updated 0, Unchanged 41,');
  });

  it('speaks the language of the system', async () => {
    const file = fileOf('客户.csv', `客户编号,姓名,手机\nZ1,测试,12\n`);
    const run = await command('import', customersFrom('--dry-run', file), { language: 'zh_CN' });
    expect(run.code).toBe(3);
    expect(run.out).toContain('预计结果。共 1 行：新增 0，');
    expect(run.out).toContain('1 × 不是电话号码');
    expect(run.out).toContain('手机 → 手机 [mobile]');
    expect(readFileSync(`${file}.errors.csv`, 'utf8')).toContain('“12”不是电话号码');
  });

  it('keeps nothing of a file that is not whole, because there is no room', async () => {
    const run = await command('export', customersFrom('--out', path('full.csv')), { maxBlocks: 1 });
    expect(run.code).toBe(1);
    expect(run.error).toBe(
      `There is no room left for ${path('full.csv')}; nothing of it was kept. Free some space and run it again.\n`,
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('full.csv'))).toEqual([]);
  });

  describe('refuses, and leaves no upload behind', () => {
    let before: ImportView[];
    beforeEach(async () => {
      before = await imports();
    });

    const nowhere = () => [
      '--server',
      'http://127.0.0.1:1',
      '--login',
      admin,
      '--kind',
      'customers',
    ];
    const table: [string, () => string[], Terms, number, RegExp][] = [
      [
        'a wrong password',
        () => customersFrom('--yes', path('dry.csv')),
        { password: 'x' },
        1,
        /^The server refuses: Name or password is wrong\./,
      ],
      [
        'a file that is not there',
        () => customersFrom('--yes', path('no.csv')),
        {},
        1,
        /no\.csv is not there\.\n$/,
      ],
      [
        'an empty file',
        () => customersFrom('--yes', fileOf('empty.csv', '')),
        {},
        1,
        /empty\.csv is empty\.\n$/,
      ],
      [
        'no server',
        () => [...nowhere(), '--yes', path('dry.csv')],
        {},
        1,
        /^The server http:\/\/127\.0\.0\.1:1 does not answer: /,
      ],
      [
        'a name that no column has',
        () => customersFrom('--yes', fileOf('bare.csv', 'a,b\n1,2\n')),
        {},
        1,
        /^No column for: Name \[name\]\. See --mapping\.\n$/,
      ],
      [
        'a file that is no workbook',
        () => customersFrom('--yes', fileOf('no.xlsx', 'PK\u0003\u0004nothing')),
        {},
        1,
        /no\.xlsx cannot be read: This is not a readable XLSX workbook\./,
      ],
      [
        'a mapping of no columns',
        () =>
          customersFrom('--yes', '--mapping', fileOf('map.json', '{"Nr":"no"}'), path('dry.csv')),
        {},
        2,
        /^There is no column "Nr"\.\n$/,
      ],
      [
        'a kind that is none',
        () => [...access(), '--kind', 'cars', path('dry.csv')],
        {},
        2,
        /^--kind takes: customers {2}numbers {2}orders {2}tickets\n$/,
      ],
      ['nobody to ask', () => customersFrom(path('dry.csv')), {}, 2, /^Nobody is there to ask\./],
    ];
    it.each(table)('%s', async (_, args, terms, code, error) => {
      const run = await command('import', args(), terms);
      expect(run.error).toMatch(error);
      expect(run.code).toBe(code);
      expect(await imports()).toEqual(before);
    });

    it('an export to a folder that is not there', async () => {
      const out = join(folder, 'nowhere', 'out.csv');
      const run = await command('export', customersFrom('--out', out));
      expect(run.code).toBe(1);
      expect(run.error).toContain('is not there.');
      expect(existsSync(out)).toBe(false);
    });
  });
});
