import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type Program, ProgramFailed, type StartProgram } from '#electron/centre/programs.ts';

/** How long a program may take to end before it is ended by force. */
const patienceMs = 5_000;
/** How long one may take to be ready; a first start fills a database. */
const readyMs = 120_000;
const lastWordsLength = 4_000;

/**
 * A desk lives beside other programs on an agent's machine and has mostly short-lived garbage. A small
 * nursery, code built for size and few arenas of the allocator halve its peak; the pop is painted as
 * fast as before (`npm run bench -- start pop-painted`).
 */
export const frugal = {
  execArgv: ['--max-semi-space-size=2', '--optimize-for-size'],
  environment: { MALLOC_ARENA_MAX: '2' },
};

/** A program that can be asked for the end of what it wrote to its error output. */
export interface NodeProgram extends Program {
  lastWords(): string;
}

/** Starts our programs as child processes of Node from the built files in `appDir`; `flags` are Node's, by program. */
export function nodePrograms(
  appDir: string,
  flags: Record<string, string[]> = {},
): (...of: Parameters<StartProgram>) => Promise<NodeProgram> {
  return (name, environment) =>
    start(name, { file: join(appDir, `${name}.js`), flags: flags[name] ?? [] }, environment);
}

function start(
  name: string,
  { file, flags }: { file: string; flags: string[] },
  environment: Record<string, string>,
): Promise<NodeProgram> {
  const thrift = name === 'web' ? frugal : { execArgv: [], environment: {} };
  const child = fork(file, {
    env: { ...withoutOurs(process.env), ...thrift.environment, ...environment },
    execArgv: [...thrift.execArgv, ...flags],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Ctrl-C reaches the whole group; we end the programs ourselves, in order.
    detached: process.platform !== 'win32',
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsLength);
    if (process.env.SWITCHBOARD_VERBOSE) process.stderr.write(`[${name}] ${text}`);
  });
  // One that is not ready yet does not listen: it would outlive us as an orphan.
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  return new Promise<NodeProgram>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new ProgramFailed(name, 'not-ready', `not ready after ${readyMs / 1000} s`));
    }, readyMs);
    child.once('error', (error) => reject(new ProgramFailed(name, 'not-started', error.message)));
    const early = (code: number | null) => {
      clearTimeout(timer);
      reject(new ProgramFailed(name, `exit-${code}`, lastWords.trim()));
    };
    child.once('exit', early);
    child.on('message', (message) => {
      const told = asRecord(message);
      if (told.type === 'failed') {
        clearTimeout(timer);
        child.off('exit', early);
        const detail = String(told.detail ?? told.message ?? lastWords.trim());
        reject(new ProgramFailed(name, String(told.code), detail));
      }
      if (told.type !== 'ready') return;
      clearTimeout(timer);
      child.off('exit', early);
      resolve(programOf(child, told, () => lastWords));
    });
  }).finally(() => process.off('exit', abandon));
}

function programOf(
  child: ChildProcess,
  ready: Record<string, unknown>,
  lastWords: () => string,
): NodeProgram {
  let stopping = false;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ready,
    pid: child.pid,
    lastWords: () => lastWords().trim(),
    send: (message) => {
      if (child.connected) child.send(message as object);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      child.once('exit', (code) => {
        if (!stopping) listener(code, lastWords().trim());
      });
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      stopping = true;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await gone;
      clearTimeout(force);
    },
  };
}

function asRecord(message: unknown): Record<string, unknown> {
  return typeof message === 'object' && message !== null ? { ...message } : {};
}

/** Variables of an outer server or desk must not leak into the ones started here. */
function withoutOurs(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = new Set([
    'DATABASE_URL',
    'DATA_DIR',
    'PORT',
    'HOST',
    'PBX_WS_URL',
    'PBX_SIP_DOMAIN',
  ]);
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.has(name)));
}
