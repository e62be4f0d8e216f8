import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `npm start` as a person at a terminal sees it. */
export interface Started {
  pid: number;
  /** All that stands on the terminal so far. */
  said(): string;
  /** Resolves with the match as soon as it stands there; rejects where the program ends without it. */
  says(words: RegExp): Promise<RegExpExecArray>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** A signal to this process alone, or to its group as Ctrl-C in a terminal sends it. */
  signal(signal: NodeJS.Signals, to: 'process' | 'group'): void;
  /** Ids of the processes it started, directly or not, that are alive. */
  alive(): number[];
  /** Id of the one that runs this program, such as `server.js`. */
  pidOf(program: string): number;
  /** Ends by force whatever is left. */
  clear(): void;
}

/** Where processes can be listed with their environment; elsewhere their end cannot be proven. */
export const canList = existsSync('/proc/self/environ');

export function runStart(
  args: readonly string[],
  environment: Record<string, string> = {},
): Started {
  const mark = randomUUID();
  const child = spawn(process.execPath, ['scripts/start.mjs', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SWITCHBOARD_CALLERS: 'manual', ...environment, TEST_MARK: mark },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the start command did not run');
  let text = '';
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      wake();
    });
  }
  let over = false;
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      over = true;
      wake();
      resolve({ code, signal });
    });
  });

  return {
    pid,
    said: () => text,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = words.exec(text);
          if (match) resolve(match);
          else if (over) reject(new Error(`ended without ${words}: ${text}`));
          else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    ended,
    signal: (signal, to) => void process.kill(to === 'group' ? -pid : pid, signal),
    alive: () => markedWith(mark),
    pidOf(program) {
      const found = markedWith(mark).find((one) => commandOf(one).includes(`/${program}`));
      if (found === undefined) throw new Error(`no ${program} is running`);
      return found;
    },
    clear() {
      for (const one of markedWith(mark)) end(one);
    },
  };
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
}

function markedWith(mark: string): number[] {
  if (!canList) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && textOf(name, 'environ').includes(`TEST_MARK=${mark}`))
    .map(Number);
}

const commandOf = (pid: number) => textOf(String(pid), 'cmdline');

/** Empty where the process has ended meanwhile. */
function textOf(pid: string, file: 'environ' | 'cmdline'): string {
  try {
    return readFileSync(join('/proc', pid, file), 'utf8');
  } catch {
    return '';
  }
}
