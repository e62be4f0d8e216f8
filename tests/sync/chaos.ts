import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '#tests/support/cacheFixture.ts';
import { Centre } from './centre.ts';
import {
  checkAppendOnly,
  checkDesk,
  checkHistory,
  checkMerges,
  checkNothingElse,
  checkRecords,
  checkRefusals,
  checkTags,
  type Fault,
} from './checks.ts';
import { Desk } from './desk.ts';
import { Expected } from './expected.ts';
import { type HistoryEntry, readCentre } from './history.ts';
import { type Action, Plan } from './plan.ts';
import { RoughWire } from './roughWire.ts';
import type { Change } from './work.ts';

/** Agents of two teams, and a supervisor. */
const logins = ['xu.jing', 'chen.hao', 'sun.tao', 'he.xin', 'wu.min'];
/** Beside them, a copy of one of the desks may run. */
const places = logins.length + 1;
/** Rounds between two moments of quiet, at which everything is compared. */
const quietEvery = 250;
/** How often a difference is looked at before it is a fault. */
const mostLooks = 5;
/** Longest time in which everything must have come together after the last fault, ms. */
/** Without any step towards each other for so long, they will not meet; a busy machine makes steps, if slowly. */
const stuckMs = 120_000;
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
  #centre: Centre;
  #plan: Plan;
  #desks: Desk[] = [];
  #history: HistoryEntry[] = [];
  #expected = new Expected();

  private constructor(folder: string, centre: Centre, seed: number) {
    this.#folder = folder;
    this.#centre = centre;
    this.#plan = new Plan(seed, places);
  }

  static async open(folder: string, seed: number): Promise<World> {
    const world = new World(folder, await Centre.open(folder), seed);
    for (const login of logins) {
      const signedIn = await world.#centre.signIn(login);
      if (!signedIn) throw new Error('the server does not answer');
      const { user, token } = signedIn;
      const desk = await world.#newDesk({ name: login, user, token });
      await desk.start();
      await desk.connect(true);
    }
    return world;
  }

  get operations(): number {
    return this.#history.length;
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

  async #newDesk(of: Pick<Desk, 'name' | 'user' | 'token'>): Promise<Desk> {
    const folder = join(this.#folder, of.name);
    mkdirSync(folder);
    const { name, user, token } = of;
    const wire = await RoughWire.to(this.#centre.url);
    const desk = new Desk({ name, user, token, folder, wire });
    this.#desks.push(desk);
    return desk;
  }

  /** Whether there was anything to do. */
  async #act(desk: Desk, action: Action): Promise<boolean> {
    switch (action.act) {
      case 'change':
        return this.#change(desk, action);
      case 'meet':
        return this.#meet(action.changes);
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
      case 'copyDisk':
        return this.#copyDisk(desk);
      case 'restoreDisk':
        return this.#restoreDisk(desk);
      case 'twin':
        return this.#twin(desk);
      case 'skew':
        await desk.skew(action.ms);
        return true;
      case 'signOut':
        if (!this.#centre.isAlive) return false;
        await this.#centre.signOut(desk.token);
        return true;
      case 'signIn':
        if (!this.#centre.isAlive || (await desk.state()) !== 'signed-out') return false;
        return this.#signIn(desk);
      case 'killServer':
        if (!this.#centre.isAlive) return false;
        await this.#centre.end('SIGKILL');
        return true;
      case 'startServer':
        if (this.#centre.isAlive) return false;
        await this.#centre.start();
        return true;
      case 'backUp':
        return this.#centre.backUp();
      case 'restore':
        return this.#restore();
      case 'moveUser':
        return this.#centre.changeUser(desk.user.id, action.change);
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

  async #change(desk: Desk, change: Change): Promise<boolean> {
    if (!desk.isAlive) return false;
    const { mark, refused } = change;
    const answer = await desk.change(change);
    if (answer === null) {
      this.#expected.doubtful.add(mark);
      return true;
    }
    if (answer.answer === 'absent') return false;
    if (answer.answer === 'failed') {
      if (answer.code !== 'disk-full')
        throw new Error(`${mark} failed: ${answer.code} ${answer.message}`);
      this.#expected.never.add(mark);
      this.#count('refusedByDisk');
      return false;
    }
    if (answer.answer !== 'changed') throw new Error(`a desk answered ${answer.answer}`);
    this.#expected.keep(answer.operations, { desk: desk.name, refused, mark });
    this.#plan.made(change.makes);
    return true;
  }

  /** Several desks change the same record at once, each what it likes. */
  async #meet(changes: readonly Change[]): Promise<boolean> {
    const pairs = changes.flatMap((change, at) => {
      const desk = this.#desks[at];
      return desk ? [this.#change(desk, change)] : [];
    });
    const made = await Promise.all(pairs);
    return made.filter(Boolean).length > 1;
  }

  async #copyDisk(desk: Desk): Promise<boolean> {
    const wasAlive = desk.isAlive;
    await desk.kill();
    desk.copyDisk();
    desk.copied = this.#expected.idsOf(desk.name);
    if (wasAlive) await desk.start();
    return true;
  }

  async #restoreDisk(desk: Desk): Promise<boolean> {
    if (desk.copied === null) return false;
    await desk.start();
    const waiting = await desk.waiting();
    await desk.kill();
    desk.restoreDisk();
    this.#expected.diskRestored(desk.name, desk.copied, waiting);
    await desk.start();
    return true;
  }

  /** From here on the desk runs twice, once from a copy of its disk. */
  async #twin(desk: Desk): Promise<boolean> {
    if (this.#desks.length === places) return false;
    const wasAlive = desk.isAlive;
    await desk.kill();
    const { user, token } = desk;
    const twin = await this.#newDesk({ name: `${desk.name} copy`, user, token });
    desk.copyDisk(join(this.#folder, twin.name));
    if (wasAlive) await desk.start();
    await twin.start();
    await twin.connect(desk.connected);
    return true;
  }

  async #signIn(desk: Desk): Promise<boolean> {
    const signedIn = await this.#centre.signIn(desk.user.login);
    if (signedIn) await desk.signedIn(signedIn.token);
    return signedIn !== null;
  }

  async #restore(): Promise<boolean> {
    if (!(await this.#centre.restore())) return false;
    this.#expected.serverRestored();
    // What was pushed once more is in the history under a later time.
    this.#history = [];
    return true;
  }

  #count(name: string): void {
    this.done[name] = (this.done[name] ?? 0) + 1;
  }

  /** Everything is mended, and everybody has come to the same place. */
  async settle(): Promise<void> {
    if (!this.#centre.isAlive) await this.#centre.start();
    for (const desk of this.#desks) {
      if (desk.diskIsFull) desk.fillDisk(false);
      await desk.start();
      await desk.wire.calm();
      if (desk.connected) await desk.retry();
      else await desk.connect(true);
    }
    let seen = '';
    let stuckAt = Date.now() + stuckMs;
    while (!(await this.#isSettled())) {
      const states = await Promise.all(this.#desks.map((desk) => desk.status()));
      const steps = JSON.stringify(states, (key, value) => (key === 'lastSyncAt' ? null : value));
      if (steps !== seen) stuckAt = Date.now() + stuckMs;
      if (Date.now() > stuckAt) throw new Error(`not settled: ${JSON.stringify(states)}`);
      seen = steps;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  }

  async #isSettled(): Promise<boolean> {
    for (const desk of this.#desks) {
      const now = await desk.status();
      if (now?.status.state === 'signed-out') await this.#signIn(desk);
      if (now?.status.state !== 'online' || now.status.waiting > 0) return false;
    }
    const place = await this.#placeOfAll();
    if (place === null) return false;
    // The end of the feed is the same for all, whatever they see of it. To ask for all of it costs, so it comes last.
    const [first] = this.#desks;
    const { cursor } = await this.#centre.view(first?.token ?? '');
    return cursor === place && (await this.#placeOfAll()) === place;
  }

  /** Where in the feed every desk is, with nothing left to do; null as long as one is elsewhere. */
  async #placeOfAll(): Promise<string | null> {
    const states = await Promise.all(this.#desks.map((desk) => desk.status()));
    const place = states[0]?.cursor ?? null;
    const isThere = states.every(
      (now) => now?.cursor === place && now.status.waiting === 0 && now.status.comparing === null,
    );
    return isThere ? place : null;
  }

  async compare(): Promise<Fault[]> {
    const faults: Fault[] = [];
    for (const desk of this.#desks) faults.push(...(await this.#differences(desk)));
    await this.#centre.end('SIGTERM');
    const { history, records } = await readCentre(this.#folder);
    faults.push(
      ...checkHistory(history, this.#expected),
      ...checkAppendOnly(this.#history, history),
      ...checkRecords(records, history, this.#expected),
      ...checkMerges(records),
      ...checkTags(records, history),
    );
    for (const desk of this.#desks) {
      const refused = (await desk.status())?.status.refused ?? [];
      faults.push(...checkRefusals(desk.name, refused, history, this.#expected));
    }
    this.#history = history;
    await this.#centre.start();
    return faults;
  }

  /**
   * What a desk holds otherwise than the centre shows. The centre writes by itself (clocks of tickets, their numbers
   * behind a held-back feed): what differs for a moment is looked at again, what differs for good is a fault.
   */
  async #differences(desk: Desk): Promise<Fault[]> {
    for (let look = 1; ; look += 1) {
      const { changes } = await this.#centre.view(desk.token);
      const held = await desk.records(changes.map(({ entity, id }) => ({ entity, id })));
      const settled = await desk.settled();
      const faults = [
        ...checkDesk(desk.name, changes, held),
        ...checkNothingElse(desk.name, changes, settled, this.#expected),
      ];
      if (faults.length === 0 || look === mostLooks) return faults;
      await this.settle();
    }
  }

  async close(): Promise<void> {
    for (const desk of this.#desks) {
      await desk.kill();
      await desk.wire.close();
    }
    if (this.#centre.isAlive) await this.#centre.end('SIGKILL');
  }
}
