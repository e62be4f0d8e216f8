import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCentre } from '#electron/centre/practiceCentre.ts';
import type { Program, StartProgram } from '#electron/centre/programs.ts';
import type { PracticeState } from '#server/practice/practiceState.ts';
import { type NodeProgram, nodePrograms } from '../../scripts/nodePrograms.ts';
import { beforeAskingAgain } from './askAgain.ts';
import { freePort } from './freePort.ts';
import { historyOf } from './practiceHistory.ts';
import { testSize, tillLetGo } from './practicePeople.ts';
import { layDatabase } from './sharedPlaces.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const appDir = join(root, 'out', 'app');
/**
 * The embedded database lives for seconds here: compiled twice, once quickly and once well, it would cost one of them. A
 * desk need not be frugal with memory here either, which costs computing.
 */
const flags = {
  server: ['--liftoff-only'],
  web: ['--max-semi-space-size=16', '--no-optimize-for-size'],
};

/** As a window of a test waits (deskWindow.ts). */
const patienceMs = 90_000;

export interface PlacedCall {
  number: string;
  name?: string;
  queue?: string;
  agent?: string;
  /** Dials the extension `agent` itself: rings beside a call as well. */
  direct?: boolean;
  talkMs?: number;
  patienceMs?: number;
}

/** The people outside, steered by the practice PBX's control interface. */
export interface Callers {
  /** A caller enters the queue; the answer is the call reference. */
  ring(call: PlacedCall): Promise<string>;
  hangUp(callRef: string): Promise<void>;
  state(): Promise<PracticeState>;
  /** Resolves with the first state for which the question is answered yes. */
  until(question: (state: PracticeState) => boolean): Promise<PracticeState>;
  /** The events that the PBX still remembers, oldest first, as text. */
  history(): Promise<string[]>;
}

export interface DeskProcess {
  url: string;
  program: NodeProgram;
  dataDir: string;
}

export type Outside = 'practice' | 'server';
export type Environment = Record<string, string>;

/** A whole call centre as processes, on data of its own, as `npm start` runs it. */
export interface CallCentre {
  serverUrl: string;
  callers: Callers;
  dataDir: string;
  startDesk(name: string): Promise<DeskProcess>;
  /** What the programs wrote last to their error output, by name. */
  lastWords(): Map<string, string>;
  /** Ends a program by force, as a power failure would; resolves when it is gone. */
  kill(name: Outside): Promise<void>;
  /** Starts a program again at the same port and on the same data, with these variables changed this once. */
  revive(name: Outside, change?: (settings: Environment) => Environment): Promise<void>;
  stop(): Promise<void>;
}

export async function startCallCentre({ customers } = testSize): Promise<CallCentre> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-centre-'));
  await layDatabase(
    join(dataDir, 'server'),
    customers === testSize.customers ? 'seeded' : 'embedded',
  );
  const controlToken = randomBytes(24).toString('hex');
  const running = new Map<string, { program: NodeProgram; environment: Environment }>();
  const start: StartProgram = async (name, environment) => {
    const program = await nodePrograms(appDir, flags)(name, environment);
    running.set(name, { program, environment });
    return program;
  };
  const known = (name: Outside) => {
    const found = running.get(name);
    if (!found) throw new Error(`no program ${name}`);
    return found;
  };
  const centre = await startCentre({
    // One that nobody takes while it is killed.
    start: async (name, environment) =>
      start(
        name,
        isOutside(name) ? atPort(name, String(await freePort()), environment) : environment,
      ),
    dataDir,
    resourcesDir: join(root, 'resources'),
    practice: true,
    pbx: null,
    databaseUrl: null,
    customers,
    autoCallers: false,
    controlToken,
    logLevel: 'warn',
  });
  const desks = new Map<string, DeskProcess>();

  return {
    serverUrl: centre.serverUrl,
    dataDir,
    callers: callersBehind(centre.controlUrl ?? '', controlToken),
    kill: (name) => killProgram(known(name).program),
    async revive(name, change = (settings) => settings) {
      const { program, environment } = known(name);
      const port = new URL(String(program.ready.url)).port;
      const asBefore = atPort(name, port, environment);
      await start(name, change(asBefore));
      known(name).environment = asBefore;
    },
    async startDesk(name) {
      const desk = await startDesk(join(dataDir, name), centre.serverUrl);
      desks.set(`desk ${name} (${desks.size})`, desk);
      return desk;
    },
    lastWords: () =>
      new Map([...running, ...desks].map(([name, { program }]) => [name, program.lastWords()])),
    async stop() {
      const parts = [...desks.values(), ...running.values()];
      await Promise.all(parts.map(({ program }) => program.stop()));
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function startDesk(
  dataDir: string,
  serverUrl: string,
  port = 0,
): Promise<DeskProcess> {
  mkdirSync(dataDir, { recursive: true });
  const program = await nodePrograms(appDir, flags)('web', {
    SWITCHBOARD_DESK: JSON.stringify({
      dataDir,
      serverUrl,
      port,
      language: 'en',
      rendererDir: join(appDir, 'renderer'),
      version: '0.0.0-test',
      logLevel: 'warn',
    }),
  });
  return { url: String(program.ready.url), program, dataDir };
}

/** Ends it without a word, and waits until it is gone. */
export async function killProgram(program: Program): Promise<void> {
  const { pid } = program;
  if (pid === undefined) throw new Error('the program never ran');
  const gone = new Promise<void>((resolve) => program.onExit(() => resolve()));
  process.kill(pid, 'SIGKILL');
  await gone;
}

function isOutside(name: string): name is Outside {
  return name === 'server' || name === 'practice';
}

function atPort(name: Outside, port: string, environment: Environment): Environment {
  if (name === 'server') return { ...environment, PORT: port };
  const settings = JSON.parse(environment.SWITCHBOARD_PRACTICE ?? '{}');
  const here = { ...settings, port: Number(port), timing: { ...settings.timing, ...tillLetGo } };
  return { ...environment, SWITCHBOARD_PRACTICE: JSON.stringify(here) };
}

function callersBehind(controlUrl: string, token: string): Callers {
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${controlUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const state = async (): Promise<PracticeState> => (await ask('GET', '/state')).json();
  return {
    async ring({ queue = 'support', ...call }) {
      const answer = await ask('POST', '/calls', { queue, ...call });
      return ((await answer.json()) as { callRef: string }).callRef;
    },
    async hangUp(callRef) {
      await ask('DELETE', `/calls/${callRef}`);
    },
    state,
    async until(question) {
      for (const end = performance.now() + patienceMs; ; await beforeAskingAgain()) {
        const now = await state();
        if (question(now)) return now;
        if (performance.now() > end) throw new Error(`is never as asked: ${JSON.stringify(now)}`);
      }
    },
    history: () => historyOf(controlUrl, token),
  };
}
