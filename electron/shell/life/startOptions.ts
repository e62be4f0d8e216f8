import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../secrets/jsonFile.ts';
import { StartFault } from './startFault.ts';

/** `config.json` in the data folder, for administrators. */
const configSchema = z.strictObject({
  serverUrl: z.string().optional(),
  /** Electron's way to write the key that answers from everywhere; null for none. */
  answerKey: z.string().min(1).max(100).nullable().optional(),
  /** Others see this screen: notifications name no caller. */
  sharedScreen: z.boolean().optional(),
  allowWeakKeyring: z.boolean().optional(),
});
export type Config = z.infer<typeof configSchema>;

/** The folder of `--data`, or null for the usual one of the system. */
export function dataDirAmong(argv: readonly string[]): string | null {
  return wordOf(argv, 'data');
}

export interface StartOptions {
  /** One address, or several with commas between them; null starts a practice centre on this machine. */
  serverUrl: string | null;
  answerKey: string | null | undefined;
  sharedScreen: boolean;
  allowWeakKeyring: boolean;
  logLevel: 'info' | 'warn';
}

/** Command line before environment before file. Throws `StartFault` on what is there and wrong. */
export function readStartOptions(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  userDir: string,
): StartOptions {
  const file = join(userDir, 'config.json');
  const config = readConfig(file);
  const wanted =
    wordOf(argv, 'server') ?? environment.SWITCHBOARD_SERVER ?? config.serverUrl ?? null;
  return {
    serverUrl: wanted ? serverAddresses(wanted, file) : null,
    answerKey: config.answerKey,
    sharedScreen: config.sharedScreen ?? false,
    allowWeakKeyring:
      environment.SWITCHBOARD_ALLOW_WEAK_KEYRING === '1' || config.allowWeakKeyring === true,
    logLevel: environment.SWITCHBOARD_VERBOSE ? 'info' : 'warn',
  };
}

function wordOf(argv: readonly string[], name: string): string | null {
  const start = `--${name}=`;
  const value = argv.find((word) => word.startsWith(start))?.slice(start.length);
  return value ? value : null;
}

function readConfig(file: string): Config {
  try {
    return readJsonFile(file, configSchema) ?? {};
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new StartFault('config', { file, detail });
  }
}

function serverAddresses(list: string, file: string): string {
  return list
    .split(',')
    .map((value) => serverAddress(value.trim(), file))
    .join(',');
}

/** An http or https address without path, login or query; the slash at its end goes. */
function serverAddress(value: string, file: string): string {
  const url = URL.parse(value);
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    `${url.username}${url.password}${url.search}${url.hash}` === '';
  if (!isPlain) throw new StartFault('server-url', { value: value.slice(0, 200), file });
  return url.origin;
}
