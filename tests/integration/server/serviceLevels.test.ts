import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { wakeClocks } from '#server/serviceLevels/clocksJob.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { putClocks } from '#server/store/ticketClocks.ts';
import { newId } from '#shared/domain/ids.ts';
import type { Notification } from '#shared/domain/notification.ts';
import { usualServiceLevels } from '#shared/domain/settings/serviceLevels.ts';
import type { Change } from '#shared/sync/messages.ts';
import { beforeAskingAgain } from '../../support/askAgain.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  type ServerClient,
  stampAt,
  ticketFields,
} from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';
import { stepOn } from '../../support/ticketSteps.ts';

const xu = practiceUser('xu.jing').id;
const chen = practiceUser('chen.hao').id;
const wu = practiceUser('wu.min').id;
const hourMs = 3_600_000;

/** An urgent ticket of Chen: to be answered within two hours, to be solved within a day. */
function urgent(createdAt: number, parts: object = {}) {
  return {
    ...ticketFields(xu),
    priority: 'urgent',
    state: 'assigned',
    ownerId: chen,
    acknowledgedAt: createdAt,
    createdAt,
    dueAt: createdAt + 2 * hourMs,
    ...parts,
  };
}

describe.each(backendNames)('service levels on %s', (name) => {
  const server = testServer(name);
  const agent = server.desk('xu.jing');
  const owner = server.desk('chen.hao');
  const supervisor = server.desk('wu.min');
  const admin = server.desk('admin');

  /** What the client's desk holds of this, once it holds so much of it. */
  async function held(
    client: ServerClient,
    isOf: (change: Change) => boolean,
    count: number,
  ): Promise<Change[]> {
    const socket = client.live();
    try {
      await socket.hello(client.token);
      await socket.next();
      for (;;) {
        const found = (await client.pullAll()).changes.filter(isOf);
        if (found.length >= count) return found;
        await socket.next();
      }
    } finally {
      socket.close();
    }
  }

  const toldOf =
    (ticketId: string) =>
    ({ entity, fields }: Change) =>
      entity === 'notification' && fields.ticketId === ticketId;
  const kindsOf = (changes: Change[]) =>
    changes.map(({ fields }) => (fields as unknown as Notification).kind);

  async function make(fields: object): Promise<string> {
    const operation = operationBy(xu, { entity: 'ticket', fields: { ...fields } });
    const [result] = await agent.push(operation);
    expect(result?.outcome).toBe('applied');
    return operation.entityId;
  }

  test('a limit that ended is told once, to the owner and up the chain', async () => {
    const ticketId = await make(urgent(Date.now() - 2.5 * hourMs));
    const [owned] = await Promise.all([
      held(owner, toldOf(ticketId), 1),
      held(supervisor, toldOf(ticketId), 1),
    ]);
    expect(kindsOf(owned)).toEqual(['ticket.breached']);
    expect(owned[0]?.fields).toMatchObject({ userId: chen, byName: null, readAt: null });
    const [ticket] = await held(agent, ({ id, version }) => id === ticketId && version > 1, 1);
    expect(ticket?.fields).toMatchObject({
      escalation: 1,
      limitsTold: ['respond.warned', 'respond.breached'],
    });
    // Who is neither concerned nor watches is told nothing, and nobody sees what others are told.
    expect((await agent.pullSettled()).changes.filter(toldOf(ticketId))).toEqual([]);
    const all = (await supervisor.pullSettled()).changes.filter(toldOf(ticketId));
    expect(all.map(({ fields }) => fields.userId)).toEqual([wu]);
  }, 60_000);

  test('a ticket whose due time a desk has wrong is put right', async () => {
    const createdAt = Date.now();
    const ticketId = await make(urgent(createdAt, { dueAt: createdAt + 99 * hourMs }));
    const isRight = ({ id, fields }: Change) =>
      id === ticketId && fields.dueAt === createdAt + 2 * hourMs;
    expect(await held(agent, isRight, 1)).toHaveLength(1);
  }, 60_000);

  test('a ticket of who was merged into another has the limits of that one’s class', async () => {
    const [usual = null] = usualServiceLevels.policies;
    const ofBest = {
      ...usual,
      id: 'best',
      classes: ['A'],
      priorities: [],
      minutes: { respond: 5 },
    };
    const value = { ...usualServiceLevels, policies: [ofBest, ...usualServiceLevels.policies] };
    const saved = await admin.call('PUT', '/api/settings/serviceLevels', { value, version: 0 });
    expect(saved.status).toBe(200);
    const [winner, loser] = [newId(), newId()];
    const change = (entityId: string, fields: object) =>
      operationBy(wu, { entity: 'customer', entityId, fields: { ...fields }, baseVersion: 1 });
    await supervisor.push(
      ...[winner, loser].map((entityId) =>
        operationBy(wu, { entity: 'customer', entityId, fields: customerFields() }),
      ),
    );
    await supervisor.push(change(loser, { mergedInto: winner }));
    const createdAt = Date.now();
    const ticketId = await make({ ...urgent(createdAt), customerId: loser });
    const dueAfter = (ms: number) => (record: Change) =>
      record.id === ticketId && record.fields.dueAt === createdAt + ms;
    await held(agent, dueAfter(2 * hourMs), 1);
    await supervisor.push(change(winner, { valueClass: 'A' }));
    expect(await held(agent, dueAfter(5 * 60_000), 1)).toHaveLength(1);
  }, 60_000);

  test('a ticket that somebody else hands over is told of to who had it', async () => {
    const createdAt = Date.now();
    const ticketId = await make(urgent(createdAt));
    const step = { action: 'assign', ownerId: xu } as const;
    const lead = { id: wu, name: '吴敏', role: 'supervisor' } as const;
    const taken = stepOn(lead, ticketId, urgent(createdAt), step);
    expect(await supervisor.push(taken.step)).toMatchObject([{ outcome: 'applied' }]);
    const [lost] = await held(owner, toldOf(ticketId), 1);
    expect(lost?.fields).toMatchObject({ kind: 'ticket.reassigned', userId: chen, byName: '吴敏' });
    expect(kindsOf(await held(agent, toldOf(ticketId), 1))).toEqual(['ticket.assigned']);
  }, 60_000);

  test('what happens to a ticket is told to whom it concerns, and may be marked as read', async () => {
    const now = Date.now();
    const ticketId = await make(urgent(now, { watcherIds: [wu] }));
    const event = {
      ticketId,
      name: 'ticket.noted',
      at: now,
      byId: xu,
      byName: '徐静',
      note: 'The plumber comes at four',
      data: null,
    };
    await agent.push(operationBy(xu, { entity: 'ticketEvent', fields: event }));
    const [watched] = await held(supervisor, toldOf(ticketId), 1);
    expect(watched?.fields).toMatchObject({ kind: 'ticket.watched', byName: '徐静', userId: wu });
    const read = { entity: 'notification', entityId: watched?.id ?? '', baseVersion: 1 };
    const [mine] = await supervisor.push(operationBy(wu, { ...read, fields: { readAt: now } }));
    expect(mine?.outcome).toBe('applied');
    const [other] = await agent.push(operationBy(xu, { ...read, fields: { readAt: now } }));
    expect(other).toMatchObject({ outcome: 'rejected', reason: 'not-yours' });
    const forged = { ...watched?.fields, userId: chen };
    const [made] = await agent.push(operationBy(xu, { entity: 'notification', fields: forged }));
    expect(made?.outcome).toBe('rejected');
    const own = { ...watched?.fields, userId: xu };
    const [self] = await agent.push(operationBy(xu, { entity: 'notification', fields: own }));
    expect(self?.outcome).toBe('rejected');
    const [retold] = await supervisor.push(
      operationBy(wu, { ...read, fields: { subject: 'Something else' } }),
    );
    expect(retold?.outcome).toBe('merged');
    const [kept] = await held(supervisor, toldOf(ticketId), 1);
    expect(kept?.fields.subject).toBe(watched?.fields.subject);
  }, 60_000);
});

describe.skipIf(!backendNames.includes('postgres'))('service levels on several nodes', () => {
  let backend: Backend;
  const servers: RunningServer[] = [];
  let store: Store | null = null;

  beforeAll(async () => {
    backend = await startBackend('postgres');
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    await store?.close();
    store = null;
  });
  afterAll(() => backend?.stop());

  async function madeOverdue(count: number, into: Store): Promise<void> {
    const createdAt = Date.now() - 2.5 * hourMs;
    const records = Array.from({ length: count }, () => ({
      entity: 'ticket',
      id: newId(),
      fields: { limitsTold: [], watcherIds: [], ...urgent(createdAt) },
    }));
    await into.db.transaction().execute(async (tx) => {
      await insertRecords(tx, records, stampAt(createdAt), createdAt);
      const fresh = { customerId: null, valueClass: null, lookAt: 0, quietBefore: createdAt };
      await putClocks(
        tx,
        records.map(({ id }) => ({ ticketId: id, ...fresh })),
      );
      await wakeClocks(tx);
    });
  }

  /** Once every ticket is told of: events of each ticket, and notifications of each user and ticket. */
  async function tolds(from: Store, count: number): Promise<{ events: number[]; told: number[] }> {
    for (;;) {
      const rows = await from.db
        .selectFrom('record')
        .select(['entity', 'fields'])
        .where('entity', 'in', ['ticketEvent', 'notification'])
        .execute();
      const of = (entity: string, key: (fields: Record<string, unknown>) => string) => {
        const found = rows.filter((row) => row.entity === entity);
        const groups = Map.groupBy(found, ({ fields }) => key(fields));
        return [...groups.values()].map((group) => group.length);
      };
      const events = of('ticketEvent', ({ ticketId }) => String(ticketId));
      const told = of('notification', ({ ticketId, userId }) => `${ticketId} ${userId}`);
      if (told.length >= 2 * count) return { events, told };
      await beforeAskingAgain();
    }
  }

  test('each limit is told once, though a node dies in the middle', async () => {
    const options = { ...backend.options(), practiceCustomers: 0, jobs: { leaseMs: 1_000 } };
    const { database } = options;
    if (database.kind !== 'postgres') throw new Error('not a database for several');
    // It brings the people, and is not there any more when the limits end.
    await (await startServer(options)).stop();
    store = await openStore(database);
    // Two hundred at a time: the second lot dies half written.
    const count = 300;
    await madeOverdue(count, store);
    const child = fork(
      fileURLToPath(new URL('../../support/clocksChild.ts', import.meta.url)),
      [database.url, '1000', String(count)],
      { stdio: 'ignore' },
    );
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    servers.push(await startServer(options), await startServer({ ...options, port: 0 }));
    const { events, told } = await tolds(store, count);
    expect(events).toEqual(Array.from({ length: count }, () => 1));
    expect(told).toEqual(Array.from({ length: 2 * count }, () => 1));
  }, 60_000);
});
