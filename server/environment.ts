import { resolve } from 'node:path';
import { z } from 'zod';
import type { ConnectorOptions, DatabaseOptions, PbxOptions, ServerOptions } from './options.ts';
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

function portSchema(least: 0 | 1) {
  const isPort = (text: string) =>
    /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= 65_535;
  return z.stringFormat('port', isPort, {
    error: `must be a whole number from ${least} to 65535`,
  });
}

const hostSchema = z
  .string()
  .regex(/^[0-9A-Za-z.:-]{1,253}$/, 'must be a host name or an address, without a port');

const environmentSchema = z.object({
  SWITCHBOARD_MODE: optional(z.enum(['practice', 'site'], 'must be practice or site')),
  HOST: optional(z.string().max(255)),
  PORT: optional(portSchema(0)),
  DATABASE_URL: optional(urlOf(['postgres:', 'postgresql:'])),
  DATA_DIR: optional(z.string()),
  PBX_WS_URL: optional(urlOf(['ws:', 'wss:'])),
  PBX_SIP_DOMAIN: optional(
    z.string().regex(/^[0-9A-Za-z.-]{1,253}$/, 'must be a host name, such as pbx.example.org'),
  ),
  PBX_AMI_HOST: optional(hostSchema),
  PBX_AMI_PORT: optional(portSchema(1)),
  PBX_AMI_USER: optional(z.string().regex(/^[\w.-]{1,80}$/, 'must be the name of an AMI account')),
  PBX_AMI_SECRET: optional(z.string().max(200, 'must be at most 200 characters')),
  PBX_AMI_TLS: optional(z.enum(['yes', 'no'], 'must be yes or no')),
  PBX_CONTROL_URL: optional(urlOf(['http:', 'https:'])),
  PBX_CONTROL_TOKEN: optional(z.string().min(16, 'must be at least 16 characters')),
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
    connector: connectorOf(environment),
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

const amiPorts = { plain: 5038, tls: 5039 };

function connectorOf(environment: Environment): ConnectorOptions | null {
  const { PBX_CONTROL_URL: controlUrl, PBX_CONTROL_TOKEN: token } = environment;
  const asterisk = asteriskOf(environment);
  if (controlUrl && asterisk) {
    throw new StartError(
      'PBX_CONTROL_URL: has no meaning beside PBX_AMI_HOST; set one of the two',
      2,
    );
  }
  if (controlUrl && !token)
    throw new StartError('PBX_CONTROL_TOKEN: needed beside PBX_CONTROL_URL', 2);
  if (token && !controlUrl)
    throw new StartError('PBX_CONTROL_URL: needed beside PBX_CONTROL_TOKEN', 2);
  return controlUrl && token ? { kind: 'practice', controlUrl, token } : asterisk;
}

function asteriskOf(environment: Environment): ConnectorOptions | null {
  const { PBX_AMI_HOST: host, PBX_AMI_USER: user, PBX_AMI_SECRET: secret } = environment;
  const others = ['PBX_AMI_PORT', 'PBX_AMI_USER', 'PBX_AMI_SECRET', 'PBX_AMI_TLS'] as const;
  const stray = host ? undefined : others.find((name) => environment[name] !== undefined);
  if (stray) throw new StartError(`PBX_AMI_HOST: needed beside ${stray}`, 2);
  if (!host) return null;
  if (!user) throw new StartError('PBX_AMI_USER: needed beside PBX_AMI_HOST', 2);
  if (!secret) throw new StartError('PBX_AMI_SECRET: needed beside PBX_AMI_HOST', 2);
  const tls = environment.PBX_AMI_TLS === 'yes';
  const port = Number(environment.PBX_AMI_PORT ?? (tls ? amiPorts.tls : amiPorts.plain));
  return { kind: 'asterisk', host, port, user, secret, tls };
}

function administratorOf(environment: Environment): ServerOptions['firstAdministrator'] {
  const { ADMIN_LOGIN: login, ADMIN_PASSWORD: password } = environment;
  if (login && !password) throw new StartError('ADMIN_PASSWORD: needed beside ADMIN_LOGIN', 2);
  if (password && !login) throw new StartError('ADMIN_LOGIN: needed beside ADMIN_PASSWORD', 2);
  return login && password ? { login, password } : null;
}
