import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { delimiters, exportFormats, importKinds } from '#shared/sync/importing.ts';
import { accessOf, CommandError, DataClient, runCommand } from './dataClient.ts';

const usage = `Takes customers, numbers, orders or tickets out into a CSV or XLSX file.

  npm run export -- --server URL --login NAME --kind customers --format csv --out FILE [options]

  --password-file F   the password stands in a file (or in SWITCHBOARD_PASSWORD)
  --format            csv or xlsx (usual: csv)
  --delimiter         , ; tab | (csv; usual: ,)
  --no-bom            csv without a byte order mark, which Excel wants
  --language          en or zh-CN: the names of the columns

Exit codes: 0 done, 1 failed, 2 wrong arguments.`;

const options = {
  server: { type: 'string' },
  login: { type: 'string' },
  'password-file': { type: 'string' },
  kind: { type: 'string' },
  format: { type: 'string', default: 'csv' },
  out: { type: 'string' },
  delimiter: { type: 'string', default: ',' },
  'no-bom': { type: 'boolean' },
  language: { type: 'string', default: 'en' },
  help: { type: 'boolean', short: 'h' },
} as const;

function argumentsOf() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new CommandError(`${error instanceof Error ? error.message : error}\n\n${usage}`, 2);
  }
}

function oneOf(name: string, value: string | undefined, known: readonly string[]): string {
  if (value !== undefined && known.includes(value)) return value;
  throw new CommandError(`--${name} takes ${known.join(', ')}`, 2);
}

async function main(): Promise<number> {
  const values = argumentsOf();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { out } = values;
  if (!out) throw new CommandError('--out is needed', 2);
  const query = new URLSearchParams({
    kind: oneOf('kind', values.kind, importKinds),
    format: oneOf('format', values.format, exportFormats),
    delimiter: oneOf('delimiter', values.delimiter === 'tab' ? '\t' : values.delimiter, delimiters),
    bom: String(!values['no-bom']),
    language: oneOf('language', values.language, ['en', 'zh-CN']),
  });
  const client = await DataClient.signIn(accessOf(values));
  const part = `${out}.part`;
  try {
    const { body } = await client.fetch('GET', `/api/exports?${query}`);
    if (!body) throw new CommandError('the server sent nothing');
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(part));
    await rename(part, out);
    console.log(`${out} is written.`);
    return 0;
  } finally {
    await rm(part, { force: true });
    await client.signOut();
  }
}

if (import.meta.main) await runCommand(main);
