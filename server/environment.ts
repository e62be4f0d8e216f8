import { resolve } from 'node:path';
import { type Environment, environmentSchema } from './environmentSchema.ts';
import type {
  ConnectorOptions,
  DatabaseOptions,
  PbxOptions,
  ServerOptions,
  TlsFiles,
} from './options.ts';
import {
  defaultLiveTimes,
  defaultPoolSize,
  defaultPracticeCustomers,
  defaultStatementTimeoutMs,
  defaultStopTimeoutMs,
} from './options.ts';
import { findFont, isReadable } from './reports/files/font.ts';
import type { ReportOptions } from './reports/reports.ts';
import { defaultRetention, type Retention } from './retention/kept.ts';
import { StartError } from './startError.ts';

/** The default data directory, below the working directory. */
const defaultDataDir = 'data/server';
const defaultSitePort = 7080;

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
    reports: reportsOf(environment),
    host: environment.HOST ?? '127.0.0.1',
    port: Number(environment.PORT ?? (mode === 'practice' ? 0 : defaultSitePort)),
    publicUrl: environment.PUBLIC_URL ? new URL(environment.PUBLIC_URL).origin : null,
    tls: tlsOf(environment),
    trustProxy: trustedProxies(environment),
    metricsToken: environment.METRICS_TOKEN ?? null,
    database: databaseOf(environment),
    pbx: pbxOf(environment),
    connector: connectorOf(environment),
    firstAdministrator: administratorOf(environment),
    practiceCustomers: Number(environment.PRACTICE_CUSTOMERS ?? defaultPracticeCustomers),
    practiceHistoryDays: Number(environment.PRACTICE_HISTORY_DAYS ?? 0),
    logLevel: environment.LOG_LEVEL ?? 'info',
    stopTimeoutMs: Number(environment.STOP_TIMEOUT_MS ?? defaultStopTimeoutMs),
    now: Date.now,
    live: defaultLiveTimes,
    ...(environment.RECORDINGS_DIR ? { recordingsDir: resolve(environment.RECORDINGS_DIR) } : {}),
    ...(environment.JOB_LEASE_MS ? { jobs: { leaseMs: Number(environment.JOB_LEASE_MS) } } : {}),
    ...(environment.IMPORT_MAX_MB
      ? { importing: { maxBytes: Number(environment.IMPORT_MAX_MB) * 1_048_576 } }
      : {}),
    retention: retentionOf(environment),
    ...(environment.WEBHOOK_TARGETS ? { webhooks: { targets: environment.WEBHOOK_TARGETS } } : {}),
  };
}

function retentionOf(environment: Environment): Retention {
  const { notificationDays, unnamedFileDays } = defaultRetention;
  return {
    notificationDays: Number(environment.NOTIFICATIONS_KEPT_DAYS ?? notificationDays),
    unnamedFileDays: Number(environment.UNNAMED_FILES_KEPT_DAYS ?? unnamedFileDays),
  };
}

function databaseOf(environment: Environment): DatabaseOptions {
  if (environment.DATABASE_URL && environment.DATA_DIR) {
    throw new StartError('DATA_DIR: has no meaning beside DATABASE_URL; set one of the two', 2);
  }
  const { DATABASE_POOL_SIZE: poolSize, DATABASE_STATEMENT_TIMEOUT_MS: timeoutMs } = environment;
  if (environment.DATABASE_URL) {
    return {
      kind: 'postgres',
      url: environment.DATABASE_URL,
      poolSize: Number(poolSize ?? defaultPoolSize),
      statementTimeoutMs: Number(timeoutMs ?? defaultStatementTimeoutMs),
    };
  }
  const alone = ['DATABASE_POOL_SIZE', 'DATABASE_STATEMENT_TIMEOUT_MS'] as const;
  const stray = alone.find((name) => environment[name] !== undefined);
  if (stray) throw new StartError(`DATABASE_URL: needed beside ${stray}`, 2);
  return { kind: 'directory', path: resolve(environment.DATA_DIR ?? defaultDataDir) };
}

function tlsOf(environment: Environment): TlsFiles | null {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = environment;
  if (certFile && !keyFile) throw new StartError('TLS_KEY_FILE: needed beside TLS_CERT_FILE', 2);
  if (keyFile && !certFile) throw new StartError('TLS_CERT_FILE: needed beside TLS_KEY_FILE', 2);
  return certFile && keyFile ? { certFile: resolve(certFile), keyFile: resolve(keyFile) } : null;
}

function trustedProxies({ TRUST_PROXY: proxies }: Environment): ServerOptions['trustProxy'] {
  if (proxies === undefined) return 0;
  if (/^\d$/.test(proxies)) return Number(proxies);
  return proxies.split(',').map((part) => part.trim());
}

function pbxOf(environment: Environment): PbxOptions | null {
  const { PBX_WS_URL: wsUrl, PBX_SIP_DOMAIN: sipDomain } = environment;
  if (wsUrl && !sipDomain) throw new StartError('PBX_SIP_DOMAIN: needed beside PBX_WS_URL', 2);
  if (sipDomain && !wsUrl) throw new StartError('PBX_WS_URL: needed beside PBX_SIP_DOMAIN', 2);
  return wsUrl && sipDomain ? { wsUrl, sipDomain } : null;
}

function reportsOf(environment: Environment): ReportOptions {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, REPORTS_DIR, REPORTS_FONT } = environment;
  if (smtpUrl && !from) throw new StartError('MAIL_FROM: needed beside SMTP_URL', 2);
  if (from && !smtpUrl) throw new StartError('SMTP_URL: needed beside MAIL_FROM', 2);
  const font = REPORTS_FONT ?? null;
  if (font !== null && !isReadable(findFont(font)?.path ?? '')) {
    throw new StartError('REPORTS_FONT: there is no such file, or it cannot be read', 2);
  }
  return {
    delivery: {
      mail: smtpUrl && from ? { smtpUrl, from } : null,
      folder: REPORTS_DIR ? resolve(REPORTS_DIR) : null,
    },
    font,
  };
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
