import { parseArgs } from 'node:util';
import { delimiters, exportFormats, exportKinds } from '#shared/sync/importing.ts';
import { CommandError, oneOf, runCommand } from './commandError.ts';
import { accessOf, DataClient } from './dataClient.ts';
import { language, words } from './dataWords.ts';
import { saveFile } from './saveFile.ts';

const options = {
  server: { type: 'string' },
  login: { type: 'string' },
  'password-file': { type: 'string' },
  kind: { type: 'string' },
  format: { type: 'string', default: 'csv' },
  out: { type: 'string' },
  delimiter: { type: 'string', default: ',' },
  'no-bom': { type: 'boolean' },
  language: { type: 'string', default: language },
  help: { type: 'boolean', short: 'h' },
} as const;

function argumentsOf() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${why}\n\n${words('exportHelp')}`, 2);
  }
}

async function main(): Promise<number> {
  const values = argumentsOf();
  if (values.help) {
    console.log(words('exportHelp'));
    return 0;
  }
  const { out } = values;
  if (!out) throw new CommandError(words('optionNeeded', { name: 'out' }), 2);
  const query = new URLSearchParams({
    kind: oneOf('kind', values.kind, exportKinds),
    format: oneOf('format', values.format, exportFormats),
    delimiter: oneOf('delimiter', values.delimiter === 'tab' ? '\t' : values.delimiter, delimiters),
    bom: String(!values['no-bom']),
    language: oneOf('language', values.language, ['en', 'zh-CN']),
  });
  const client = await DataClient.signIn(accessOf(values));
  try {
    await saveFile(await client.fetch('GET', `/api/exports?${query}`), out);
    console.log(words('exportDone', { file: out }));
    return 0;
  } finally {
    await client.signOut();
  }
}

if (import.meta.main) await runCommand(main);
