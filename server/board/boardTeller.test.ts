import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SignedInUser } from '#shared/sync/messages.ts';
import type { LiveDesk, LiveHub } from '../live/liveHub.ts';
import { type BoardTeller, createBoardTeller, type UntoldMessage } from './boardTeller.ts';

const changes = {
  ...{ type: 'boardChanges' as const, at: 1, queues: [], agents: [], calls: [] },
  ...{ goneQueues: [], goneAgents: [], goneCalls: [] },
};
const everything: UntoldMessage = {
  ...{ type: 'board', at: 1, dayFrom: 0, source: 'pbx', queues: [], agents: [], calls: [] },
  connector: { state: 'connected', since: 0 },
};

/** A hub whose desks say what a test says. */
function hubDouble() {
  let said: Parameters<LiveHub['said']>[0] = () => {};
  let left: Parameters<LiveHub['left']>[0] = () => {};
  const hub: Pick<LiveHub, 'said' | 'left'> = {
    said: (listener) => {
      said = listener;
    },
    left: (listener) => {
      left = listener;
    },
  };
  function desk(unsent = () => 0) {
    const heard: string[] = [];
    const user = { id: 'u', role: 'supervisor' } as SignedInUser;
    const one: LiveDesk = {
      user,
      unsent,
      say(text) {
        const { type, number } = JSON.parse(text);
        heard.push(`${type} ${number}`);
      },
    };
    return {
      heard,
      say: (message: object) => said(one, message as { type: string }),
      leave: () => left(one),
    };
  }
  return { hub, desk };
}

const { hub, desk } = hubDouble();
let moved: boolean;
let mayWatch: boolean;
let loaded: boolean;
const watched = vi.fn();
let teller: BoardTeller;

beforeEach(() => {
  vi.useFakeTimers();
  moved = false;
  mayWatch = true;
  loaded = true;
  watched.mockReset();
  teller = createBoardTeller(hub, {
    may: () => mayWatch,
    everything: () => (loaded ? everything : null),
    difference(beating) {
      const told = moved || beating ? changes : null;
      moved = false;
      return told;
    },
    watched,
  });
});
afterEach(() => {
  teller.stop();
  vi.useRealTimers();
});

function move(): void {
  moved = true;
  teller.changed();
}
const pass = () => vi.advanceTimersByTimeAsync(200);

describe('the board is told', () => {
  test('whole at first, then what changes, at once and then gathered', async () => {
    const one = desk();
    one.say({ type: 'watch', board: true });
    expect(one.heard).toEqual(['board 1']);
    await pass();
    for (let n = 0; n < 5; n += 1) move();
    expect(one.heard).toEqual(['board 1', 'boardChanges 2']);
    await pass();
    expect(one.heard).toEqual(['board 1', 'boardChanges 2', 'boardChanges 3']);
    await pass();
    expect(one.heard).toHaveLength(3);
  });

  test('whole again to who asks again, and to nobody else', async () => {
    const [one, other] = [desk(), desk()];
    one.say({ type: 'watch', board: true });
    other.say({ type: 'watch', board: true });
    await pass();
    one.say({ type: 'watch', board: true });
    await pass();
    expect(one.heard).toEqual(['board 1', 'board 2']);
    expect(other.heard).toEqual(['board 1']);
  });

  test('to all whole after a new day', async () => {
    const one = desk();
    one.say({ type: 'watch', board: true });
    await pass();
    teller.renew();
    expect(one.heard).toEqual(['board 1', 'board 2']);
  });

  test('no more to who does not watch any more, or has gone', async () => {
    const [one, other] = [desk(), desk()];
    one.say({ type: 'watch', board: true });
    other.say({ type: 'watch', board: true });
    await pass();
    one.say({ type: 'watch', board: false });
    other.leave();
    expect(watched).toHaveBeenLastCalledWith(0);
    move();
    await pass();
    expect([...one.heard, ...other.heard]).toEqual(['board 1', 'board 1']);
  });

  test('as soon as it is loaded', async () => {
    loaded = false;
    const one = desk();
    one.say({ type: 'watch', board: true });
    await pass();
    expect(one.heard).toEqual([]);
    loaded = true;
    teller.changed();
    expect(one.heard).toEqual(['board 1']);
  });

  test('with a beat though nothing changes', async () => {
    const one = desk();
    one.say({ type: 'watch', board: true });
    await pass();
    teller.beat();
    expect(one.heard).toEqual(['board 1', 'boardChanges 2']);
  });
});

describe('the board is not told', () => {
  test.each([
    { type: 'watch' },
    { type: 'watch', board: 'yes' },
    { type: 'watch', board: null },
    { type: 'look', board: true },
  ])('for %j', async (message) => {
    const one = desk();
    one.say(message);
    move();
    await pass();
    expect(one.heard).toEqual([]);
    expect(watched).not.toHaveBeenCalled();
  });

  test('to who may not, nor to who may no more; whoever may again gets all', async () => {
    mayWatch = false;
    const one = desk();
    one.say({ type: 'watch', board: true });
    mayWatch = true;
    move();
    await pass();
    expect(one.heard).toEqual([]);
    one.say({ type: 'watch', board: true });
    await pass();
    mayWatch = false;
    move();
    await pass();
    mayWatch = true;
    move();
    expect(one.heard).toEqual(['board 1', 'board 2']);
  });

  test('to a slow desk, until it has taken what it was told: then whole', async () => {
    let unsent = 0;
    const slow = desk(() => unsent);
    slow.say({ type: 'watch', board: true });
    await pass();
    unsent = 600 * 1024;
    for (let n = 0; n < 50; n += 1) {
      move();
      await pass();
    }
    unsent = 100 * 1024;
    move();
    await pass();
    expect(slow.heard).toEqual(['board 1']);
    unsent = 0;
    teller.beat();
    move();
    expect(slow.heard).toEqual(['board 1', 'board 2', 'boardChanges 3']);
  });
});
