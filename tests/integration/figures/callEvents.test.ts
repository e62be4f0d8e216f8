import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CallEvents, createCallEvents } from '#server/callEvents/callEvents.ts';
import { createCallFollower } from '#server/callEvents/callFollower.ts';
import { hearPbx, nobodyAt } from '#server/callEvents/pbxEvents.ts';
import type { CallNews } from '#server/callEvents/stories.ts';
import { handleTargets } from '#server/callEvents/targetsJob.ts';
import { createJobs } from '#server/jobs/createJobs.ts';
import type { DatabaseOptions } from '#server/options.ts';
import type { Happening, PbxEvent } from '#server/pbx/connector.ts';
import { saveSetting } from '#server/settings/settings.ts';
import { sumAgentCells, sumAgentTime, sumQueueCells } from '#server/store/calls/callCells.ts';
import { insertRecords } from '#server/store/records.ts';
import { noteDesks, provisionalIn } from '#server/store/reports/provisional.ts';
import { openStore, type Store } from '#server/store/store.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { usualTargets } from '#shared/domain/metrics/queueFigures.ts';
import { usualSupervision } from '#shared/domain/settings/supervision.ts';
import { createClock } from '#shared/sync/clock.ts';
import { callFields } from '../../support/cacheFixture.ts';
import { agentIds, randomCall, randomStates, seeded, shuffled } from '../../support/randomCalls.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';

const day = Date.UTC(2026, 10, 16);
const dayMs = 86_400_000;
const derived = ['queue_entry', 'call_handle', 'ring_no_answer', 'agent_stretch'];
const cells = ['queue_cell', 'agent_cell', 'agent_time_cell'];

const minute = 60_000;
/** In the middle of the day, at a full hour. */
const noon = day + dayMs / 2;
const [agentId = '', otherId = ''] = agentIds;
const extension = '8001';

describe.each(backendNames)('call events on %s', (name) => {
  let backend: Backend;
  let database: DatabaseOptions;
  let store: Store;
  let callEvents: CallEvents;
  const said: string[] = [];
  const log = (_level: string, message: string, fields?: Record<string, unknown>) =>
    void said.push(`${message} ${JSON.stringify(fields)}`);
  const now = () => day + 2 * dayMs;
  const clock = createClock('callevents01', now);

  beforeAll(async () => {
    backend = await startBackend(name);
    database = backend.options().database;
    store = await openStore(database);
    const fields = { login: 'one', name: 'One', role: 'agent', teamId: null, extension };
    await write('user', agentId, { ...fields, queueIds: [], active: true });
    callEvents = createCallEvents(store, { now, log });
    await callEvents.start();
  });
  beforeEach(empty);
  afterEach(() => expect(said.splice(0)).toEqual([]));
  afterAll(async () => {
    await callEvents?.stop();
    await store?.close();
    await backend?.stop();
  });

  function write(entity: string, id: string, fields: Record<string, unknown>): Promise<void> {
    return store.db
      .transaction()
      .execute((tx) => insertRecords(tx, [{ entity, id, fields }], clock.tick(), now()));
  }

  async function picture(): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    for (const table of [...derived, ...cells]) {
      const all = sql`select * from ${sql.table(table)} as t order by t::text`;
      found[table] = (await all.execute(store.db)).rows;
    }
    return found;
  }

  async function empty(): Promise<void> {
    const tables = [...derived, ...cells, 'call_event', 'call_alias', 'desk_seen'];
    const names = sql.join(tables.map((one) => sql.table(one)));
    await sql`truncate ${names}`.execute(store.db);
  }

  function someDay(seed: number): CallEvent[] {
    const random = seeded(seed);
    const calls = Array.from({ length: 20 }, (_, n) => randomCall(random, `call ${n}`, day));
    return [...calls.flat(), ...agentIds.flatMap((id) => randomStates(random, id, day))];
  }

  /** One call, in seconds from noon. */
  function story(callRef: string, ...steps: [number, CallEvent['name'], object?][]): CallEvent[] {
    return steps.map(([seconds, step, parts]) => {
      const common = { id: uuidv7(), at: noon + seconds * 1000, source: 'pbx', callRef, agentId };
      return { ...common, queueId: 'support', by: 'agent', name: step, ...parts } as CallEvent;
    });
  }

  const answered = (callRef: string) =>
    story(
      callRef,
      [0, 'queue.entered'],
      [25, 'agent.answered'],
      [85, 'agent.left'],
      [100, 'agent.wrappedUp'],
    );

  const figures = async () =>
    (await sumQueueCells(store.db, { edges: [day, day + dayMs], byQueue: false }))[0]?.counts;
  const work = async (id = agentId) => {
    const wish = { edges: [day, day + dayMs], byAgent: true, byQueue: false };
    return (await sumAgentCells(store.db, { ...wish, agentIds: [id] }))[0]?.counts;
  };

  test('whatever the order, and however often told: the same entries, handles, states and cells', async () => {
    for (const seed of name === 'postgres' ? [1, 2] : [1]) {
      const events = someDay(seed);
      const random = seeded(seed + 100);
      await empty();
      await callEvents.take(events);
      const expected = await picture();
      expect(expected.queue_cell?.length).toBeGreaterThan(0);
      await empty();
      const told = shuffled(random, [...events, ...shuffled(random, events).slice(0, 40)]);
      while (told.length > 0) await callEvents.take(told.splice(0, 1 + Math.floor(random() * 40)));
      expect(await picture()).toEqual(expected);
    }
  });

  test('every node hears what any of them took, as whole stories, and the beginning is the same', async () => {
    // The embedded database is one process's.
    const second = name === 'postgres' ? await openStore(database) : store;
    const other = createCallEvents(second, { now, log });
    await other.start();
    const heard: CallNews[] = [];
    const stop = other.heard((news) => void heard.push(news));
    const events = answered('c1');
    for (const event of events) await callEvents.take([event]);
    const waiting = story('c2', [90, 'queue.entered']);
    await callEvents.take(waiting);
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
    const begun = await callEvents.since(day);
    expect(begun.calls.map(({ callRef, events: of }) => [callRef, of.length])).toEqual([
      ['c1', 0],
      ['c2', 1],
    ]);
    expect(begun.seq).toBe(heard.at(-1)?.seq);
    // Nothing of the day before, but what goes on.
    expect((await callEvents.since(day + dayMs)).calls.map(({ callRef }) => callRef)).toEqual([
      'c2',
    ]);
    stop();
    await other.stop();
    if (second !== store) await second.close();
  });

  test('states of agents are told from the first that is new, and every agent has one at the beginning', async () => {
    const heard: CallNews[] = [];
    const stop = callEvents.heard((news) => void heard.push(news));
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
    await callEvents.take([state(day - 3 * dayMs, 'signedOut'), state(noon, 'ready')]);
    // What is told at once begins with the first that is new of all of it.
    await expect.poll(() => heard.flatMap(({ agents }) => agents)).not.toEqual([]);
    await callEvents.take([state(noon + minute, 'onCall')]);
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
    expect(states(await callEvents.since(noon + 2 * minute))).toEqual(['onCall']);
    const time = { edges: [day, day + dayMs], byAgent: true, now: noon + 3 * minute };
    expect(await sumAgentTime(store.db, time)).toMatchObject([
      { agentId, time: { ready: minute, onCall: 2 * minute } },
    ]);
    stop();
  });

  test('calls that an agent’s states change are told, however many and however long their names', async () => {
    const heard: CallNews[] = [];
    const stop = callEvents.heard((news) => void heard.push(news));
    const refs = Array.from({ length: 20 }, (_, n) => `${n}${'话'.repeat(490)}`);
    await callEvents.take(refs.flatMap((ref) => answered(ref).slice(0, 3)));
    const state = { name: 'agent.state', source: 'desk', agentId, reason: null } as const;
    await callEvents.take([
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

  describe('from the PBX', () => {
    type Listener = (event: PbxEvent) => void;
    function connector() {
      const listeners = new Set<Listener>();
      return {
        heard(listener: Listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        tell(event: PbxEvent) {
          for (const listener of listeners) listener(event);
        },
      };
    }
    const happened = (callRef: string, seconds: number, parts: object): PbxEvent => ({
      type: 'happened',
      event: { id: uuidv7(), at: noon + seconds * 1000, callRef, ...parts } as Happening,
    });
    const pbxCall = (callRef: string, at: string) => [
      happened(callRef, 0, { name: 'queue.entered', queueId: 'support' }),
      happened(callRef, 5, { name: 'agent.answered', queueId: 'support', extension: at }),
      happened(callRef, 65, { name: 'agent.left', by: 'customer', extension: at }),
    ];

    test('extensions become agents; one that is nobody’s has no after-call work', async () => {
      const pbx = connector();
      const stop = hearPbx(pbx, { db: store.db, callEvents, log });
      for (const event of [...pbxCall('p1', extension), ...pbxCall('p2', '9999')]) pbx.tell(event);
      await stop();
      expect(await figures()).toMatchObject({ offered: 2, answered: 2, answeredInTime: 2 });
      expect(await work()).toMatchObject({ answered: 1, handled: 0 });
      expect(await work(nobodyAt('9999'))).toMatchObject({
        handled: 1,
        talkMs: minute,
        afterCallMs: 0,
      });
    });

    test('what is not there any more when the line is back has ended where it was seen last', async () => {
      const pbx = connector();
      const stop = hearPbx(pbx, { db: store.db, callEvents, log });
      const [entered, taken] = pbxCall('gone', extension);
      const waits = happened('waits', 10, { name: 'queue.entered', queueId: 'support' });
      const lost = happened('lost', 20, { name: 'queue.entered', queueId: 'support' });
      for (const event of [entered, taken, waits, lost]) if (event) pbx.tell(event);
      const present = {
        type: 'present' as const,
        waiting: [{ callRef: 'waits', queueId: 'support' }],
      };
      pbx.tell({ ...present, parts: [], lostAt: null, at: noon + dayMs });
      pbx.tell({ ...present, parts: [], lostAt: null, at: noon + dayMs });
      await stop();
      expect(await figures()).toMatchObject({ offered: 3, answered: 1, unseen: 1, waiting: 1 });
      const rows = await store.db
        .selectFrom('call_handle')
        .select(['left_at', 'ended_by'])
        .execute();
      expect(rows).toEqual([{ left_at: noon + 20_000, ended_by: null }]);
    });

    test('a call that the desk knows by another reference is one', async () => {
      const desk = 'sip-call-id';
      await callEvents.take(
        story(
          desk,
          [300, 'agent.wrappedUp', { source: 'desk' }],
          [0, 'agent.dialled', { source: 'desk' }],
        ),
      );
      const pbx = connector();
      const stop = hearPbx(pbx, { db: store.db, callEvents, log });
      pbx.tell(happened('dialled', 1, { name: 'agent.dialled', extension }));
      pbx.tell({ type: 'alias', extension, callRef: 'dialled', deskRef: desk });
      pbx.tell(happened('dialled', 11, { name: 'agent.answered', queueId: null, extension }));
      pbx.tell(happened('dialled', 71, { name: 'agent.left', by: 'agent', extension }));
      await stop();
      expect(await work()).toMatchObject({
        ...{ handled: 1, dialMs: 10_000, talkMs: minute, afterCallMs: 229_000 },
      });
      const refs = await store.db.selectFrom('call_handle').select('call_ref').execute();
      expect(refs).toEqual([{ call_ref: 'dialled' }]);
    });
  });

  describe('from desks', () => {
    const jobsOf = () => createJobs(store, { log, times: { pollMs: 60_000 }, alone: false });

    async function following<T>(act: (heard: () => void) => Promise<T>): Promise<T> {
      const follower = createCallFollower({ db: store.db, jobs: jobsOf(), now, log });
      await follower.start();
      try {
        return await act(follower.heard);
      } finally {
        await follower.stop();
      }
    }

    const times = { offeredAt: noon, answeredAt: noon + 5_000, endedAt: noon + 65_000 };
    const call = (callRef: string) => ({
      ...callFields({
        callRef,
        agentId: otherId,
        queueId: 'support',
        direction: 'in',
        kind: 'customer',
      }),
      ...{ ...times, waitedMs: 4_000, heldMs: 10_000, result: 'answered', endedBy: 'customer' },
    });
    const states = async () => {
      const interval = (state: string, from: number, to: number) =>
        write('agentInterval', uuidv7(), { userId: otherId, state, reason: null, from, to });
      await interval('ready', noon - minute, noon);
      await interval('ringing', noon, noon + 5_000);
      await interval('onCall', noon + 5_000, noon + 65_003);
      await interval('wrapUp', noon + 65_003, noon + 95_003);
      const at = { state: 'ready', reason: null, since: noon + 95_003 };
      const where = { callId: null, customerName: null, queueId: null };
      await write('presence', otherId, { userId: otherId, name: 'Other', ...at, ...where });
    };

    test('a call, its hold, the states of the agent and after-call work, though no wrap-up was saved', async () => {
      await following(async (heard) => {
        await write('call', uuidv7(), call('d1'));
        await states();
        heard();
        await expect.poll(() => work(otherId)).toMatchObject({ handled: 1 });
      });
      expect(await work(otherId)).toMatchObject({
        ...{ answered: 1, talkMs: 50_000, holdMs: 10_000, afterCallMs: 30_003 },
      });
      expect(await figures()).toMatchObject({ offered: 1, answered: 1, answerWaitMs: 9_000 });
      const time = { edges: [day, day + dayMs], byAgent: true, now: noon + 100_003 };
      expect(await sumAgentTime(store.db, time)).toMatchObject([
        { time: { ready: minute + 5_000, ringing: 5_000, onCall: 60_003, wrapUp: 30_000 } },
      ]);
      await store.db.deleteFrom('record').where('entity', '=', 'presence').execute();
    });

    test('a wrap-up that comes hours later, before or behind its call', async () => {
      const id = uuidv7();
      const wrapUp = {
        ...{
          callId: id,
          customerId: null,
          agentId: otherId,
          agentName: 'Other',
          dispositionId: 'x',
        },
        ...{ result: 'resolved', notes: '', followUpAt: null, ticketIds: [], afterCallMs: 20_000 },
        ...{ savedAt: noon + 85_000, tags: [], script: null, edits: [] },
      };
      await following(async (heard) => {
        await write('wrapUp', id, wrapUp);
        heard();
        await write('call', id, call('d2'));
        heard();
        await expect.poll(() => work(otherId)).toMatchObject({ handled: 1, afterCallMs: 20_000 });
      });
    });

    test('where the PBX tells of the call, the desk’s word counts for after-call work only', async () => {
      await callEvents.take(
        answered('d3')
          .slice(0, 3)
          .map((event) => ({ ...event, agentId: otherId })),
      );
      await following(async (heard) => {
        await write('call', uuidv7(), call('d3'));
        await states();
        heard();
        await expect.poll(() => work(otherId)).toMatchObject({ handled: 1 });
      });
      expect(await figures()).toMatchObject({ offered: 1, answered: 1, answerWaitMs: 25_000 });
      expect(await work(otherId)).toMatchObject({ talkMs: minute, holdMs: 0, afterCallMs: 10_003 });
      await store.db.deleteFrom('record').where('entity', '=', 'presence').execute();
    });

    test('other targets: what was counted is counted anew', async () => {
      await callEvents.take(answered('t1'));
      expect(await figures()).toMatchObject({ answeredInTime: 0 });
      const jobs = jobsOf();
      handleTargets(jobs, store.db);
      const follower = createCallFollower({ db: store.db, jobs, now, log });
      await follower.start();
      await jobs.start();
      const targets = { '*': { ...usualTargets, answerWithinMs: 30_000 } };
      const change = { value: { ...usualSupervision, targets }, version: 0 };
      const by = { id: agentId, name: 'One', device: 'test' };
      const saved = await saveSetting({ db: store.db, clock, now }, 'supervision', change, by);
      expect(saved).toMatchObject({ ok: true });
      follower.heard();
      await expect.poll(figures).toMatchObject({ answeredInTime: 1, offered: 1 });
      await follower.stop();
      await jobs.stop();
    });
  });

  test('provisional: while somebody waits, work goes on, or a desk is away that may have something to tell', async () => {
    const range = { from: day, to: day + dayMs };
    const later = noon + 10 * minute;
    expect(await provisionalIn(store.db, range, later)).toBeNull();
    await callEvents.take([...story('w', [0, 'queue.entered']), ...answered('o').slice(0, 3)]);
    expect(await provisionalIn(store.db, range, later)).toEqual({
      waiting: 1,
      openWork: 1,
      silentAgents: [],
    });
    const state = { name: 'agent.state', source: 'desk', agentId, reason: null } as const;
    await callEvents.take([
      ...story('w', [9, 'queue.left', { how: 'abandoned' }]),
      ...story('o', [100, 'agent.wrappedUp']),
      { ...state, id: uuidv7(), at: noon, state: 'ready' },
    ]);
    const silent = { waiting: 0, openWork: 0, silentAgents: [agentId] };
    expect(await provisionalIn(store.db, range, later)).toEqual(silent);
    await noteDesks(store.db, [agentId], later);
    expect(await provisionalIn(store.db, range, later)).toBeNull();
    await noteDesks(store.db, [agentId], later - minute);
    expect(await provisionalIn(store.db, range, later + 3 * minute)).toEqual(silent);
    await callEvents.take([{ ...state, id: uuidv7(), at: later, state: 'signedOut' }]);
    expect(await provisionalIn(store.db, range, later + 3 * minute)).toBeNull();
  });

  test('an event that the database refuses is passed over, all others are taken', async () => {
    const [first, ...more] = answered('x');
    if (!first) throw new Error('no event');
    await callEvents.take([first, { ...first, id: 'a\u0000b' }, ...more]);
    expect(await figures()).toMatchObject({ offered: 1, answered: 1 });
    expect(said.splice(0)).toEqual([expect.stringContaining('passed over')]);
  });
});
