import {
  accessSync,
  chmodSync,
  constants,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Where a run of the tests has its temporary files: what is there in the end was left behind. */
export interface TestPlace {
  folder: string;
  /** Processes of the run that still live, and what lies about, in words; then nothing of it is there any more. */
  clear(): Promise<string[]>;
}

/** How long what was told to end may take for it. */
const patienceMs = 30_000;
const lookAgainMs = 100;

/** The browser's own folders, which its end does not always wait to be rid of. */
const ofBrowser = /^(playwright|\.org\.chromium|org\.chromium)/u;

/** Linux has a folder in memory. */
const inMemory = '/dev/shm';
/** A run takes half a gigabyte; whoever runs the tests has other work in memory, too. */
const roomNeeded = 4 * 2 ** 30;
const memoryNeeded = 8 * 2 ** 30;

export function openTestPlace(): TestPlace {
  // Short: the paths of sockets in it may not be longer than about a hundred characters.
  const prefix = join(roomiest(), 'sbt-');
  removeAbandoned(prefix);
  const folder = mkdtempSync(`${prefix}${process.pid}-`);
  // As the system's own: PostgreSQL runs under an account of its own.
  chmodSync(folder, 0o1777);
  return {
    folder,
    async clear() {
      const until = Date.now() + patienceMs;
      while (processesIn(folder).length > 0 && Date.now() < until) await setTimeout(lookAgainMs);
      const alive = processesIn(folder);
      const files = readdirSync(folder).filter((name) => !ofBrowser.test(name));
      for (const { pid } of alive) end(pid);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
      return [...alive.map(({ pid, command }) => `process ${pid}: ${command}`), ...files];
    },
  };
}

/**
 * In memory where there is plenty: hundreds of databases are laid, written and removed, and none has to outlive the run.
 * `TMPDIR` says otherwise.
 */
function roomiest(): string {
  if (process.platform !== 'linux' || process.env.TMPDIR) return tmpdir();
  try {
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    const roomy = bavail * bsize >= roomNeeded && freemem() >= memoryNeeded;
    return roomy ? inMemory : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Removes the folders of processes that were killed: `prefix`, the number of the process, `-` and more. */
export function removeAbandoned(prefix: string): void {
  for (const folder of globSync(`${prefix}[0-9]*-*`)) {
    const pid = Number(folder.slice(prefix.length).split('-')[0]);
    if (!isAlive(pid)) removeIfFree(folder);
  }
}

/** What was mounted in it by a run that was killed keeps it: no reason for this run to fail. */
function removeIfFree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    console.warn(`cannot be removed: ${folder} (${error instanceof Error ? error.message : ''})`);
  }
}

function end(pid: number): void {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Everything started by the run has its place in its environment. Known where the system tells of its processes. */
function processesIn(folder: string): { pid: number; command: string }[] {
  return globSync('/proc/[0-9]*').flatMap((about) => {
    try {
      const environment = readFileSync(join(about, 'environ'), 'utf8').split('\0');
      if (!environment.includes(`TMPDIR=${folder}`)) return [];
      const command = readFileSync(join(about, 'cmdline'), 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(about.slice('/proc/'.length)), command }];
    } catch {
      // Gone meanwhile, or somebody else's.
      return [];
    }
  });
}
