import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createServerClient } from '#electron/sync/serverClient.ts';
import { type Change, pullResponseSchema } from '#shared/sync/messages.ts';
import { temporaryFolder } from '#tests/support/cacheFixture.ts';
import { type ServerProcess, startServerProcess } from '#tests/support/serverProcess.ts';
import {
  checkAppendOnly,
  checkDesk,
  checkHistory,
  checkRecords,
  checkRefusals,
  type Expected,
  type Fault,
} from './checks.ts';
import { Desk } from './desk.ts';
import { type HistoryEntry, readCentre } from './history.ts';
import { type Action, Plan } from './plan.ts';
import { RoughWire } from './roughWire.ts';

const logins = ['xu.jing', 'chen.hao', 'lin.yue', 'zhao.ming', 'wu.min'];
/** Rounds between two moments of quiet, at which everything is compared. */
const quietEvery = 250;
/** Longest time in which everything must have come together after the last fault, ms. */
const settleMs = 60_000;
const lookMs = 20;

export interface ChaosResult {
  /** Empty: all is as it should be. */
  faults: Fault[];
  /** How often each kind of action was really done. */
  done: Record<string, number>;
  /** Operations in the history at the end. */
  operations: number;
}

export interface ChaosOptions {
  seed: number;
  rounds: number;
  tell?: (line: string) => void;
}

/**
 * A centre, five desks and everything that can happen to them, from a seed; then quiet, and the question whether
 * anything was lost, done twice, or is different somewhere.
 */
export async function runChaos({
  seed,
  rounds,
  tell = () => {},
}: ChaosOptions): Promise<ChaosResult> {
  const folder = temporaryFolder();
  const world = await World.open(folder.path, seed);
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await world.play(round);
      if (round % quietEvery !== 0 && round !== rounds) continue;
      await world.settle();
      const faults = await world.compare();
      tell(`round ${round}: ${world.operations} operations, ${faults.length} faults`);
      if (faults.length > 0 || round === rounds) {
        return { faults, done: world.done, operations: world.operations };
      }
    }
    return { faults: [], done: world.done, operations: 0 };
  } finally {
    await world.close();
    folder.remove();
  }
}

class World {
  readonly done: Record<string, number> = {};
  #folder: string;
  #port: number;
  #plan: Plan;
  #server: ServerProcess | null = null;
  #desks: Desk[] = [];
  #token = '';
  #history: HistoryEntry[] = [];
  #expected: Expected = { kept: new Map(), never: new Set(), doubtful: new Set(), restored: false };

  private constructor(folder: string, port: number, seed: number) {
    this.#folder = folder;
    this.#port = port;
    this.#plan = new Plan(seed, logins.length);
  }

  static async open(folder: string, seed: number): Promise<World> {
    const world = new World(folder, await freePort(), seed);
    await world.#startServer();
    const client = createServerClient({ serverUrl: world.#url });
    for (const login of logins) {
      const signedIn = await client.signIn({
        login,
        password: 'practice',
        deviceId: `chaos${login.replace(/\W/gu, '')}`,
      });
      if (!signedIn.ok) throw new Error(signedIn.error.message);
      const { user, token } = signedIn.value;
      world.#token = token;
      const wire = await RoughWire.to(world.#url);
      const own = join(folder, login);
      mkdirSync(own);
      const desk = new Desk({ user, token, folder: own, wire });
      world.#desks.push(desk);
      await desk.start();
      await desk.connect(true);
    }
    return world;
  }

  get operations(): number {
    return this.#history.length;
  }

  get #url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async play(round: number): Promise<void> {
    const { desk: at, action } = this.#plan.next(
      round,
      this.#desks.map(({ user }) => user.id),
    );
    const desk = this.#desks[at];
    if (!desk || !(await this.#act(desk, action))) return;
    this.#count(action.act === 'wire' ? action.fault : action.act);
  }

  /** Whether there was anything to do. */
  async #act(desk: Desk, action: Action): Promise<boolean> {
    switch (action.act) {
      case 'change':
        return this.#change(desk, action);
      case 'connect':
        if (!desk.isAlive || desk.connected === action.on) return false;
        await desk.connect(action.on);
        return true;
      case 'killDesk':
        if (!desk.isAlive) return false;
        await desk.kill();
        return true;
      case 'startDesk':
        if (desk.isAlive) return false;
        await desk.start();
        return true;
      case 'killServer':
        if (!this.#server) return false;
        await this.#endServer('SIGKILL');
        return true;
      case 'startServer':
        if (this.#server) return false;
        await this.#startServer();
        return true;
      case 'backUp':
        return this.#backUp();
      case 'restore':
        return this.#restore();
      case 'wire':
        desk.wire.next(action.fault);
        return true;
      case 'cut':
        desk.wire.cut();
        return true;
      case 'lineDown':
        desk.wire.down(action.on);
        return true;
      case 'disk':
        if (!desk.isAlive || desk.diskIsFull === action.full) return false;
        return desk.fillDisk(action.full);
    }
  }

  async #change(desk: Desk, action: Extract<Action, { act: 'change' }>): Promise<boolean> {
    if (!desk.isAlive) return false;
    const asked = desk.change(action.changes, action.needs);
    const answer = await asked;
    if (answer === null) {
      this.#expected.doubtful.add(action.mark);
      return true;
    }
    if (answer.answer === 'absent') return false;
    if (answer.answer === 'failed') {
      if (answer.code !== 'disk-full')
        throw new Error(`${action.mark} failed: ${answer.code} ${answer.message}`);
      this.#expected.never.add(action.mark);
      this.#count('refusedByDisk');
      return false;
    }
    if (answer.answer !== 'changed') throw new Error(`a desk answered ${answer.answer}`);
    for (const operation of answer.operations) {
      this.#expected.kept.set(operation.id, {
        operation,
        desk: desk.name,
        refused: action.refused,
      });
    }
    this.#plan.made(action.makes);
    return true;
  }

  #count(name: string): void {
    this.done[name] = (this.done[name] ?? 0) + 1;
  }

  /** Everything is mended, and everybody has come to the same place. */
  async settle(): Promise<void> {
    if (!this.#server) await this.#startServer();
    for (const desk of this.#desks) {
      if (desk.diskIsFull) desk.fillDisk(false);
      await desk.start();
      await desk.wire.calm();
      if (desk.connected) await desk.retry();
      else await desk.connect(true);
    }
    const until = Date.now() + settleMs;
    for (;;) {
      const end = (await this.#pullAll()).cursor;
      const states = await Promise.all(this.#desks.map((desk) => desk.status()));
      const settled = states.every(
        (now) => now?.status.state === 'online' && now.status.waiting === 0 && now.cursor === end,
      );
      if (settled) return;
      if (Date.now() > until) {
        throw new Error(`not settled: ${end} ${JSON.stringify(states)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }

  async compare(): Promise<Fault[]> {
    const { changes } = await this.#pullAll();
    const faults: Fault[] = [];
    for (const desk of this.#desks) {
      const held = await desk.records(changes.map(({ entity, id }) => ({ entity, id })));
      faults.push(...checkDesk(desk.name, changes, held));
      const now = await desk.status();
      faults.push(...checkRefusals(desk.name, now?.status.refused ?? [], this.#expected));
    }
    await this.#endServer('SIGTERM');
    const { history, records } = await readCentre(this.#folder);
    faults.push(
      ...checkHistory(history, this.#expected),
      ...checkAppendOnly(this.#history, history),
      ...checkRecords(records, history),
    );
    this.#history = history;
    await this.#startServer();
    return faults;
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) {
      await desk.kill();
      await desk.wire.close();
    }
    if (this.#server) await this.#endServer('SIGKILL');
  }

  async #startServer(): Promise<void> {
    this.#server = startServerProcess({
      SWITCHBOARD_MODE: 'practice',
      PORT: String(this.#port),
      DATA_DIR: this.#folder,
      PRACTICE_CUSTOMERS: '3',
    });
    await this.#server.ready;
  }

  async #backUp(): Promise<boolean> {
    if (!this.#server) return false;
    await this.#endServer('SIGTERM');
    rmSync(this.#backup, { recursive: true, force: true });
    cpSync(this.#database, this.#backup, { recursive: true });
    await this.#startServer();
    return true;
  }

  async #restore(): Promise<boolean> {
    if (!existsSync(this.#backup)) return false;
    await this.#endServer('SIGKILL');
    rmSync(this.#database, { recursive: true });
    cpSync(this.#backup, this.#database, { recursive: true });
    await this.#startServer();
    this.#expected.restored = true;
    // What was pushed once more is in the history under a later time.
    this.#history = [];
    return true;
  }

  get #database(): string {
    return join(this.#folder, 'database');
  }

  get #backup(): string {
    return join(this.#folder, 'backup');
  }

  async #endServer(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.child.kill(signal);
    await server?.ended;
  }

  /** All that the centre shows, as a desk without anything would get it. */
  async #pullAll(): Promise<{ changes: Change[]; cursor: string | null }> {
    const changes = new Map<string, Change>();
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const response: Response = await fetch(`${this.#url}/api/sync/pull`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#token}` },
        body: JSON.stringify({ deviceId: 'chaosobserver', cursor, limit: 2000 }),
      });
      const page = pullResponseSchema.parse(await response.json());
      for (const change of page.changes) changes.set(`${change.entity}/${change.id}`, change);
      ({ cursor, more } = page);
    }
    return { changes: [...changes.values()], cursor };
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
