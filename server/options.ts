import type { PasswordCost } from './accounts/password.ts';
import type { ImportingLimits } from './importing/limits.ts';
import type { JobTimes } from './jobs/jobs.ts';
import type { ReportOptions } from './reports/reports.ts';
import type { Retention } from './retention/kept.ts';
import type { TrafficLimits } from './traffic/traffic.ts';
import type { WebhookPolicy } from './webhooks/policy.ts';

export type DatabaseOptions =
  | {
      kind: 'postgres';
      url: string;
      poolSize?: number;
      /** PostgreSQL gives up a statement after this long, except those of `Store.maintenance`. */
      statementTimeoutMs?: number;
    }
  /** PGlite in a directory of its own. */
  | {
      kind: 'directory';
      path: string;
      /** Bytes that may still be written there; asked of the system where it is not given. */
      freeBytes?: (path: string) => Promise<number>;
    }
  /** PGlite in memory: gone with the process. */
  | {
      kind: 'memory';
      /**
       * Lays the files of a database to begin with, and tells their directory, which goes when the database closes. An
       * empty one in memory where it is not given.
       */
      lay?: () => Promise<string>;
    };

/** Certificate chain and key, PEM. */
export interface TlsFiles {
  certFile: string;
  keyFile: string;
}

export interface PbxOptions {
  /** Where the desks' phones connect: `ws:` or `wss:`. */
  wsUrl: string;
  sipDomain: string;
}

/** The server's own line to the PBX: what happens there, and supervision. */
export type ConnectorOptions =
  | { kind: 'asterisk'; host: string; port: number; user: string; secret: string; tls: boolean }
  /** The control interface of the practice PBX. */
  | { kind: 'practice'; controlUrl: string; token: string };

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

export interface ServerOptions {
  /** `practice`: people and records to train with, passwords told to everybody who asks. */
  mode: 'practice' | 'site';
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** What the server is called from outside, without a slash at its end; null: by where it listens. */
  publicUrl: string | null;
  tls: TlsFiles | null;
  /** Proxies in front whose `X-Forwarded-For` is believed: how many, or which addresses and networks. */
  trustProxy: number | string[];
  /** For `/metrics`; null lets in who asks from this machine, and nobody else. */
  metricsToken: string | null;
  database: DatabaseOptions;
  pbx: PbxOptions | null;
  connector: ConnectorOptions | null;
  /** First administrator of an empty database in site mode. */
  firstAdministrator: { login: string; password: string } | null;
  /** How many made-up customers an empty practice database gets. */
  practiceCustomers: number;
  /** Of how many days before the first start an empty practice database gets calls; none where it is not given. */
  practiceHistoryDays?: number;
  /**
   * What it costs to hash the passwords that an empty database gets, and to try those of logins that nobody has; as much
   * as it should where it is not given.
   */
  passwordCost?: PasswordCost;
  logLevel: LogLevel;
  /** How long an agent's desk has to take what a supervisor wants of it, ms. */
  deskPatienceMs?: number;
  /** Wrong sign-ins of one address; 100, and one more every 3 s, where it is not given. */
  addressFailures?: { most: number; everyMs: number };
  /** How long a stop waits for requests that are being answered. */
  stopTimeoutMs: number;
  /** ms UTC. */
  now: () => number;
  live: LiveTimes;
  /** Where the PBX lays down its recordings, `<call reference>.wav`; without it there are none. */
  recordingsDir?: string;
  /** What is left out is as in jobs/jobs.ts. */
  jobs?: Partial<JobTimes>;
  /** What is left out is as in retention/kept.ts. */
  retention?: Partial<Retention>;
  /** What is left out is as in webhooks/policy.ts; in practice mode receivers may be on this machine. */
  webhooks?: Partial<WebhookPolicy>;
  /** What is left out is as in importing/limits.ts. */
  importing?: Partial<ImportingLimits>;
  /** Where reports are delivered to, and their font; nowhere where it is not given. */
  reports?: ReportOptions;
  /** What this node takes on at a time; without it, the defaults of traffic/traffic.ts. */
  traffic?: TrafficLimits;
}

export interface LiveTimes {
  /** How long a new socket may stay silent before its hello. */
  helloMs: number;
  /** Between two pings; a socket that answered none in between is dropped. */
  pingMs: number;
}

export const defaultLiveTimes: LiveTimes = { helloMs: 5_000, pingMs: 30_000 };
export const defaultPracticeCustomers = 2_000;
export const defaultPoolSize = 10;
export const defaultStatementTimeoutMs = 30_000;
export const defaultStopTimeoutMs = 10_000;
