import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LiveHub } from '#server/live/liveHub.ts';
import type { Listener, PbxConnector, PbxEvent } from '#server/pbx/connector.ts';
import { createSupervision, type Supervision } from '#server/pbx/supervision.ts';
import { appendAudit, readAudit } from '#server/store/audit.ts';
import { openStore, type Store } from '#server/store/store.ts';
import type { AuditEntry } from '#shared/domain/audit.ts';
import { fail, ok } from '#shared/result.ts';
import { memoryDatabase } from '../../support/serverBackends.ts';

let store: Store;

beforeAll(async () => {
  store = await openStore(memoryDatabase());
});

afterAll(() => store.close());

function entryAt(at: number): AuditEntry {
  return {
    id: uuidv7(),
    at,
    action: 'listening.asked',
    userId: null,
    userName: '2061',
    device: null,
    agentId: null,
    agentName: '2041',
    callRef: null,
    mode: 'listen',
    reason: null,
  };
}

test('pages through entries of the same moment without losing one', async () => {
  const entries = [3, 2, 2, 2, 1].map(entryAt);
  for (const entry of entries) await appendAudit(store.db, entry);
  const first = await readAudit(store.db, { before: null, limit: 2 });
  expect(first.map(({ at }) => at)).toEqual([3, 2, 2, 2]);
  const rest = await readAudit(store.db, { before: 2, limit: 2 });
  expect(new Set([...first, ...rest].map(({ id }) => id))).toEqual(
    new Set(entries.map(({ id }) => id)),
  );
});

/** A PBX that tells what a test says. */
function tellingConnector(): PbxConnector & { tell(event: PbxEvent): void } {
  const hearers = new Set<(event: PbxEvent) => void>();
  const refused = async () => fail('pbx-refused', 'it only tells');
  return {
    start: () => {},
    stop: async () => {},
    status: () => ({ state: 'connected', since: 0 }),
    members: () => [],
    calls: () => [],
    listeners: () => [],
    heard(hearer) {
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    pause: refused,
    listen: refused,
    changeMode: refused,
    stopListening: refused,
    takeOver: refused,
    record: refused,
    memberships: () => new Map(),
    join: refused,
    leave: refused,
    setPenalty: refused,
    hangUp: refused,
    tell(event) {
      for (const hearer of hearers) hearer(event);
    },
  };
}

function supervisionOf(connector: PbxConnector): Supervision {
  const live: LiveHub = {
    attach: () => {},
    news: () => {},
    tell: () => {},
    welcomed: () => {},
    said: () => {},
    left: () => {},
    signedOut: () => {},
    size: () => 0,
    users: () => [],
    close: () => {},
  };
  return createSupervision({ db: store.db, live, connector, now: () => 1, log: () => {} });
}

test('writes down every agent that one channel listens to, and what is told twice once', async () => {
  const connector = tellingConnector();
  const supervision = supervisionOf(connector);
  const dialled: Omit<Listener, 'agent' | 'callRef'> = {
    id: '1700000000.7',
    supervisor: '2061',
    mode: 'listen',
    asked: false,
  };
  for (const [agent, callRef] of [
    ['2041', '1700000000.1'],
    ['2042', '1700000000.3'],
    ['2042', '1700000000.3'],
  ] as const) {
    const listener = { ...dialled, agent, callRef };
    connector.tell({ type: 'listener', change: 'joined', listener, at: 1 });
    connector.tell({ type: 'listener', change: 'left', listener, at: 2 });
  }
  await supervision.stop();
  const all = await readAudit(store.db, { before: null, limit: 50 });
  const written = all.filter(({ callRef }) => callRef !== null);
  expect(written.map(({ action, agentName }) => `${action} ${agentName}`).toSorted()).toEqual([
    'listening.started 2041',
    'listening.started 2042',
    'listening.stopped 2041',
    'listening.stopped 2042',
  ]);
});

test('takes back a pause of the recording that cannot be written down', async () => {
  const asked: boolean[] = [];
  const supervision = supervisionOf({
    ...tellingConnector(),
    async record(_extension, _callRef, on) {
      asked.push(on);
      return ok(on ? 'on' : 'paused');
    },
  });
  const user = {
    id: uuidv7(),
    login: 'xu.jing',
    name: 'Xu Jing',
    role: 'agent' as const,
    teamId: null,
    extension: '2041',
    queueIds: [],
  };
  const caller = { user, team: [], tokenHash: '', device: 'desk0001' };
  await sql`alter table audit rename to audit_away`.execute(store.db);
  await expect(supervision.record(caller, '1700000000.1', false)).rejects.toThrow();
  await sql`alter table audit_away rename to audit`.execute(store.db);
  expect(asked).toEqual([false, true]);
});
