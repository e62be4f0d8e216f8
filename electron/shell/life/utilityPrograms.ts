import { join } from 'node:path';
import type { UtilityProcess, utilityProcess } from 'electron';
import { type Program, ProgramFailed, type StartProgram } from '../../centre/programs.ts';
import type { Clock } from '../../core/providers.ts';

export interface UtilityOptions {
  fork: (typeof utilityProcess)['fork'];
  /** Folder of the built programs. */
  appDir: string;
  environment: NodeJS.ProcessEnv;
  clock: Clock;
}

/** How long a program may take to end before it is ended by force. */
const patienceMs = 2_000;
/** How long one may take to be ready; a first start fills a database. */
const readyMs = 120_000;
const lastWordsLength = 4_000;

type Child = Pick<UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill' | 'pid'> & {
  readonly stderr: Pick<NodeJS.ReadableStream, 'on'> | null;
};

/** Starts our programs as utility processes of Electron, which need no Node beside them. */
export function utilityPrograms(options: UtilityOptions): StartProgram {
  const { fork, appDir, environment, clock } = options;
  return (name, own) => {
    const child = fork(join(appDir, `${name}.js`), [], {
      env: { ...withoutOurs(environment), ...own },
      stdio: ['ignore', 'ignore', 'pipe'],
      serviceName: `switchboard-${name}`,
    });
    return untilReady(name, child, clock);
  };
}

/** Variables of an outer server or desk must not leak into the ones started here. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(?:DATABASE_URL|DATA_DIR|PORT|HOST|PBX_WS_URL|PBX_SIP_DOMAIN)$/u;
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== undefined && !ours.test(name)),
  );
}

function untilReady(name: string, child: Child, clock: Clock): Promise<Program> {
  let words = '';
  child.stderr?.on('data', (text) => {
    words = (words + String(text)).slice(-lastWordsLength);
  });
  const lastWords = () => words.trim();
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (work: () => void) => {
      if (isSettled) return;
      isSettled = true;
      cancel();
      work();
    };
    const cancel = clock.after(readyMs, () =>
      settle(() => {
        child.kill();
        reject(new ProgramFailed(name, 'not-ready', `not ready after ${readyMs / 1000} s`));
      }),
    );
    child.once('exit', (code) =>
      settle(() => reject(new ProgramFailed(name, `exit-${code}`, lastWords()))),
    );
    child.on('message', (message: unknown) => {
      const told = asRecord(message);
      if (told.type === 'ready') settle(() => resolve(programOf(child, told, lastWords, clock)));
      if (told.type !== 'failed') return;
      child.kill();
      const detail = String(told.detail ?? told.message ?? lastWords());
      settle(() => reject(new ProgramFailed(name, String(told.code), detail)));
    });
  });
}

function programOf(
  child: Child,
  ready: Record<string, unknown>,
  lastWords: () => string,
  clock: Clock,
): Program {
  let isStopping = false;
  let hasEnded = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      hasEnded = true;
      resolve();
    });
  });
  return {
    ready,
    pid: child.pid,
    send: (message) => {
      if (!hasEnded) child.postMessage(message);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.once('exit', (code) => {
        if (!isStopping) listener(code, lastWords());
      });
    },
    async stop() {
      if (hasEnded) return;
      isStopping = true;
      child.postMessage({ type: 'stop' });
      const cancel = clock.after(patienceMs, () => child.kill());
      await ended;
      cancel();
    },
  };
}

function asRecord(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? { ...message } : {};
}
