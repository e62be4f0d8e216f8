import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cache } from '#electron/cache/cache.ts';
import { connect } from '#electron/cache/file/connection.ts';
import { cardSchema, journalEntrySchema } from '#shared/contract/models/records.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import {
  callFields,
  changeOf,
  contactFields,
  customerFields,
  newId,
  openedCache,
  phoneFields,
  taskFields,
  temporaryFolder,
  testKey,
  testUserId,
  ticketFields,
  wrapUpFields,
} from '#tests/support/cacheFixture.ts';

let folder: ReturnType<typeof temporaryFolder>;
let cache: Cache;

beforeEach(async () => {
  folder = temporaryFolder();
  cache = await openedCache(folder.path);
});
afterEach(async () => {
  await cache.close();
  folder.remove();
});

const number = (text: string) => parseNumber(text, { country: 'CN' });
const address = { kind: 'address', label: 'home', normal: null, preferred: false } as const;

describe('candidates', () => {
  test('the same number is exact, whoever has it; the newest contact first', async () => {
    const [first, second] = [newId(), newId()];
    await cache.apply(
      [
        changeOf('customer', first, customerFields({ name: '王芳' })),
        changeOf('customer', second, customerFields({ name: '李强', kind: 'company' })),
        changeOf('contactPoint', newId(), phoneFields(first, '+8613800138000')),
        changeOf('contactPoint', newId(), phoneFields(second, '+8613800138000')),
        changeOf('contact', newId(), contactFields(first, 1000)),
        changeOf('contact', newId(), contactFields(second, 2000)),
        changeOf('ticket', newId(), ticketFields({ customerId: second })),
        changeOf('ticket', newId(), ticketFields({ customerId: second, state: 'closed' })),
        changeOf('contactPoint', newId(), { ...phoneFields(second, ''), ...address, raw: '北京' }),
      ],
      null,
      0,
    );

    expect(cache.candidates(number('0086 138 0013 8000'))).toMatchObject([
      {
        customerId: second,
        certainty: 'exact',
        kind: 'company',
        lastContactAt: 2000,
        openTickets: 1,
        place: '北京',
      },
      { customerId: first, certainty: 'exact', lastContactAt: 1000, openTickets: 0, place: null },
    ]);
  });

  test('an incomplete number finds maybes, a complete one that merely ends alike does not', async () => {
    const id = newId();
    await cache.apply(
      [
        changeOf('customer', id, customerFields()),
        changeOf('contactPoint', newId(), phoneFields(id, '+861062345678')),
      ],
      null,
      0,
    );

    expect(cache.candidates(number('62345678'))).toMatchObject([{ certainty: 'maybe' }]);
    expect(cache.candidates(number('+862162345678'))).toEqual([]);
    expect(cache.candidates(number('anonymous'))).toEqual([]);
  });

  test('whoever has the very number leaves out those who share its last digits', async () => {
    const [known, alike] = [newId(), newId()];
    const incomplete = { raw: '62345678', normal: null };
    await cache.apply(
      [
        changeOf('customer', known, customerFields()),
        changeOf('contactPoint', newId(), phoneFields(known, '+862162345678')),
        changeOf('customer', alike, customerFields()),
        changeOf('contactPoint', newId(), phoneFields(alike, '', incomplete)),
      ],
      null,
      0,
    );

    expect(cache.candidates(number('+862162345678'))).toMatchObject([
      { customerId: known, certainty: 'exact' },
    ]);
    expect(cache.candidates(number('+861062345678'))).toMatchObject([
      { customerId: alike, certainty: 'maybe' },
    ]);
  });

  test('names are those of all who have the very number, and of nobody who is only like it', async () => {
    const [one, other, line] = [newId(), newId(), newId()];
    const at = (id: string, extension: string | null) =>
      changeOf('contactPoint', newId(), phoneFields(id, '+862162345678', { extension }));
    await cache.apply(
      [
        changeOf('customer', one, customerFields({ name: 'One' })),
        changeOf('customer', other, customerFields({ name: 'Other' })),
        changeOf('customer', line, customerFields({ name: 'Line 9' })),
        ...[at(one, null), at(one, null), at(other, '8'), at(line, '9')],
      ],
      null,
      0,
    );
    const namesOf = (text: string) =>
      cache
        .customersWith(number(text))
        .map(({ name }) => name)
        .sort();
    expect(namesOf('+862162345678')).toEqual(['Line 9', 'One', 'Other']);
    expect(namesOf('+862162345678 ext. 8')).toEqual(['One', 'Other']);
    expect(namesOf('62345678')).toEqual([]);
  });

  test('a retired number finds nobody', async () => {
    const id = newId();
    await cache.apply(
      [
        changeOf('customer', id, customerFields()),
        changeOf('contactPoint', newId(), phoneFields(id, '+8613800138000', { retired: true })),
      ],
      null,
      0,
    );
    expect(cache.candidates(number('13800138000'))).toEqual([]);
  });
});

test('the card holds the newest twenty entries, open tickets, open tasks and orders', async () => {
  const id = newId();
  const entries = Array.from({ length: 30 }, (_, at) =>
    changeOf('contact', newId(), contactFields(id, at + 1)),
  );
  await cache.apply(
    [
      changeOf(
        'customer',
        id,
        customerFields({
          tags: ['vip'],
          profile: { city: { value: '上海', verifiedOn: null, source: 'call' } },
        }),
      ),
      changeOf('contactPoint', newId(), phoneFields(id, '+8613800138000')),
      changeOf('ticket', newId(), ticketFields({ customerId: id, subject: 'open' })),
      changeOf('ticket', newId(), ticketFields({ customerId: id, state: 'resolved' })),
      changeOf('task', newId(), taskFields({ customerId: id, title: 'promise' })),
      changeOf('task', newId(), taskFields({ customerId: id, state: 'done' })),
      changeOf('order', newId(), {
        customerId: id,
        no: 'O-1',
        at: 5,
        title: 'Kettle',
        amount: { minor: 12_900, currency: 'CNY' },
        state: 'shipped',
      }),
      ...entries,
    ],
    null,
    0,
  );

  const card = cardSchema.parse(cache.card(id));
  expect(card.customer).toMatchObject({ id, name: '张伟', tags: ['vip'] });
  expect(card.customer.profile.city?.value).toBe('上海');
  expect(card.contactPoints).toMatchObject([{ display: '138 0013 8000', preferred: true }]);
  expect(card.timeline.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, i) => 30 - i));
  expect(card.timelineTotal).toBe(30);
  expect(card.openTickets).toMatchObject([
    { subject: 'open', customerName: '张伟', waiting: false },
  ]);
  expect(card.promises).toMatchObject([{ title: 'promise', waiting: false }]);
  expect(card.orders).toMatchObject([{ amount: { minor: 12_900, currency: 'CNY' } }]);
  expect(cache.timeline(id, 11, 50)).toHaveLength(10);
  expect(cache.card(newId())).toBeNull();
});

test('reads that belong together see one state, whatever is written meanwhile', async () => {
  const id = newId();
  await cache.apply([changeOf('customer', id, customerFields({ name: '王芳' }))], null, 0);
  const other = connect(
    { file: join(folder.path, 'desk.db'), key: testKey },
    { cacheKiB: 1024, checkpointPages: 0 },
  );
  const name = () => cache.record('customer', id)?.name;

  const seen = cache.together(() => {
    const before = name();
    other.prepare(`UPDATE customer SET "name" = '王芬' WHERE "id" = ?`).run(id);
    return [before, name()];
  });

  other.close();
  expect(seen).toEqual(['王芳', '王芳']);
  expect(name()).toBe('王芬');
});

test('the journal joins call, wrap-up, tickets and follow-up', async () => {
  const [callId, customerId, ticketId, linkedId] = [newId(), newId(), newId(), newId()];
  await cache.apply(
    [
      changeOf('customer', customerId, customerFields()),
      changeOf('call', callId, callFields({ customerId, heldMs: 10_000 })),
      changeOf('wrapUp', newId(), wrapUpFields(callId, { ticketIds: [linkedId] })),
      changeOf('ticket', ticketId, ticketFields({ callId, subject: 'of the call' })),
      changeOf('ticket', linkedId, ticketFields({ subject: 'linked' })),
      changeOf('task', newId(), taskFields({ callId, title: 'follow up' })),
    ],
    null,
    0,
  );

  const [entry] = cache.journal(testUserId, 10).map((one) => journalEntrySchema.parse(one));
  expect(entry).toMatchObject({
    callId,
    customerName: '张伟',
    numberDisplay: '138 0013 8000',
    talkMs: 50_000,
    wrapUp: { ticketIds: [linkedId] },
    followUp: { title: 'follow up' },
  });
  expect(entry?.tickets.map(({ subject }) => subject).sort()).toEqual(['linked', 'of the call']);
  expect(cache.journal(newId(), 10)).toEqual([]);
  expect(cache.team(10).calls).toHaveLength(1);
});

test('a call waits for its wrap-up until there is one, whichever arrives first', async () => {
  const [early, late, missed, running] = [newId(), newId(), newId(), newId()];
  await cache.apply(
    [
      changeOf('wrapUp', newId(), wrapUpFields(early)),
      changeOf('call', early, callFields()),
      changeOf('call', late, callFields()),
      changeOf('call', missed, callFields({ answeredAt: null, result: 'missed' })),
      changeOf('call', running, callFields({ endedAt: null, endedBy: null, result: null })),
    ],
    null,
    0,
  );

  expect(cache.callsWithoutWrapUp(testUserId, 10)).toMatchObject([{ callId: late }]);
  expect(cache.callsWithoutEnd(testUserId, 10)).toMatchObject([{ callId: running }]);

  const wrapUpId = newId();
  cache.change([{ entity: 'wrapUp', id: wrapUpId, fields: wrapUpFields(late) }], testUserId);
  expect(cache.callsWithoutWrapUp(testUserId, 10)).toEqual([]);
});

test('a call between colleagues is kept for dialling again, but is no entry and waits for no wrap-up', async () => {
  const [own, colleague, old] = [newId(), newId(), newId()];
  const report = {
    codec: 'opus',
    path: 'host/host udp',
    mos: { average: 4.3, lowest: 4 },
    packetsReceived: 100,
    packetsLost: 1,
    jitterMs: 3,
    roundTripMs: 20,
    poorMs: 0,
    states: [{ state: 'talking', at: 1 }],
  };
  const recordingGaps = [{ from: 1, to: 2 }];
  const { report: _, recordingGaps: __, kind: ___, ...ofBefore } = callFields({ offeredAt: 1 });
  await cache.apply(
    [
      changeOf('call', own, callFields({ offeredAt: 3, report, recordingGaps })),
      changeOf('call', colleague, callFields({ offeredAt: 2, kind: 'colleague' })),
      { ...changeOf('call', old, callFields()), fields: ofBefore },
    ],
    null,
    0,
  );

  const recent = cache.recentCalls(testUserId, 10);
  expect(recent.map(({ callId }) => callId)).toEqual([own, colleague, old]);
  expect(recent[0]?.fields).toMatchObject({ report, recordingGaps });
  expect(recent[2]?.fields).toMatchObject({ report: null, recordingGaps: [], kind: 'customer' });
  expect(cache.record('call', own)).toMatchObject({ report, recordingGaps });
  expect(cache.journal(testUserId, 10).map(({ callId }) => callId)).toEqual([own, old]);
  expect(cache.callsWithoutWrapUp(testUserId, 10)).toHaveLength(2);
});

test('a change of one field of a call leaves its report and its gaps alone', () => {
  const id = newId();
  const recordingGaps = [{ from: 1, to: 2 }];
  cache.change([{ entity: 'call', id, fields: callFields({ recordingGaps }) }], testUserId);
  cache.change([{ entity: 'call', id, fields: { queueId: 'sales' } }], testUserId);
  expect(cache.record('call', id)).toMatchObject({ queueId: 'sales', recordingGaps });
  expect(cache.nextOperations(10).at(-1)?.fields).toEqual({ queueId: 'sales' });
});

test('colleagues are the active users with an extension, with what they do now', async () => {
  const [ready, gone, away] = [newId(), newId(), newId()];
  const user = (name: string, extension: string | null, active = true) => ({
    login: name,
    name,
    role: 'agent' as const,
    teamId: 'east',
    extension,
    queueIds: [],
    active,
  });
  const presence = { userId: ready, name: 'A', state: 'ready', reason: null, since: 5 } as const;
  await cache.apply(
    [
      changeOf('user', ready, user('A', '2041')),
      changeOf('user', away, user('B', '2042')),
      changeOf('user', gone, user('C', '2043', false)),
      changeOf('user', newId(), user('D', null)),
      changeOf('presence', ready, { ...presence, callId: null, customerName: null, queueId: null }),
    ],
    null,
    0,
  );
  expect(cache.colleagues()).toEqual([
    {
      ...{ id: ready, name: 'A', teamId: 'east', extension: '2041', role: 'agent' },
      ...{ state: 'ready', reason: null, since: 5 },
    },
    {
      ...{ id: away, name: 'B', teamId: 'east', extension: '2042', role: 'agent' },
      ...{ state: null, reason: null, since: null },
    },
  ]);
});

test('tickets show what waits for the server, in each view', () => {
  const id = newId();
  cache.change(
    [
      { entity: 'ticket', id, fields: ticketFields() },
      {
        entity: 'ticketEvent',
        id: newId(),
        fields: {
          ticketId: id,
          name: 'ticket.created',
          at: 1,
          byId: testUserId,
          byName: 'Li Na',
          note: null,
        },
      },
    ],
    testUserId,
  );

  for (const view of ['mine', 'open', 'all'] as const) {
    expect(cache.tickets(view, testUserId, 10)).toMatchObject([{ id, waiting: true }]);
  }
  expect(cache.tickets('mine', newId(), 10)).toEqual([]);
  expect(cache.ticket(id)).toMatchObject({
    ticket: { id, waiting: true, no: null },
    events: [{ name: 'ticket.created', waiting: true }],
  });
});
