import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCentre } from '#electron/centre/practiceCentre.ts';
import type { Program } from '#electron/centre/programs.ts';
import type { PracticeState } from '#server/practice/practiceState.ts';
import { nodePrograms } from '../../scripts/nodePrograms.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const appDir = join(root, 'out', 'app');

export interface PlacedCall {
  number: string;
  name?: string;
  queue?: string;
  agent?: string;
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
}

export interface DeskProcess {
  url: string;
  program: Program;
  dataDir: string;
}

/** A whole call centre as processes, on data of its own, as `npm start` runs it. */
export interface CallCentre {
  serverUrl: string;
  callers: Callers;
  dataDir: string;
  startDesk(name: string): Promise<DeskProcess>;
  program(name: 'practice' | 'server'): Program;
  stop(): Promise<void>;
}

export async function startCallCentre(): Promise<CallCentre> {
  const dataDir = mkdtempSync(join(tmpdir(), 'switchboard-centre-'));
  const controlToken = randomBytes(24).toString('hex');
  const start = nodePrograms(appDir);
  const centre = await startCentre({
    start,
    dataDir,
    resourcesDir: join(root, 'resources'),
    practice: true,
    pbx: null,
    databaseUrl: null,
    autoCallers: false,
    controlToken,
    logLevel: 'error',
  });
  const desks: DeskProcess[] = [];

  return {
    serverUrl: centre.serverUrl,
    dataDir,
    callers: callersBehind(centre.controlUrl ?? '', controlToken),
    program: (name) => {
      const program = centre.programs[name === 'practice' ? 0 : 1];
      if (!program) throw new Error(`no program ${name}`);
      return program;
    },
    async startDesk(name) {
      const desk = await startDesk(join(dataDir, name), centre.serverUrl);
      desks.push(desk);
      return desk;
    },
    async stop() {
      await Promise.all(desks.map((desk) => desk.program.stop()));
      await centre.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function startDesk(dataDir: string, serverUrl: string, port = 0): Promise<DeskProcess> {
  mkdirSync(dataDir, { recursive: true });
  const program = await nodePrograms(appDir)('web', {
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
      for (;;) {
        const now = await state();
        if (question(now)) return now;
      }
    },
  };
}
