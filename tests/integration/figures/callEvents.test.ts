import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCallEvents } from '#server/callEvents/callEvents.ts';
import type { CallNews } from '#server/callEvents/stories.ts';
import { sumAgentTime } from '#server/store/calls/callCells.ts';
import { noteDesks, provisionalIn } from '#server/store/reports/provisional.ts';
import { openStore } from '#server/store/store.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import {
  agentId,
  answered,
  type CallEventSite,
  day,
  dayMs,
  derivedTables,
  minute,
  noon,
  openCallEventSite,
  story,
} from '../../support/callEventSite.ts';
import { agentIds, randomCall, randomStates, seeded, shuffled } from '../../support/randomCalls.ts';
import { backendNames } from '../../support/serverBackends.ts';

describe.each(backendNames)('call events on %s', (name) => {
  let site: CallEventSite;

  beforeAll(async () => {
    site = await openCallEventSite(name);
  });
  beforeEach(() => site.empty());
  afterEach(() => expect(site.said.splice(0)).toEqual([]));
  afterAll(() => site?.stop());

  async function picture(): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    for (const table of derivedTables) {
      const all = sql`select * from ${sql.table(table)} as t order by t::text`;
      found[table] = (await all.execute(site.db)).rows;
    }
    return found;
  }

  function someDay(seed: number): CallEvent[] {
    const random = seeded(seed);
    const calls = Array.from({ length: 20 }, (_, n) => randomCall(random, `call ${n}`, day));
    return [...calls.flat(), ...agentIds.flatMap((id) => randomStates(random, id, day))];
  }

  test('whatever the order, and however often told: the same entries, handles, states and cells', async () => {
    for (const seed of name === 'postgres' ? [1, 2] : [1]) {
      const events = someDay(seed);
      const random = seeded(seed + 100);
      await site.empty();
      await site.callEvents.take(events);
      const expected = await picture();
      expect(expected.queue_cell?.length).toBeGreaterThan(0);
      await site.empty();
      const told = shuffled(random, [...events, ...shuffled(random, events).slice(0, 40)]);
      while (told.length > 0)
        await site.callEvents.take(told.splice(0, 1 + Math.floor(random() * 40)));
      expect(await picture()).toEqual(expected);
    }
  });

  test('every node hears what any of them took, as whole stories, and the beginning is the same', async () => {
    // The embedded database is one process's.
    const second = name === 'postgres' ? await openStore(site.database) : site.store;
    const other = createCallEvents(second, site);
    await other.start();
    const heard: CallNews[] = [];
    const stop = other.heard((news) => void heard.push(news));
    const events = answered('c1');
    for (const event of events) await site.callEvents.take([event]);
    const waiting = story('c2', [90, 'queue.entered']);
    await site.callEvents.take(waiting);
    const story1 = () =>
      heard.flatMap(({ calls }) => calls).findLast(({ callRef }) => callRef === 'c1');
    const ids = (told: readonly CallEvent[]) => told.map(({ id }) => id);
    await expect
      .poll(() => ids(heard.flatMap((news) => news.events)))
      .toEqual(ids([...events, ...waiting]));
    expect(story1()).toMatchObject({
      source: 'pbx',
      events: events.map(({ id }) => ({ id })),
      entries: [{ end: 'answered', agentId }],
      handles: [{ doneAt: noon + 100_000 }],
    });
    const begun = await site.callEvents.since(day);
    expect(begun.calls.map(({ callRef, events: of }) => [callRef, of.length])).toEqual([
      ['c1', 0],
      ['c2', 1],
    ]);
    expect(begun.seq).toBe(heard.at(-1)?.seq);
    // Nothing of the day before, but what goes on.
    expect((await site.callEvents.since(day + dayMs)).calls.map(({ callRef }) => callRef)).toEqual([
      'c2',
    ]);
    stop();
    await other.stop();
    if (second !== site.store) await second.close();
  });

  test('states of agents are told from the first that is new, and every agent has one at the beginning', async () => {
    const heard: CallNews[] = [];
    const stop = site.callEvents.heard((news) => void heard.push(news));
    const state = (at: number, word: string): CallEvent =>
      ({
        name: 'agent.state',
        id: uuidv7(),
        at,
        source: 'desk',
        agentId,
        state: word,
        reason: null,
      }) as CallEvent;
    await site.callEvents.take([state(day - 3 * dayMs, 'signedOut'), state(noon, 'ready')]);
    // What is told at once begins with the first that is new of all of it.
    await expect.poll(() => heard.flatMap(({ agents }) => agents)).not.toEqual([]);
    await site.callEvents.take([state(noon + minute, 'onCall')]);
    await expect
      .poll(() => heard.at(-1)?.agents)
      .toEqual([
        {
          agentId,
          stretches: [
            { agentId, state: 'ready', reason: null, from: noon, to: noon + minute },
            { agentId, state: 'onCall', reason: null, from: noon + minute, to: null },
          ],
        },
      ]);
    const states = (news: CallNews) =>
      news.agents.flatMap(({ stretches }) => stretches.map((one) => one.state));
    expect(states(await site.callEvents.since(noon + 2 * minute))).toEqual(['onCall']);
    const time = { edges: [day, day + dayMs], byAgent: true, now: noon + 3 * minute };
    expect(await sumAgentTime(site.db, time)).toMatchObject([
      { agentId, time: { ready: minute, onCall: 2 * minute } },
    ]);
    stop();
  });

  test('calls that an agent’s states change are told, however many and however long their names', async () => {
    const heard: CallNews[] = [];
    const stop = site.callEvents.heard((news) => void heard.push(news));
    const refs = Array.from({ length: 20 }, (_, n) => `${n}${'话'.repeat(490)}`);
    await site.callEvents.take(refs.flatMap((ref) => answered(ref).slice(0, 3)));
    const state = { name: 'agent.state', source: 'desk', agentId, reason: null } as const;
    await site.callEvents.take([
      { ...state, id: uuidv7(), at: noon, state: 'onCall' },
      { ...state, id: uuidv7(), at: noon + 85_000, state: 'wrapUp' },
      { ...state, id: uuidv7(), at: noon + 95_000, state: 'ready' },
    ]);
    const done = () =>
      heard
        .flatMap(({ calls }) => calls)
        .filter(({ handles }) => handles.every(({ doneAt }) => doneAt === noon + 95_000));
    await expect.poll(() => new Set(done().map(({ callRef }) => callRef)).size).toBe(refs.length);
    stop();
  });

  test('provisional: while somebody waits, work goes on, or a desk is away that may have something to tell', async () => {
    const range = { from: day, to: day + dayMs };
    const later = noon + 10 * minute;
    expect(await provisionalIn(site.db, range, later)).toBeNull();
    await site.callEvents.take([...story('w', [0, 'queue.entered']), ...answered('o').slice(0, 3)]);
    expect(await provisionalIn(site.db, range, later)).toEqual({
      waiting: 1,
      openWork: 1,
      silentAgents: [],
    });
    const state = { name: 'agent.state', source: 'desk', agentId, reason: null } as const;
    await site.callEvents.take([
      ...story('w', [9, 'queue.left', { how: 'abandoned' }]),
      ...story('o', [100, 'agent.wrappedUp']),
      { ...state, id: uuidv7(), at: noon, state: 'ready' },
    ]);
    const silent = { waiting: 0, openWork: 0, silentAgents: [agentId] };
    expect(await provisionalIn(site.db, range, later)).toEqual(silent);
    await noteDesks(site.db, [agentId], later);
    expect(await provisionalIn(site.db, range, later)).toBeNull();
    await noteDesks(site.db, [agentId], later - minute);
    expect(await provisionalIn(site.db, range, later + 3 * minute)).toEqual(silent);
    await site.callEvents.take([{ ...state, id: uuidv7(), at: later, state: 'signedOut' }]);
    expect(await provisionalIn(site.db, range, later + 3 * minute)).toBeNull();
  });

  test('an event that the database refuses is passed over, all others are taken', async () => {
    const [first, ...more] = answered('x');
    if (!first) throw new Error('no event');
    await site.callEvents.take([first, { ...first, id: 'a\u0000b' }, ...more]);
    expect(await site.figures()).toMatchObject({ offered: 1, answered: 1 });
    expect(site.said.splice(0)).toEqual([expect.stringContaining('passed over')]);
  });
});
