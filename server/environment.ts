import { resolve } from 'node:path';
import { z } from 'zod';
import type { DatabaseOptions, PbxOptions, ServerOptions } from './options.ts';
import { defaultLiveTimes, defaultPracticeCustomers } from './options.ts';
import { StartError } from './startError.ts';

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);

function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(blankIsAbsent, schema.optional());
}

function urlOf(protocols: string[]) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
}

const environmentSchema = z.object({
  SWITCHBOARD_MODE: optional(z.enum(['practice', 'site'], 'must be practice or site')),
  HOST: optional(z.string().max(255)),
  PORT: optional(
    z.stringFormat('port', (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
      error: 'must be a whole number from 0 to 65535',
    }),
  ),
  DATABASE_URL: optional(urlOf(['postgres:', 'postgresql:'])),
  DATA_DIR: optional(z.string()),
  PBX_WS_URL: optional(urlOf(['ws:', 'wss:'])),
  PBX_SIP_DOMAIN: optional(
    z.string().regex(/^[0-9A-Za-z.-]{1,253}$/, 'must be a host name, such as pbx.example.org'),
  ),
  ADMIN_LOGIN: optional(z.string().max(200, 'must be at most 200 characters')),
  ADMIN_PASSWORD: optional(
    z.string().min(12, 'must be at least 12 characters').max(500, 'must be at most 500 characters'),
  ),
  PRACTICE_CUSTOMERS: optional(
    z.stringFormat('count', (text) => /^\d{1,7}$/.test(text), {
      error: 'must be a whole number of at most 7 digits',
    }),
  ),
  LOG_LEVEL: optional(
    z.enum(
      ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'must be one of silent, fatal, error, warn, info, debug, trace',
    ),
  ),
});
type Environment = z.infer<typeof environmentSchema>;

/** The default data directory, below the working directory. */
export const defaultDataDir = 'data/server';
export const defaultSitePort = 7080;

/**
 * Read the server's options from environment variables.
 * Throws `StartError` (exit code 2) that names the variable and what is wrong with it, never its value.
 */
export function optionsFromEnvironment(
  variables: Record<string, string | undefined>,
): ServerOptions {
  const parsed = environmentSchema.safeParse(variables);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new StartError(`${issue?.path.join('.')}: ${issue?.message}`, 2);
  }
  const environment = parsed.data;
  const mode = environment.SWITCHBOARD_MODE ?? 'site';
  return {
    mode,
    host: environment.HOST ?? '127.0.0.1',
    port: Number(environment.PORT ?? (mode === 'practice' ? 0 : defaultSitePort)),
    database: databaseOf(environment),
    pbx: pbxOf(environment),
    firstAdministrator: administratorOf(environment),
    practiceCustomers: Number(environment.PRACTICE_CUSTOMERS ?? defaultPracticeCustomers),
    logLevel: environment.LOG_LEVEL ?? 'info',
    now: Date.now,
    live: defaultLiveTimes,
  };
}

function databaseOf(environment: Environment): DatabaseOptions {
  if (environment.DATABASE_URL && environment.DATA_DIR) {
    throw new StartError('DATA_DIR: has no meaning beside DATABASE_URL; set one of the two', 2);
  }
  if (environment.DATABASE_URL) return { kind: 'postgres', url: environment.DATABASE_URL };
  return { kind: 'directory', path: resolve(environment.DATA_DIR ?? defaultDataDir) };
}

function pbxOf(environment: Environment): PbxOptions | null {
  const { PBX_WS_URL: wsUrl, PBX_SIP_DOMAIN: sipDomain } = environment;
  if (wsUrl && !sipDomain) throw new StartError('PBX_SIP_DOMAIN: needed beside PBX_WS_URL', 2);
  if (sipDomain && !wsUrl) throw new StartError('PBX_WS_URL: needed beside PBX_SIP_DOMAIN', 2);
  return wsUrl && sipDomain ? { wsUrl, sipDomain } : null;
}

function administratorOf(environment: Environment): ServerOptions['firstAdministrator'] {
  const { ADMIN_LOGIN: login, ADMIN_PASSWORD: password } = environment;
  if (login && !password) throw new StartError('ADMIN_PASSWORD: needed beside ADMIN_LOGIN', 2);
  if (password && !login) throw new StartError('ADMIN_LOGIN: needed beside ADMIN_PASSWORD', 2);
  return login && password ? { login, password } : null;
}
