import { createWriteStream, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  type ImportCounts,
  type ImportPreview,
  type ImportView,
  type ImportWishes,
  importKindSchema,
  importWishesSchema,
  maxUploadBytes,
  rowFates,
} from '#shared/sync/importing.ts';
import { accessOf, CommandError, DataClient, runCommand } from './dataClient.ts';

const usage = `Brings customers, numbers, orders or tickets in from a CSV, XLSX or vCard file.

  npm run import -- --server URL --login NAME --kind customers FILE [options]

  --password-file F   the password stands in a file (or in SWITCHBOARD_PASSWORD)
  --kind              customers, numbers, orders or tickets
  --encoding          utf-8, gb18030, utf-16le, utf-16be, windows-1252 (usual: detected)
  --delimiter         , ; tab | (usual: detected)
  --date-order        ymd, dmy, mdy (usual: detected)
  --decimal           . or ,
  --sheet NAME        sheet of a workbook (usual: the first)
  --no-header         the first row is data
  --mapping FILE      JSON: {"name of a column": "field" or null} or a list of fields in the order of columns
  --match-by          no,number,email: by what customers are recognised
  --duplicates        skip, update or flag records that are here already (usual: skip)
  --dry-run           count what would happen, write nothing
  --yes               do not ask before writing
  --errors FILE       where rows go that were wrong or flagged (usual: FILE.errors.csv)

Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 done with wrong rows, 130 cancelled.`;

const options = {
  server: { type: 'string' },
  login: { type: 'string' },
  'password-file': { type: 'string' },
  kind: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  'date-order': { type: 'string' },
  decimal: { type: 'string' },
  sheet: { type: 'string' },
  'no-header': { type: 'boolean' },
  mapping: { type: 'string' },
  'match-by': { type: 'string' },
  duplicates: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  errors: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const lookEveryMs = 500;

function argumentsOf() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`, 2);
  }
}

function wishesOf(values: ReturnType<typeof argumentsOf>['values']): ImportWishes {
  const delimiter = values.delimiter === 'tab' ? '\t' : values.delimiter;
  const given = {
    encoding: values.encoding,
    delimiter,
    dateOrder: values['date-order'],
    decimal: values.decimal,
    sheet: values.sheet,
    header: values['no-header'] ? false : undefined,
    duplicates: values.duplicates,
    matchBy: values['match-by']?.split(','),
  };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const parsed = importWishesSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new CommandError(`${issue?.path.join('.')}: ${issue?.message}`, 2);
}

async function main(): Promise<number> {
  const { values, positionals } = argumentsOf();
  const [file, ...more] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const kind = importKindSchema.safeParse(values.kind).data;
  if (!file || more.length > 0) throw new CommandError(`one file is wanted\n\n${usage}`, 2);
  if (!kind) throw new CommandError('--kind takes customers, numbers, orders or tickets', 2);
  const wishes = wishesOf(values);
  const client = await DataClient.signIn(accessOf(values));
  try {
    const { id } = await upload(client, kind, file);
    const preview = await previewOf(client, id, wishes, values.mapping);
    tellPreview(preview);
    if (values['dry-run'] || !values.yes) {
      const checked = await work(client, id, 'check', preview);
      tellCounts('This would happen', checked.counts);
      if (values['dry-run']) {
        await saveProblems(client, checked, values.errors ?? `${file}.errors.csv`);
        await client.ask('DELETE', `/api/imports/${id}`);
        return checked.counts?.wrong ? 3 : 0;
      }
      if (!(await agreed())) {
        await client.ask('DELETE', `/api/imports/${id}`);
        console.log('Nothing was written.');
        return 130;
      }
    }
    const done = await work(client, id, 'run', preview);
    tellCounts('Done', done.counts);
    await saveProblems(client, done, values.errors ?? `${file}.errors.csv`);
    if (done.state === 'cancelled') return 130;
    return done.counts?.wrong ? 3 : 0;
  } finally {
    await client.signOut();
  }
}

async function upload(client: DataClient, kind: string, path: string): Promise<ImportView> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new CommandError(`${path} is empty`);
    const made = { kind, fileName: basename(path), size };
    let view = await client.ask<ImportView>('POST', '/api/imports', made);
    const piece = Buffer.alloc(maxUploadBytes);
    while (view.received < size) {
      const { bytesRead } = await handle.read(piece, 0, piece.length, view.received);
      const where = `/api/imports/${view.id}/file?offset=${view.received}`;
      const body = piece.subarray(0, bytesRead);
      const answer = await client.fetch('PUT', where, body, 'application/octet-stream');
      view = (await answer.json()) as ImportView;
      progress('upload', view.received / size, '');
    }
    return view;
  } finally {
    await handle.close();
  }
}

async function previewOf(
  client: DataClient,
  id: string,
  wishes: ImportWishes,
  mappingFile: string | undefined,
): Promise<ImportPreview> {
  const path = `/api/imports/${id}/preview`;
  const first = await client.ask<ImportPreview>('POST', path, wishes);
  if (first.failure) {
    const { failure, row } = first.failure;
    throw new CommandError(`the file cannot be read: ${failure}${row ? ` at row ${row}` : ''}`);
  }
  const columns = mappingFile ? mapped(first, mappingFile) : null;
  const preview = columns
    ? await client.ask<ImportPreview>('POST', path, { ...wishes, columns })
    : first;
  if (preview.missing.length === 0) return preview;
  tellPreview(preview);
  throw new CommandError(`no column for: ${preview.missing.join(', ')}; see --mapping`);
}

function mapped({ columns }: ImportPreview, file: string): (string | null)[] {
  const mapping: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (Array.isArray(mapping)) return mapping;
  if (typeof mapping !== 'object' || mapping === null) {
    throw new CommandError(`${file} holds neither an object nor a list`, 2);
  }
  const known = new Map(Object.entries(mapping));
  const strange = [...known.keys()].find((name) => !columns.includes(name));
  if (strange !== undefined) throw new CommandError(`there is no column ${strange}`, 2);
  return columns.map((name) => known.get(name) ?? null);
}

function tellPreview({ settings, certainty, columns }: ImportPreview): void {
  const { format, encoding, delimiter, dateOrder, decimal, duplicates } = settings;
  const parts = [
    format,
    ...(format === 'xlsx' ? [] : [`${encoding} (${certainty.encoding})`]),
    ...(format === 'csv'
      ? [`delimiter ${JSON.stringify(delimiter)} (${certainty.delimiter})`]
      : []),
    `dates ${dateOrder} (${certainty.dateOrder})`,
    `decimal mark ${decimal} (${certainty.decimal})`,
    `records that are here: ${duplicates}`,
  ];
  console.log(parts.join(', '));
  for (const [index, field] of settings.columns.entries()) {
    console.log(`  ${columns[index] || `column ${index + 1}`} → ${field ?? '(not imported)'}`);
  }
}

/** Begin a task and follow it to its end; Ctrl+C cancels it. */
async function work(
  client: DataClient,
  id: string,
  task: 'check' | 'run',
  { settings }: ImportPreview,
): Promise<ImportView> {
  let cancelled = false;
  const cancel = () => {
    if (cancelled) process.exit(130);
    cancelled = true;
    client.ask('POST', `/api/imports/${id}/cancel`).catch(() => undefined);
  };
  process.on('SIGINT', cancel);
  try {
    let view = await client.ask<ImportView>('POST', `/api/imports/${id}/${task}`, settings);
    while (view.state === 'running' || view.state === 'checking') {
      await pause(lookEveryMs);
      view = await client.ask<ImportView>('GET', `/api/imports/${id}`);
      progress(task, view.progress ?? 1, `${view.counts?.rows ?? 0} rows`);
    }
    if (cancelled) throw new CommandError('cancelled; what was written until then stays', 130);
    if (view.failure) {
      const { failure, row } = view.failure;
      throw new CommandError(`it stopped: ${failure}${row ? ` at row ${row}` : ''}`);
    }
    return view;
  } finally {
    process.off('SIGINT', cancel);
  }
}

function progress(what: string, share: number, words: string): void {
  if (!process.stderr.isTTY) return;
  const line = `${what} ${Math.floor(share * 100)} % ${words}`;
  process.stderr.write(`\r${line.padEnd(50)}${share >= 1 ? '\n' : ''}`);
}

function tellCounts(title: string, counts: ImportCounts | null): void {
  if (!counts) return;
  const parts = rowFates.map((fate) => `${fate} ${counts[fate]}`);
  console.log(`${title}: ${counts.rows} rows: ${parts.join(', ')}`);
  for (const [reason, count] of Object.entries(counts.reasons)) console.log(`  ${count} ${reason}`);
}

async function saveProblems(client: DataClient, view: ImportView, path: string): Promise<void> {
  const { counts } = view;
  if (!counts || counts.wrong + counts.flagged === 0) return;
  const { body } = await client.fetch('GET', `/api/imports/${view.id}/problems`);
  if (!body) return;
  await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path));
  console.log(`Rows to look at: ${path}`);
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new CommandError('nobody is there to ask: add --yes', 2);
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asked.question('Import? [y/N] ');
  asked.close();
  return /^(y|yes|是)$/i.test(answer.trim());
}

if (import.meta.main) await runCommand(main);
