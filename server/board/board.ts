import { mayDo } from '#shared/domain/permissions.ts';
import { zoneOf } from '#shared/domain/serviceLevels/zonedTime.ts';
import type { ConnectorStatus } from '#shared/sync/messages.ts';
import type { CallEvents } from '../callEvents/callEvents.ts';
import type { CallNews } from '../callEvents/stories.ts';
import { errorFields } from '../jobs/errorFields.ts';
import type { JobLog } from '../jobs/jobs.ts';
import type { LiveDesk, LiveHub } from '../live/liveHub.ts';
import type { PbxConnector } from '../pbx/connector.ts';
import type { Db } from '../store/store.ts';
import { type BoardState, createBoardState, type Surroundings } from './boardState.ts';
import { createBoardTeller, type UntoldMessage } from './boardTeller.ts';
import { createMembers } from './members.ts';
import { readSurroundings, surroundingsMark } from './surroundings.ts';

export interface BoardOptions {
  db: Db;
  live: LiveHub;
  callEvents: Pick<CallEvents, 'heard' | 'since'>;
  /** Null where the PBX has none. */
  connector: PbxConnector | null;
  status(): ConnectorStatus;
  now(): number;
  log: JobLog;
}

/** The live board of this node, told to the desks that watch it. */
export interface Board {
  /** A transaction that moved a record has been committed somewhere. */
  heard(): void;
  stop(): void;
}

/** So often desks hear that all is as it was, and that the line to them holds, ms. */
const beatMs = 5_000;
/** Between two looks at the accounts and rules, ms. */
const lookMs = 1_000;
/** A board that nobody watches is kept so long, should somebody only look at another page, ms. */
const keptMs = 60_000;

interface Day {
  from: number;
  to: number;
  timeZone: string;
  state: BoardState;
}

export function createBoard(options: BoardOptions): Board {
  const { db, live, callEvents, connector, status, now, log } = options;
  const members = createMembers(connector);
  let day: Day | null = null;
  let around: Omit<Surroundings, 'queuesOf'> | null = null;
  let mark = '';
  let watchers = 0;
  let unwatchedSince = 0;
  /** What was heard while the day is read. */
  let early: CallNews[] | null = null;
  let toldStatus = '';
  let looking: NodeJS.Timeout | null = null;
  let stopped = false;

  const teller = createBoardTeller(live, { may, everything, difference, watched });
  const stopCalls = callEvents.heard(heardCalls);
  const stopMembers = members.changed(teller.changed);
  const beat = setInterval(onBeat, beatMs);

  /** By the account as it is now, as far as it is known. */
  function may({ user }: LiveDesk): boolean {
    const known = around?.people.find(({ id }) => id === user.id);
    if (known && !known.active) return false;
    return mayDo((known ?? user).role, 'team.watch');
  }

  function everything(): UntoldMessage | null {
    if (!day) return null;
    return {
      ...{ type: 'board', at: now(), dayFrom: day.from, connector: status() },
      source: connector ? 'pbx' : 'desk',
      ...day.state.whole(),
    };
  }

  function difference(beating: boolean): UntoldMessage | null {
    if (!day) return null;
    if (around && members.moved()) day.state.surround(surrounded(around));
    const different = day.state.difference(now(), beating);
    const connectorNow = status();
    const isSame = JSON.stringify(connectorNow) === toldStatus;
    toldStatus = JSON.stringify(connectorNow);
    if (!different && isSame && !beating) return null;
    return {
      ...{ type: 'boardChanges', at: now(), ...nothing, ...different },
      ...(!isSame && { connector: connectorNow }),
    };
  }

  function surrounded(parts: Omit<Surroundings, 'queuesOf'>): Surroundings {
    return { ...parts, queuesOf: members.queuesOf() };
  }

  function watched(by: number): void {
    watchers = by;
    if (by === 0) unwatchedSince = now();
    else if (!day && !early) load();
  }

  function heardCalls(news: CallNews): void {
    if (early) early.push(news);
    else if (day) take(day.state, news);
  }

  function take(state: BoardState, { calls, agents }: Pick<CallNews, 'calls' | 'agents'>): void {
    state.takeCalls(calls);
    state.takeAgents(agents);
    teller.changed();
  }

  function load(): void {
    early = [];
    readDay()
      .then((read) => {
        if (stopped) return;
        day = read;
        teller.renew();
      })
      .catch((error: unknown) => {
        log('warn', 'the board cannot be read', errorFields(error));
      })
      .finally(() => {
        early = null;
      });
  }

  async function readDay(): Promise<Day> {
    mark = await surroundingsMark(db);
    around = await readSurroundings(db);
    const { timeZone } = around.rules;
    const { from, to } = dayOf(timeZone, now());
    const state = createBoardState(from, surrounded(around));
    const since = await callEvents.since(from);
    take(state, since);
    // What was told before that was read is older than it.
    for (const news of early ?? []) if (news.seq > since.seq) take(state, news);
    early = null;
    state.difference(now());
    return { from, to, timeZone, state };
  }

  function onBeat(): void {
    if (early) return;
    if (watchers === 0) {
      if (day && now() - unwatchedSince > keptMs) day = null;
      return;
    }
    const isOfToday = day !== null && now() >= day.from && now() < day.to;
    if (isOfToday) teller.beat();
    else load();
  }

  async function look(): Promise<void> {
    const found = await surroundingsMark(db);
    if (found === mark || !day) return;
    mark = found;
    around = await readSurroundings(db);
    if (around.rules.timeZone !== day.timeZone) return load();
    day.state.surround(surrounded(around));
    teller.changed();
  }

  return {
    heard() {
      if (!day || looking || stopped) return;
      looking = setTimeout(() => {
        look()
          .catch((error: unknown) => log('warn', 'the board cannot look', errorFields(error)))
          .finally(() => {
            looking = null;
          });
      }, lookMs);
    },
    stop() {
      stopped = true;
      clearInterval(beat);
      if (looking) clearTimeout(looking);
      stopCalls();
      stopMembers();
      teller.stop();
    },
  };
}

const nothing = {
  ...{ queues: [], agents: [], calls: [] },
  ...{ goneQueues: [], goneAgents: [], goneCalls: [] },
};

function dayOf(timeZone: string, at: number): { from: number; to: number } {
  const zone = zoneOf(timeZone);
  if (!zone) throw new Error('the zone of the board is none');
  const day = zone.dayOf(at);
  return { from: zone.instantOf(day, 0), to: zone.instantOf(day + 1, 0) };
}
