import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { customerFields, newId, taskFields } from '#tests/support/cacheFixture.ts';
import { type JsonAnswer, JsonServer } from '#tests/support/jsonServer.ts';
import { testOptions } from '#tests/support/serverBackends.ts';
import { ServerClient } from '#tests/support/serverClient.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';
import {
  type Exchange,
  type FirstMessage,
  first,
  liveNotUnderstood,
  notShown,
  notUnderstood,
} from '#tests/sync/wire/first.ts';

const answers: Record<string, FirstMessage> = {
  '/api/session': 'signInResponseSchema',
  '/api/sync/push': 'pushResponseSchema',
  '/api/sync/pull': 'pullResponseSchema',
};

function exchangesAt(path: string): Exchange[] {
  return first.exchanges.filter((exchange) => exchange.path === path);
}

/**
 * No window of the first version had such a change; it was recorded for the protocol alone. Since tickets have a state
 * machine it is refused, as it would be from any desk.
 */
function changesState({ entity, baseVersion, fields }: Record<string, unknown>): boolean {
  const change = fields as Record<string, unknown>;
  return entity === 'ticket' && baseVersion !== null && change.state !== undefined;
}
/** Steps of tickets that have come since: such a desk keeps them, and shows them after its upgrade. */
const firstEvents: ReadonlySet<string> = new Set([
  'ticket.created',
  'ticket.noted',
  'ticket.assigned',
  'ticket.resolved',
  'ticket.closed',
]);
const refusedStep = { outcome: 'rejected', reason: 'state-not-allowed' };

describe('a desk of the first version at the server of today', () => {
  let server: RunningServer;
  let desk: ServerClient;

  beforeAll(async () => {
    server = await startServer(testOptions());
    desk = new ServerClient(server.url);
    const [signIn] = exchangesAt('/api/session');
    const answer = await desk.call<{ token: string }>('POST', '/api/session', signIn?.request);
    expect(notUnderstood('signInResponseSchema', answer.body)).toBeNull();
    desk.token = answer.body.token;
  });
  afterAll(() => server.stop());

  test('gets the answers that it got then, in words that it understands', async () => {
    for (const { method, path, request, status, response } of first.exchanges) {
      const expected = answers[path];
      if (!expected || path === '/api/session') continue;
      // Of another server: the first pull of a desk is without a cursor.
      const body = path === '/api/sync/pull' ? { ...request, cursor: null } : request;
      const answer = await desk.call<Exchange['response']>(method, path, body);
      expect({ path, status: answer.status }).toEqual({ path, status });
      expect(notUnderstood(expected, answer.body)).toBeNull();
      if (path !== '/api/sync/push') continue;
      const told = ({ outcome, version, reason }: Record<string, unknown>) => ({
        outcome,
        version,
        reason,
      });
      const results = response.results.map(told);
      for (const [index, operation] of request.operations.entries()) {
        // The server's own clocks may have written the ticket meanwhile.
        const { version } = answer.body.results[index];
        if (changesState(operation)) results[index] = { ...refusedStep, version };
      }
      expect(answer.body.results.map(told)).toEqual(results);
    }
  });

  test('can show every record that it is sent, its own as it wrote them', async () => {
    const { changes } = await desk.pullAll();
    const hidden = changes.flatMap(({ entity, id, fields }) => {
      if (entity === 'ticketEvent' && !firstEvents.has(String(fields.name))) return [];
      // Parts of the configuration that have come since; such a desk keeps them out of sight as well.
      if (entity === 'setting' && fields.key !== 'configuration') return [];
      const complaint = notShown(entity, fields);
      return complaint === null ? [] : [`${entity} ${id}: ${complaint}`];
    });
    expect(hidden).toEqual([]);
    const [pushed] = exchangesAt('/api/sync/push');
    for (const { entity, entityId, fields } of pushed?.request.operations ?? []) {
      const change = changes.find((one) => one.entity === entity && one.id === entityId);
      const changed = ['customer', 'ticket', 'task'].includes(entity);
      expect({ entity, names: Object.keys(change?.fields ?? {}) }).toEqual({
        entity,
        names: expect.arrayContaining(Object.keys(fields)),
      });
      if (!changed) expect(change?.fields).toMatchObject(fields);
    }
  });

  test('is greeted on the live socket, hears news and the end, and passes over the rest', async () => {
    const socket = desk.live();
    await socket.opened();
    socket.say(JSON.stringify({ ...first.hello, token: desk.token }));
    const welcome = await socket.next();
    expect(welcome).toMatchObject({ type: 'welcome' });
    expect(liveNotUnderstood(welcome)).toBeNull();
    const again = await startServerClient(server.url);
    await again.call('POST', '/api/sync/push', {
      deviceId: 'recordeddesk',
      operations: [newTask(again.userId)],
    });
    expect(liveNotUnderstood(await socket.next())).toBeNull();
    await desk.call('DELETE', '/api/session');
    expect(liveNotUnderstood(await socket.next())).toBeNull();
    expect(await socket.closed).toBe(4401);
  });
});

async function startServerClient(url: string) {
  const client = new ServerClient(url);
  const { user } = await client.signIn('chen.hao');
  return Object.assign(client, { userId: user.id });
}

function newTask(userId: string) {
  const at = Date.now();
  const clock = `${at.toString(16).padStart(12, '0')}-0000-recordeddesk`;
  const fields = taskFields({ ownerId: userId });
  const common = { id: newId(), entityId: newId(), baseVersion: null, authorId: userId, at };
  return { ...common, entity: 'task', fields, clock };
}

describe('a desk of today at a server of the first version', () => {
  let server: JsonServer;
  let desks: SyncDesk[] = [];
  /** Entities that this server does not know yet. */
  let unknown: string[] = [];
  /** What the server says it understands; null: of the first version, it says nothing. */
  let knows: string | null = null;
  const complaints: (string | null)[] = [];
  const pushed: { id: string; entity: string; entityId: string }[] = [];

  beforeAll(async () => {
    server = await JsonServer.start(answerTo);
  });
  afterEach(async () => {
    for (const desk of desks) await desk.stop();
    desks = [];
  });
  afterAll(async () => {
    await server.close();
  });

  const requests: Record<string, FirstMessage> = {
    '/api/session': 'signInRequestSchema',
    '/api/sync/push': 'pushRequestSchema',
    '/api/sync/pull': 'pullRequestSchema',
  };

  /** As the recorded server answered; what it did not know, it does not know. */
  function answerTo(path: string, request: Exchange['request']): JsonAnswer {
    const expected = requests[path];
    if (expected) complaints.push(notUnderstood(expected, request));
    const serverTime = Date.now();
    const [recorded] = exchangesAt(path);
    if (path === '/api/sync/device' && knows !== null) {
      return { status: 200, body: { serverTime, knows } };
    }
    if (path === '/api/sync/push') {
      const results = request.operations.map((operation: (typeof pushed)[number]) => {
        pushed.push(operation);
        const common = { operationId: operation.id, version: 1, reason: null, message: null };
        if (!unknown.includes(operation.entity)) return { ...common, outcome: 'applied' };
        return { ...common, outcome: 'rejected', version: null, reason: 'unknown-entity' };
      });
      return { status: 200, body: { results, serverTime } };
    }
    if (path === '/api/sync/pull' && request.cursor !== null) {
      const page = { changes: [], cursor: request.cursor, more: false };
      return { status: 200, body: { ...page, serverTime } };
    }
    if (!recorded) return { status: first.unknown.status, body: first.unknown.response };
    return { status: recorded.status, body: { ...recorded.response, serverTime } };
  }

  async function deskInSync(): Promise<SyncDesk> {
    const desk = await startSyncDesk(server.url, 'xu.jing');
    desks.push(desk);
    desk.sync.start(desk.token);
    await desk.until(isIdle);
    return desk;
  }

  test('takes its records, hands in what it makes, and asks for nothing that is not there', async () => {
    const desk = await deskInSync();
    const [page] = exchangesAt('/api/sync/pull');
    for (const { entity, id } of page?.response.changes ?? []) {
      expect([entity, desk.cache.record(entity, id)]).toEqual([entity, expect.anything()]);
    }
    const id = newId();
    desk.cache.change([{ entity: 'customer', id, fields: customerFields() }], desk.user.id);
    await desk.until(isIdle);
    expect(pushed).toContainEqual(expect.objectContaining({ entity: 'customer', entityId: id }));
    expect(desk.sync.status().refused).toEqual([]);
    expect(complaints.filter((complaint) => complaint !== null)).toEqual([]);
  });

  test('keeps what the server does not know yet, shows that it waits, and offers it after the upgrade', async () => {
    unknown = ['task'];
    const desk = await deskInSync();
    const id = newId();
    const fields = taskFields({ ownerId: desk.user.id });
    desk.cache.change([{ entity: 'task', id, fields }], desk.user.id);
    const { refused } = await desk.until((status) => status.refused.length > 0);
    expect(refused).toMatchObject([{ entityId: id, reason: 'unknown-entity' }]);
    expect(desk.cache.task(id)).not.toBeNull();

    // The same version again changes nothing.
    await desk.sync.stop();
    desk.sync.start(desk.token);
    await desk.until(isIdle);
    expect(desk.sync.status().refused).toHaveLength(1);

    await desk.sync.stop();
    [unknown, knows] = [[], 'the version with tasks'];
    desk.sync.start(desk.token);
    await desk.until((status) => isIdle(status) && status.refused.length === 0);
    const offers = pushed.filter(({ entityId }) => entityId === id);
    // Under another id: the answer to the first one stands.
    expect(new Set(offers.map((operation) => operation.id)).size).toBe(2);
    expect(desk.cache.record('task', id)).toMatchObject(fields);
    knows = null;
  });
});
