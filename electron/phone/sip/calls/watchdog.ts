import type { ConnectionState } from './sessionDescriptionHandler.ts';

/** One look at a call that is up. */
export interface Look {
  /** ms UTC. */
  at: number;
  /** Sound is expected: not held by this side, nor by the other. */
  listens: boolean;
  /** Packets arrived since the look before. */
  hears: boolean;
  /** Of the peer connection; null where no page could be asked. */
  connection: ConnectionState | null;
  /** The PBX can be reached: socket open, registered. */
  reachable: boolean;
}

/** What is remembered between the looks; times in ms UTC. */
export interface Watched {
  heardAt: number;
  askedAt: number;
  repairedAt: number;
  brokenFrom: number | null;
  connectingFrom: number | null;
  /** Neither heard nor reachable, since. */
  lostFrom: number | null;
  /** The addresses of this machine changed then. */
  pathChangedAt: number | null;
}

export type Act = 'ask' | 'repair' | 'end';

/** A talking call without a single packet for so long may be over, its BYE lost: the PBX is asked. */
export const silenceMs = 10_000;
/** The answer to that holds for so long. */
export const askAgainMs = 15_000;
/** A held call is silent by nature: it is asked after so often. */
export const heldAskMs = 30_000;
/** ICE finds its way again by itself within this time, or not at all. */
export const disconnectedMs = 4_000;
/** A path that is not found by now was looked for from the wrong addresses; ICE itself gives up after a minute. */
const connectingMs = 15_000;
/** Between two repairs that the repair itself gave up. */
export const repairAgainMs = 15_000;
/**
 * After a change of address silence means that the old path is dead; looked for so long after the change. Browsers look
 * at the addresses themselves every 2 s: sooner, they would offer the old ones.
 */
const pathSilentMs = 3_000;
const pathWatchMs = 20_000;
/** No sound and no PBX for so long: the call is over, whatever the PBX would say. */
export const mostLostMs = 60_000;

export function beginWatch(at: number): Watched {
  return {
    heardAt: at,
    askedAt: at,
    repairedAt: Number.NEGATIVE_INFINITY,
    brokenFrom: null,
    connectingFrom: null,
    lostFrom: null,
    pathChangedAt: null,
  };
}

/**
 * What a look at a call leads to: a call that nobody else knows any more must not stay on the screen, and one whose
 * sound is gone is to be repaired. Of several acts the last resort comes first.
 */
export function watch(was: Watched, look: Look): { now: Watched; act: Act | null } {
  const { at, connection, reachable } = look;
  const alive = look.listens ? look.hears : connection === 'connected';
  const broken = connection === 'disconnected' || connection === 'failed';
  const connecting = connection === 'new' || connection === 'connecting';
  const now: Watched = {
    ...was,
    heardAt: alive ? at : was.heardAt,
    brokenFrom: broken ? (was.brokenFrom ?? at) : null,
    connectingFrom: connecting ? (was.connectingFrom ?? at) : null,
    lostFrom: alive || reachable ? null : (was.lostFrom ?? at),
    pathChangedAt: pathWatched(was, look, alive),
  };
  const act = actOf(now, look);
  if (act === 'ask') now.askedAt = at;
  if (act === 'repair') {
    now.repairedAt = at;
    now.pathChangedAt = null;
  }
  return { now, act };
}

function actOf(now: Watched, { at, listens, connection, reachable }: Look): Act | null {
  if (lasts(now.lostFrom, at, mostLostMs)) return 'end';
  if (!reachable) return null;
  if (connection !== null && at - now.repairedAt >= repairAgainMs) {
    const isBroken = lasts(now.brokenFrom, at, disconnectedMs);
    const isStuck = lasts(now.connectingFrom, at, connectingMs);
    const { pathChangedAt } = now;
    const silentFrom = Math.max(now.heardAt, pathChangedAt ?? 0);
    const pathIsDead = pathChangedAt !== null && listens && at - silentFrom >= pathSilentMs;
    if (isBroken || isStuck || pathIsDead) return 'repair';
  }
  if (listens) {
    const isSilent = at - now.heardAt >= silenceMs;
    return isSilent && at - now.askedAt >= askAgainMs ? 'ask' : null;
  }
  return at - now.askedAt >= heldAskMs ? 'ask' : null;
}

function lasts(from: number | null, at: number, ms: number): boolean {
  return from !== null && at - from >= ms;
}

/** Sound a moment after the change says that the path did not depend on the address. */
function pathWatched(was: Watched, { at }: Look, alive: boolean): number | null {
  const { pathChangedAt } = was;
  if (pathChangedAt === null || at - pathChangedAt > pathWatchMs) return null;
  return alive && at - pathChangedAt >= 2 * pathSilentMs ? null : pathChangedAt;
}
