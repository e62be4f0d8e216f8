import { access, constants, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import {
  type ImportView,
  type ImportWishes,
  importFieldSchema,
  importKinds,
  importWishesSchema,
} from '#shared/sync/importing.ts';
import { CommandError, oneOf, runCommand } from './commandError.ts';
import { accessOf, DataClient } from './dataClient.ts';
import { words } from './dataWords.ts';
import { ImportFile, type Mapping } from './importFile.ts';
import { tellCounts } from './importTalk.ts';
import { saveFile } from './saveFile.ts';

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

type Values = ReturnType<typeof argumentsOf>['values'];

function argumentsOf() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${why}\n\n${words('importHelp')}`, 2);
  }
}

function wishesOf(values: Values): ImportWishes {
  const given = {
    encoding: values.encoding,
    delimiter: values.delimiter === 'tab' ? '\t' : values.delimiter,
    'date-order': values['date-order'],
    decimal: values.decimal,
    duplicates: values.duplicates,
  };
  const known = importWishesSchema.shape;
  const chosen = {
    encoding: known.encoding.unwrap().options,
    delimiter: known.delimiter.unwrap().options,
    'date-order': known.dateOrder.unwrap().options,
    decimal: known.decimal.unwrap().options,
    duplicates: known.duplicates.unwrap().options,
  };
  for (const name of Object.keys(given) as (keyof typeof given)[]) {
    if (given[name] !== undefined) oneOf<string>(name, given[name], chosen[name]);
  }
  const keys = known.matchBy.unwrap().element.options;
  const matchBy = values['match-by']?.split(',').map((key) => oneOf('match-by', key, keys));
  const { 'date-order': dateOrder, ...rest } = given;
  const header = values['no-header'] ? false : undefined;
  const all = { ...rest, dateOrder, matchBy, header, sheet: values.sheet };
  return importWishesSchema.parse(
    Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
  );
}

const fieldSchema = importFieldSchema.nullable();
const mappingSchema = z.union([z.array(fieldSchema), z.record(z.string(), fieldSchema)]);

async function mappingOf(file: string | undefined): Promise<Mapping | null> {
  if (file === undefined) return null;
  const text = await readFile(file, 'utf8');
  try {
    const mapping = mappingSchema.parse(JSON.parse(text));
    return Array.isArray(mapping) ? mapping : new Map(Object.entries(mapping));
  } catch {
    throw new CommandError(words('mappingUnreadable', { file }), 2);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = argumentsOf();
  if (values.help) {
    console.log(words('importHelp'));
    return 0;
  }
  const [path, ...more] = positionals;
  if (!path || more.length > 0) {
    throw new CommandError(`${words('oneFile')}\n\n${words('importHelp')}`, 2);
  }
  const kind = oneOf('kind', values.kind, importKinds);
  const wishes = wishesOf(values);
  const asks = !values['dry-run'] && !values.yes;
  if (asks && !process.stdin.isTTY) throw new CommandError(words('nobodyToAsk'), 2);
  await access(path, constants.R_OK);
  const mapping = await mappingOf(values.mapping);
  const client = await DataClient.signIn(accessOf(values));
  const file = new ImportFile(client, kind, path);
  try {
    await file.upload();
    const preview = await file.preview(wishes, mapping);
    const errorFile = values.errors ?? `${path}.errors.csv`;
    if (!values.yes || values['dry-run']) {
      const checked = await file.work('check', preview);
      tellCounts('wouldHappen', checked.counts);
      if (values['dry-run']) return await end(file, checked, errorFile);
      if (!(await agreed())) {
        console.log(words('nothingWritten'));
        return 130;
      }
    }
    const done = await file.work('run', preview);
    tellCounts(done.state === 'cancelled' ? 'importCancelled' : 'importDone', done.counts);
    const code = await end(file, done, errorFile);
    return done.state === 'cancelled' ? 130 : code;
  } finally {
    await file.drop();
    await client.signOut();
  }
}

/** Save the rows to look at; the answer is the exit code. */
async function end(file: ImportFile, { counts, state }: ImportView, path: string): Promise<number> {
  if (!counts || counts.wrong + counts.flagged === 0) return 0;
  try {
    await saveFile(await file.problems(), path);
    console.log(words('rowsToLookAt', { file: path }));
  } catch (error) {
    if (state !== 'checked') console.log(words('rowsNotSaved'));
    throw error;
  }
  return counts.wrong > 0 ? 3 : 0;
}

async function agreed(): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asked.question(words('askImport'));
  asked.close();
  return new RegExp(`^(${words('yesPattern')})$`, 'i').test(answer.trim());
}

if (import.meta.main) await runCommand(main);
