import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { createCallEvents } from '#server/callEvents/callEvents.ts';
import type { JobLog } from '#server/jobs/jobs.ts';
import { sumAgentCells, sumQueueCells } from '#server/store/calls/callCells.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore } from '#server/store/store.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import { createClock } from '#shared/sync/clock.ts';
import { agentIds } from './randomCalls.ts';
import { type backendNames, startBackend } from './serverBackends.ts';

export const minute = 60_000;
export const dayMs = 86_400_000;
export const day = Date.UTC(2026, 10, 16);
/** In the middle of the day, at a full hour. */
export const noon = day + dayMs / 2;
/** The first has `extension`. */
export const [agentId = '', otherId = ''] = agentIds;
export const extension = '8001';

/** What follows from call events, made anew with every one of them. */
export const derivedTables = [
  ...['queue_entry', 'call_handle', 'ring_no_answer', 'agent_stretch'],
  ...['queue_cell', 'agent_cell', 'agent_time_cell'],
];

export type CallEventSite = Awaited<ReturnType<typeof openCallEventSite>>;

/** A database that takes call events two days after they happened, with one agent in it. */
export async function openCallEventSite(name: (typeof backendNames)[number]) {
  const backend = await startBackend(name);
  const { database } = backend.options();
  const store = await openStore(database);
  /** What was logged: a test that expects it takes it out. */
  const said: string[] = [];
  const log: JobLog = (_level, message, fields) =>
    void said.push(`${message} ${JSON.stringify(fields)}`);
  const now = () => day + 2 * dayMs;
  const clock = createClock('callevents01', now);
  const callEvents = createCallEvents(store, { now, log });

  function write(entity: string, id: string, fields: Record<string, unknown>): Promise<void> {
    return store.db
      .transaction()
      .execute((tx) => insertRecords(tx, [{ entity, id, fields }], clock.tick(), now()));
  }

  const user = { login: 'one', name: 'One', role: 'agent', teamId: null, extension };
  await write('user', agentId, { ...user, queueIds: [], active: true });
  await callEvents.start();

  return {
    ...{ database, store, db: store.db, callEvents, clock, now, log, said, write },
    async empty(): Promise<void> {
      const tables = [...derivedTables, 'call_event', 'call_alias', 'desk_seen'];
      const names = sql.join(tables.map((one) => sql.table(one)));
      await sql`truncate ${names}`.execute(store.db);
    },
    /** What the cells of the day add up to. */
    async figures() {
      const wish = { edges: [day, day + dayMs], byQueue: false };
      return (await sumQueueCells(store.db, wish))[0]?.counts;
    },
    async work(id = agentId) {
      const wish = { edges: [day, day + dayMs], byAgent: true, byQueue: false, agentIds: [id] };
      return (await sumAgentCells(store.db, wish))[0]?.counts;
    },
    async stop(): Promise<void> {
      await callEvents.stop();
      await store.close();
      await backend.stop();
    },
  };
}

/** One call, in seconds from noon. */
export function story(
  callRef: string,
  ...steps: [number, CallEvent['name'], object?][]
): CallEvent[] {
  return steps.map(([seconds, step, parts]) => {
    const common = { id: uuidv7(), at: noon + seconds * 1000, source: 'pbx', callRef, agentId };
    return { ...common, queueId: 'support', by: 'agent', name: step, ...parts } as CallEvent;
  });
}

export const answered = (callRef: string) =>
  story(
    callRef,
    [0, 'queue.entered'],
    [25, 'agent.answered'],
    [85, 'agent.left'],
    [100, 'agent.wrappedUp'],
  );
