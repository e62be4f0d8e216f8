import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ServerProcess {
  child: ChildProcess;
  /** The url of the `ready` message; rejects where the process ends without one. */
  ready: Promise<string>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
  /** What it wrote so far, its log included. */
  written(): string;
}

/**
 * The server as a program: in `npm test` the one that was built of these sources, which starts with half the computing;
 * else the sources themselves, since nobody has looked whether the built one is of today.
 */
export const serverProgram = fileURLToPath(
  new URL(
    process.env.SWITCHBOARD_TEST_BUILT ? '../../out/app/server.js' : '../../server/main.ts',
    import.meta.url,
  ),
);
/** It lives for seconds: its embedded database is not compiled a second time, better and at some cost. */
const flags = ['--liftoff-only'];

/** What says where a process finds its programs and puts its files. */
export function surroundings(): Record<string, string> {
  const names = ['PATH', 'TMPDIR', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The server as a process of its own, with these environment variables and none of ours that mean a server. */
export function startServerProcess(variables: Record<string, string>): ServerProcess {
  const child = spawn(process.execPath, [...flags, serverProgram], {
    env: { ...surroundings(), LOG_LEVEL: 'silent', ...variables },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stdout = '';
  child.stdout?.on('data', (chunk) => {
    stdout += String(chunk);
  });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  // Not 'close': that never comes where the parent disconnected first.
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const read = new Promise((resolve) => child.stderr?.once('end', resolve));
  const ended = Promise.all([exit, read]).then(([how]) => ({ ...how, stderr }));
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type: string; url: string }) => {
      if (message.type === 'ready') resolve(message.url);
    });
    ended.then(({ code }) => reject(new Error(`server ended with ${code}: ${stderr}`)));
  });
  // Whoever expects the process to end does not await its being ready.
  ready.catch(() => {});
  return { child, ready, ended, written: () => stdout + stderr };
}
