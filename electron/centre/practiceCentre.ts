import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { practiceCallers } from '#shared/sample/callers.ts';
import { defaultConfiguration } from '#shared/sample/configuration.ts';
import { practiceUsers } from '#shared/sample/practiceUsers.ts';
import type { SampleSize } from '#shared/sample/size.ts';
import type { Program, StartProgram } from './programs.ts';

/** The size and seed of the practice data; PBX and server make the same people of them. */
export const practiceSize = { customers: 2000, seed: 7 };
/** Yesterday and the same day of last week among them, with the week before to compare with. */
export const practiceHistoryDays = 15;

export interface CentreOptions {
  start: StartProgram;
  dataDir: string;
  resourcesDir: string;
  /** Simulated callers and the practice PBX; without them the server runs alone. */
  practice: boolean;
  /** A PBX that is there already, used when there is no practice PBX; null for none. */
  pbx: { wsUrl: string; sipDomain: string } | null;
  /** Variables of the server's own line to that PBX (docs/operations.md), such as `PBX_AMI_HOST`. */
  pbxConnector?: Record<string, string>;
  /** Address of a database; null takes the embedded one. */
  databaseUrl: string | null;
  /** How many customers the practice data has; `practiceSize` unless a test is content with fewer. */
  customers?: number;
  /** Of how many days before its first start the practice data has calls; none where it is not given. */
  historyDays?: number;
  /** Callers come by themselves; tests send their own. */
  autoCallers: boolean;
  /** Given by tests to steer the callers. */
  controlToken?: string;
  logLevel: 'info' | 'warn' | 'error';
}

export interface Centre {
  serverUrl: string;
  /** Control interface of the practice PBX, where one was asked for. */
  controlUrl: string | null;
  programs: Program[];
  stop(): Promise<void>;
}

/**
 * Starts a whole call centre on this machine: the practice PBX with its callers, and the central
 * server on its embedded database. Rejects with `ProgramFailed`; what was started is stopped then.
 */
export async function startCentre(options: CentreOptions): Promise<Centre> {
  const programs: Program[] = [];
  const controlToken = options.controlToken ?? randomBytes(24).toString('hex');
  const stop = async () => {
    await Promise.all(programs.map((program) => program.stop()));
  };
  try {
    const pbx = options.practice
      ? await options.start('practice', pbxEnvironment(options, controlToken))
      : null;
    if (pbx) programs.push(pbx);
    const server = await options.start(
      'server',
      serverEnvironment(options, pbxOf(options, pbx, controlToken)),
    );
    programs.push(server);
    return {
      serverUrl: String(server.ready.url),
      controlUrl: pbx ? text(pbx.ready.controlUrl) : null,
      programs,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function pbxEnvironment(options: CentreOptions, controlToken: string): Record<string, string> {
  const settings = {
    resourcesDir: options.resourcesDir,
    recordingsDir: recordingsOf(options),
    controlToken,
    autoCallers: { enabled: options.autoCallers },
    logLevel: options.logLevel,
    queues: defaultConfiguration.queues.map(({ id, name, autoAnswer }) => ({
      id,
      name: name.en,
      autoAnswer,
    })),
    ownNumbers: defaultConfiguration.phone.callerIds.map(({ number }) => number),
    accounts: practiceUsers.flatMap((user) =>
      user.extension === null
        ? []
        : [
            {
              extension: user.extension,
              password: user.password,
              name: user.name,
              queues: user.queueIds,
            },
          ],
    ),
    callers: practiceCallers(sizeOf(options)).map(({ number, name, queue }, index) => ({
      number,
      ...(name === null ? {} : { name }),
      queue,
      scenario: scenarios[index % scenarios.length],
      language: isChinese(number) ? 'zh' : 'en',
    })),
  };
  return { SWITCHBOARD_PRACTICE: JSON.stringify(settings) };
}

/** The practice PBX lays them down there, the server plays them. */
function recordingsOf({ dataDir }: CentreOptions): string {
  return join(dataDir, 'recordings');
}

function sizeOf({ customers = practiceSize.customers }: CentreOptions): SampleSize {
  return { ...practiceSize, customers };
}

const scenarios = ['question', 'order', 'complaint'];

function isChinese(number: string): boolean {
  return !number.startsWith('+') || number.startsWith('+86');
}

function serverEnvironment(
  options: CentreOptions,
  pbx: Record<string, string>,
): Record<string, string> {
  return {
    SWITCHBOARD_MODE: 'practice',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: options.logLevel,
    PRACTICE_CUSTOMERS: String(sizeOf(options).customers),
    PRACTICE_HISTORY_DAYS: String(options.historyDays ?? 0),
    ...(options.practice ? { RECORDINGS_DIR: recordingsOf(options) } : {}),
    ...(options.databaseUrl
      ? { DATABASE_URL: options.databaseUrl }
      : { DATA_DIR: join(options.dataDir, 'server') }),
    ...pbx,
  };
}

/** Where the desks' phones and the server's own line go. */
function pbxOf(
  options: CentreOptions,
  practice: Program | null,
  controlToken: string,
): Record<string, string> {
  if (practice) {
    return {
      PBX_WS_URL: String(practice.ready.url),
      PBX_SIP_DOMAIN: 'practice.invalid',
      PBX_CONTROL_URL: String(practice.ready.controlUrl),
      PBX_CONTROL_TOKEN: controlToken,
    };
  }
  const line = options.pbxConnector ?? {};
  if (!options.pbx) return line;
  return { ...line, PBX_WS_URL: options.pbx.wsUrl, PBX_SIP_DOMAIN: options.pbx.sipDomain };
}
