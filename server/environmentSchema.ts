import { isIP } from 'node:net';
import { z } from 'zod';
import { leastNotificationDays } from './retention/kept.ts';

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

function wholeNumber(least: number, most: number) {
  const fits = (text: string) =>
    /^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z.stringFormat('number', fits, {
    error: `must be a whole number from ${least} to ${most}`,
  });
}

const maxPort = 65_535;
/** A hundred years: for ever. */
const mostKeptDays = 36_500;

const hostSchema = z
  .string()
  .regex(/^[0-9A-Za-z.:-]{1,253}$/, 'must be a host name or an address, without a port');

/** What others append paths to: nothing but scheme, host and port. */
const originSchema = urlOf(['http:', 'https:']).refine((text) => {
  const url = URL.parse(text);
  return url !== null && url.href === `${url.origin}/`;
}, 'must have no path, login or query behind the host');

/** Names of networks that Fastify knows (the package proxy-addr). */
const namedNetworks = ['loopback', 'linklocal', 'uniquelocal'];

function isNetwork(text: string): boolean {
  if (namedNetworks.includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const kind = isIP(address);
  if (kind === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}

const proxySchema = z
  .string()
  .refine(
    (text) => /^\d$/.test(text) || text.split(',').every((part) => isNetwork(part.trim())),
    'must be a number from 0 to 9, or addresses and networks such as loopback, 10.0.0.0/8',
  );

/** A bare address, or a name with one in angle brackets; no line may end in it. */
const mailFromSchema = z
  .string()
  .regex(
    /^(?:[^<>@\r\n]{1,100} )?<?[^<>@\s]{1,64}@[0-9A-Za-z.-]{1,190}>?$/,
    'must be an e-mail address, or a name with one: Switchboard <reports@example.org>',
  );

/** One variable each; what they need of each other is checked in environment.ts. */
export const environmentSchema = z.object({
  SWITCHBOARD_MODE: optional(z.enum(['practice', 'site'], 'must be practice or site')),
  HOST: optional(hostSchema),
  PORT: optional(wholeNumber(0, maxPort)),
  PUBLIC_URL: optional(originSchema),
  TLS_CERT_FILE: optional(z.string()),
  TLS_KEY_FILE: optional(z.string()),
  TRUST_PROXY: optional(proxySchema),
  DATABASE_URL: optional(urlOf(['postgres:', 'postgresql:'])),
  DATABASE_POOL_SIZE: optional(wholeNumber(2, 500)),
  DATABASE_STATEMENT_TIMEOUT_MS: optional(wholeNumber(1_000, 3_600_000)),
  DATA_DIR: optional(z.string()),
  METRICS_TOKEN: optional(
    z.string().regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 characters of ASCII, no spaces'),
  ),
  PBX_WS_URL: optional(urlOf(['ws:', 'wss:'])),
  PBX_SIP_DOMAIN: optional(
    z.string().regex(/^[0-9A-Za-z.-]{1,253}$/, 'must be a host name, such as pbx.example.org'),
  ),
  PBX_AMI_HOST: optional(hostSchema),
  PBX_AMI_PORT: optional(wholeNumber(1, maxPort)),
  PBX_AMI_USER: optional(z.string().regex(/^[\w.-]{1,80}$/, 'must be the name of an AMI account')),
  PBX_AMI_SECRET: optional(z.string().max(200, 'must be at most 200 characters')),
  PBX_AMI_TLS: optional(z.enum(['yes', 'no'], 'must be yes or no')),
  PBX_CONTROL_URL: optional(urlOf(['http:', 'https:'])),
  PBX_CONTROL_TOKEN: optional(z.string().min(16, 'must be at least 16 characters')),
  RECORDINGS_DIR: optional(z.string()),
  ADMIN_LOGIN: optional(z.string().max(200, 'must be at most 200 characters')),
  ADMIN_PASSWORD: optional(
    z.string().min(12, 'must be at least 12 characters').max(500, 'must be at most 500 characters'),
  ),
  JOB_LEASE_MS: optional(wholeNumber(1_000, 600_000)),
  IMPORT_MAX_MB: optional(wholeNumber(1, 65_536)),
  WEBHOOK_TARGETS: optional(
    z.enum(['public', 'loopback', 'any'], 'must be public, loopback or any'),
  ),
  SMTP_URL: optional(urlOf(['smtp:', 'smtps:'])),
  MAIL_FROM: optional(mailFromSchema),
  REPORTS_DIR: optional(z.string()),
  REPORTS_FONT: optional(z.string()),
  NOTIFICATIONS_KEPT_DAYS: optional(wholeNumber(leastNotificationDays, mostKeptDays)),
  UNNAMED_FILES_KEPT_DAYS: optional(wholeNumber(1, mostKeptDays)),
  STOP_TIMEOUT_MS: optional(wholeNumber(0, 600_000)),
  PRACTICE_CUSTOMERS: optional(wholeNumber(0, 9_999_999)),
  PRACTICE_HISTORY_DAYS: optional(wholeNumber(0, 400)),
  LOG_LEVEL: optional(
    z.enum(
      ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'must be one of silent, fatal, error, warn, info, debug, trace',
    ),
  ),
});
export type Environment = z.infer<typeof environmentSchema>;
