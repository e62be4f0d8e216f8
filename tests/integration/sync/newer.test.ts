import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Change, Operation } from '#shared/sync/messages.ts';
import {
  changeOf,
  customerFields,
  newId,
  stampAt,
  ticketFields,
} from '#tests/support/cacheFixture.ts';
import { type JsonAnswer, JsonServer } from '#tests/support/jsonServer.ts';
import { isIdle, type SyncDesk, startSyncDesk } from '#tests/support/syncDesk.ts';
import { first } from '#tests/sync/wire/first.ts';

/** A server of years to come: more entities, fields, values, messages and reasons than this desk knows. */
let server: JsonServer;
let desks: SyncDesk[] = [];
let changes: Change[] = [];
let pushed: Operation[] = [];
let refuse: Record<string, unknown> | null = null;
let asksOnce = false;

const live = [
  { type: 'welcome', serverTime: Date.now(), greeting: 'of a newer kind' },
  { type: 'weather', of: 'tomorrow' },
  { type: 'news', about: ['campaign'] },
];

beforeAll(async () => {
  server = await JsonServer.start(
    (path, request) => answerTo(path, request),
    () => live,
  );
});
beforeEach(() => {
  [changes, pushed, refuse, asksOnce] = [[], [], null, false];
});
afterEach(async () => {
  for (const desk of desks) await desk.stop();
  desks = [];
});
afterAll(() => server.close());

function answerTo(path: string, request: unknown): JsonAnswer {
  const serverTime = Date.now();
  const newer = { serverTime, mood: 'of a newer kind' };
  if (path === '/api/session') {
    const signIn = first.exchanges.find((exchange) => exchange.path === path);
    return { status: 200, body: { ...signIn?.response, ...newer } };
  }
  if (path === '/api/sync/device') return { status: 200, body: { ...newer, knows: 'everything' } };
  if (path === '/api/sync/pull') {
    const page = asksOnce ? [] : changes;
    asksOnce = true;
    return { status: 200, body: { changes: page, cursor: '1.1', more: false, ...newer } };
  }
  if (path === '/api/sync/push') {
    const { operations } = request as { operations: Operation[] };
    pushed.push(...operations);
    const results = operations.map(({ id }) => ({
      operationId: id,
      outcome: 'applied',
      version: 8,
      reason: null,
      message: null,
      since: 'version 9',
      ...refuse,
    }));
    return { status: 200, body: { results, ...newer } };
  }
  return { status: 404, body: first.unknown.response };
}

async function deskInSync(): Promise<SyncDesk> {
  const desk = await startSyncDesk(server.url, 'xu.jing');
  desks.push(desk);
  desk.sync.start(desk.token);
  await desk.until(isIdle);
  return desk;
}

/** The record with fields, and values, that this version does not know. */
function grown(change: Change, fields: Record<string, unknown>): Change {
  const clocks = Object.fromEntries(Object.keys(fields).map((name) => [name, stampAt(2_000)]));
  return {
    ...change,
    version: 7,
    fields: { ...change.fields, ...fields },
    clocks: { ...change.clocks, ...clocks },
  };
}

test('a desk shows what it knows, keeps what it does not, and writes none of it', async () => {
  const [customer, ticket, campaign] = [newId(), newId(), newId()];
  changes = [
    grown(changeOf('customer', customer, customerFields()), { shoeSize: { eu: 44 } }),
    grown(changeOf('ticket', ticket, ticketFields()), { state: 'frozen' }),
    { ...changeOf('customer', campaign, customerFields()), entity: 'campaign' },
  ];
  const desk = await deskInSync();
  expect(desk.cache.card(customer)?.customer.name).toBe('张伟');
  expect(desk.cache.record('customer', customer)).toMatchObject({ shoeSize: { eu: 44 } });
  // A state that nobody here can name is shown to nobody, and harms nothing.
  expect(desk.cache.ticket(ticket)).toBeNull();

  desk.cache.change([{ entity: 'customer', id: customer, fields: { name: '改名' } }], desk.user.id);
  await desk.until(isIdle);
  expect(pushed).toMatchObject([{ entityId: customer, fields: { name: '改名' }, baseVersion: 7 }]);
  expect(Object.keys(pushed[0]?.fields ?? {})).toEqual(['name']);
  expect(desk.cache.record('customer', customer)).toMatchObject({
    name: '改名',
    shoeSize: { eu: 44 },
  });
});

test('a refusal for a reason that the desk does not know stands before its author', async () => {
  const desk = await deskInSync();
  refuse = {
    outcome: 'rejected',
    version: null,
    reason: 'of-the-moon',
    message: 'x'.repeat(100_000),
  };
  const id = newId();
  desk.cache.change([{ entity: 'customer', id, fields: customerFields() }], desk.user.id);
  const { refused } = await desk.until((status) => status.refused.length > 0);
  expect(refused).toMatchObject([{ entityId: id, reason: 'conflict', message: null }]);
  await desk.until(isIdle);
});
