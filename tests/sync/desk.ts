import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SyncStatus } from '#shared/contract/models/desk.ts';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { DeskAnswer, DeskQuestion } from './deskMessages.ts';
import type { RoughWire } from './roughWire.ts';
import type { Change } from './work.ts';

const program = fileURLToPath(new URL('./deskProcess.ts', import.meta.url));

/** Bytes of a file beyond which a desk with a full disk cannot write. */
const fullAtBytes = 4096;

/** One desk: its process, which may be dead, and its wire. */
export class Desk {
  readonly name: string;
  readonly user: SignedInUser;
  readonly wire: RoughWire;
  connected = false;
  diskIsFull = false;
  #folder: string;
  #token: string;
  #skewMs = 0;
  /** Ids of the changes that the copy of its disk has; null while there is no copy. */
  copied: ReadonlySet<string> | null = null;
  #child: ChildProcess | null = null;
  #tag = 0;
  #waiting = new Map<number, (answer: DeskAnswer | null) => void>();

  constructor(of: {
    name: string;
    user: SignedInUser;
    token: string;
    folder: string;
    wire: RoughWire;
  }) {
    this.name = of.name;
    this.user = of.user;
    this.wire = of.wire;
    this.#folder = of.folder;
    this.#token = of.token;
  }

  get isAlive(): boolean {
    return this.#child !== null;
  }

  async start(): Promise<void> {
    if (this.#child) return;
    const child = fork(program, [this.#folder, this.user.id, this.wire.url, String(this.#skewMs)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ready = new Promise<void>((resolve, reject) => {
      this.#waiting.set(-1, (answer) =>
        answer ? resolve() : reject(new Error(`desk ${this.name} did not start`)),
      );
    });
    child.on('message', ({ tag, answer }: { tag: number; answer: DeskAnswer }) => {
      const waiting = this.#waiting.get(tag);
      this.#waiting.delete(tag);
      waiting?.(answer);
    });
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
      for (const waiting of this.#waiting.values()) waiting(null);
      this.#waiting.clear();
    });
    await ready;
    if (this.connected) await this.connect(true);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    this.diskIsFull = false;
  }

  async connect(on: boolean): Promise<void> {
    this.connected = on;
    await this.#ask({ ask: 'connect', on, token: this.#token });
  }

  get token(): string {
    return this.#token;
  }

  /** A new session of the same user. */
  async signedIn(token: string): Promise<void> {
    this.#token = token;
    await this.connect(true);
  }

  /** What waits on its disk; the desk must be alive. */
  async waiting(): Promise<Set<string>> {
    const answer = await this.#ask({ ask: 'waiting' });
    if (answer?.answer !== 'waiting') throw new Error(`desk ${this.name} does not say what waits`);
    return new Set(answer.operationIds);
  }

  /** Its clock is wrong by so much from now on, and after every start. */
  async skew(ms: number): Promise<void> {
    this.#skewMs = ms;
    await this.#ask({ ask: 'skew', ms });
  }

  /** A copy of its disk as it is, to be brought back later, or at `to`. The desk must be dead. */
  copyDisk(to = `${this.#folder}.copy`): void {
    rmSync(to, { recursive: true, force: true });
    cpSync(this.#folder, to, { recursive: true });
  }

  /** The desk must be dead. */
  restoreDisk(): void {
    rmSync(this.#folder, { recursive: true });
    cpSync(`${this.#folder}.copy`, this.#folder, { recursive: true });
  }

  /** As when the agent presses "try now". */
  async retry(): Promise<void> {
    await this.#ask({ ask: 'retry' });
  }

  /** Null where the process died over it: then nobody knows whether it was done. */
  change({ changes, needs, step, retag }: Pick<Change, 'changes' | 'needs' | 'step' | 'retag'>) {
    const plans = { step: step ?? null, retag: retag ?? null };
    return this.#ask({ ask: 'change', changes, needs, ...plans });
  }

  async status(): Promise<{ status: SyncStatus; cursor: string | null } | null> {
    const answer = await this.#ask({ ask: 'status' });
    return answer?.answer === 'status' ? answer : null;
  }

  async state(): Promise<SyncStatus['state'] | null> {
    return (await this.status())?.status.state ?? null;
  }

  async records(
    keys: { entity: string; id: string }[],
  ): Promise<(Record<string, unknown> | null)[]> {
    const answer = await this.#ask({ ask: 'records', keys });
    if (answer?.answer !== 'records') throw new Error(`desk ${this.name} gave no records`);
    return answer.fields;
  }

  /** As `entity/id`: all its records of which no change stands refused. */
  async settled(): Promise<string[]> {
    const answer = await this.#ask({ ask: 'settled' });
    if (answer?.answer !== 'settled') throw new Error(`desk ${this.name} gave no records`);
    return answer.keys;
  }

  /** From now on no file of this process grows; false where the system has no `prlimit`. */
  fillDisk(full: boolean): boolean {
    const pid = this.#child?.pid;
    if (pid === undefined) return false;
    try {
      const limit = full ? String(fullAtBytes) : 'unlimited';
      execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${limit}:unlimited`]);
    } catch {
      return false;
    }
    this.diskIsFull = full;
    return true;
  }

  async close(): Promise<void> {
    await this.#ask({ ask: 'close' });
    await this.wire.close();
  }

  #ask(question: DeskQuestion): Promise<DeskAnswer | null> {
    const child = this.#child;
    if (!child) return Promise.resolve(null);
    this.#tag += 1;
    const tag = this.#tag;
    return new Promise((resolve) => {
      this.#waiting.set(tag, resolve);
      child.send({ tag, question }, (error) => {
        if (!error) return;
        this.#waiting.delete(tag);
        resolve(null);
      });
    });
  }
}
