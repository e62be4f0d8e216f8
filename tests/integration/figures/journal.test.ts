import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#server/accounts/accounts.ts';
import { takeEvents } from '#server/callEvents/takeEvents.ts';
import { createJournal, type Journal } from '#server/journal/journal.ts';
import { createRecordings } from '#server/journal/recordings.ts';
import { waveHead } from '#server/practice/media/waveFile.ts';
import { type RunningServer, startServer } from '#server/server.ts';
import { insertRecords } from '#server/store/records.ts';
import { openStore, type Store } from '#server/store/store.ts';
import { type Call, callSchema } from '#shared/domain/calls/call.ts';
import type { CallEvent } from '#shared/domain/metrics/callEvents.ts';
import type { Role } from '#shared/domain/permissions.ts';
import { createClock } from '#shared/sync/clock.ts';
import {
  type JournalCursor,
  type JournalPage,
  type JournalRow,
  journalFilterSchema,
  type RecordingInfo,
} from '#shared/sync/journal.ts';
import { type Backend, backendNames, startBackend } from '../../support/serverBackends.ts';
import { operationBy, ServerClient } from '../../support/serverClient.ts';

const start = Date.UTC(2026, 10, 20, 8);
const minuteMs = 60_000;
const ids = { priya: uuidv7(), hao: uuidv7(), keller: uuidv7() };

function aCall(parts: Partial<Call>): Call {
  return callSchema.parse({
    ...{ callRef: uuidv7(), direction: 'in', queueId: 'support', numberRaw: '13800138000' },
    ...{ numberKey: '+8613800138000', callerName: null, customerId: null, agentId: ids.priya },
    ...{ offeredAt: start, answeredAt: null, endedAt: start, endedBy: null, result: 'missed' },
    ...{ waitedMs: 1_000, heldMs: 0 },
    ...parts,
  });
}

function answered(minute: number, talkMs: number, parts: Partial<Call> = {}): Call {
  const offeredAt = start + minute * minuteMs;
  return aCall({
    ...{ offeredAt, answeredAt: offeredAt + 5_000, endedAt: offeredAt + 5_000 + talkMs },
    ...{ result: 'answered', endedBy: 'customer' },
    ...parts,
  });
}

/** A file of so many seconds, half of them loud. */
function sound(seconds: number): Buffer {
  const bytes = Buffer.alloc(seconds * 8_000, 0xff);
  bytes.fill(0x80, 0, bytes.length / 2);
  return Buffer.concat([waveHead(bytes.length), bytes]);
}

describe.each(backendNames)('the journal on %s', (name) => {
  let backend: Backend;
  let store: Store;
  let journal: Journal;
  let directory: string;
  const calls = new Map<string, Call>([
    [uuidv7(), answered(1, 20_000, { callRef: 'c1', customerId: ids.keller })],
    [uuidv7(), aCall({ callRef: 'c2', offeredAt: start + 2 * minuteMs })],
    [uuidv7(), answered(3, 200_000, { callRef: 'c3', agentId: ids.hao, queueId: 'sales' })],
    [uuidv7(), answered(3, 90_000, { callRef: 'c4', direction: 'out', queueId: null })],
    [uuidv7(), answered(7, 90_000, { callRef: 'c5', numberKey: '+861012345678' })],
    [uuidv7(), answered(8, 9_000, { callRef: 'x1', kind: 'colleague' })],
  ]);
  const idOf = (ref: string) => [...calls].find(([, { callRef }]) => callRef === ref)?.[0] ?? '';

  function told(minute: number, event: Record<string, unknown>): CallEvent {
    const at = start + minute * minuteMs;
    return { id: uuidv7(), at, source: 'pbx', ...event } as CallEvent;
  }

  beforeAll(async () => {
    backend = await startBackend(name);
    store = await openStore(backend.options().database);
    directory = await mkdtemp(join(tmpdir(), 'switchboard-recordings-'));
    await writeFile(join(directory, 'c1.wav'), sound(4));
    await mkdir(join(directory, '2026-11-20'));
    await writeFile(join(directory, '2026-11-20', 'c3.wav'), sound(2));
    const wrapUp = {
      ...{ callId: idOf('c1'), customerId: ids.keller, agentId: ids.priya, agentName: 'Priya' },
      ...{ dispositionId: 'heating.leak', result: 'resolved', notes: 'Bled it', followUpAt: null },
      ...{ ticketIds: [], afterCallMs: 9_000, savedAt: start + 3 * minuteMs },
    };
    const ticket = { callId: idOf('c1'), no: '2026001', subject: 'Leak' };
    const clock = createClock('test', () => start);
    await store.db
      .transaction()
      .execute((tx) =>
        insertRecords(
          tx,
          [
            ...[...calls].map(([id, fields]) => ({ entity: 'call', id, fields: { ...fields } })),
            { entity: 'customer', id: ids.keller, fields: { name: 'Maria Keller' } },
            { entity: 'user', id: ids.priya, fields: { name: 'Priya Nair' } },
            { entity: 'wrapUp', id: uuidv7(), fields: wrapUp },
            { entity: 'ticket', id: uuidv7(), fields: ticket },
          ],
          clock.tick(),
          start,
        ),
      );
    const events = [
      told(5, { name: 'queue.entered', callRef: 'lone', queueId: 'sales', caller: '+4930555' }),
      told(6, { name: 'queue.left', callRef: 'lone', queueId: 'sales', how: 'abandoned' }),
      told(3, { name: 'queue.entered', callRef: 'c3', queueId: 'sales' }),
      told(4, { name: 'agent.answered', callRef: 'c3', queueId: 'sales', agentId: ids.hao }),
      told(4.5, { name: 'agent.held', callRef: 'c3', agentId: ids.hao }),
      told(4.75, { name: 'agent.resumed', callRef: 'c3', agentId: ids.hao }),
      told(5, { name: 'agent.left', callRef: 'c3', agentId: ids.hao, by: 'customer' }),
    ];
    await store.db.transaction().execute((tx) => takeEvents(tx, events, start));
    journal = createJournal({
      db: store.db,
      recordings: createRecordings(store.db, { directory }),
    });
  });
  afterAll(async () => {
    await store?.close();
    await backend?.stop();
    if (directory) await rm(directory, { recursive: true });
  });

  function callerOf(role: Role, id: string): Caller {
    const user = { id, login: 'x', name: 'X', role, teamId: null, extension: null, queueIds: [] };
    return { user, team: [], tokenHash: '', device: 'desk0001' };
  }
  const supervisor = callerOf('supervisor', uuidv7());
  const priya = callerOf('agent', ids.priya);
  const filterBy = (parts: object = {}) =>
    journalFilterSchema.parse({ from: start, to: start + 60 * minuteMs, ...parts });
  const refsOf = (rows: readonly JournalRow[]) => rows.map(({ callRef }) => callRef);

  async function everything(caller: Caller, parts: object, limit: number): Promise<JournalRow[]> {
    const rows: JournalRow[] = [];
    let after: JournalCursor | null = null;
    do {
      const page: JournalPage = await journal.page(caller, {
        filter: filterBy(parts),
        after,
        limit,
      });
      rows.push(...page.rows);
      after = page.next;
    } while (after);
    return rows;
  }

  test('pages of every length show each call once, those without a desk among them', async () => {
    const whole = refsOf(await everything(supervisor, {}, 50));
    expect(whole).toHaveLength(6);
    expect(whole.slice(0, 2)).toEqual(['c5', 'lone']);
    expect(whole.slice(-2)).toEqual(['c2', 'c1']);
    for (const limit of [1, 2, 3, 5, 6]) {
      expect(refsOf(await everything(supervisor, {}, limit))).toEqual(whole);
    }
  });

  test.each([
    ['queue', { queueId: 'sales' }, ['lone', 'c3']],
    ['agent', { agentId: ids.hao }, ['c3']],
    ['direction', { direction: 'out' }, ['c4']],
    ['result', { result: 'missed' }, ['c2']],
    ['what only the PBX saw', { result: 'abandoned' }, ['lone']],
    ['number, as it is written at home', { number: '010 1234' }, ['c5']],
    ['number of a caller that reached no desk', { number: '+49 30' }, ['lone']],
    ['customer', { customerId: ids.keller }, ['c1']],
    ['disposition', { dispositionIds: ['other', 'heating.leak'] }, ['c1']],
    ['talk at least', { talkAtLeastMs: 100_000 }, ['c3']],
    ['talk at most', { talkAtMostMs: 20_000 }, ['c1']],
    ['recorded', { recorded: true }, ['c3', 'c1']],
    ['days', { from: start + 4 * minuteMs }, ['c5', 'lone']],
    ['references', { callRefs: ['c2', 'lone'] }, ['lone', 'c2']],
  ])('filter: %s', async (_, parts, refs) => {
    expect(refsOf(await everything(supervisor, parts, 1))).toEqual(refs);
    expect(refsOf(await everything(supervisor, parts, 50))).toEqual(refs);
  });

  test('an agent sees own calls and no others', async () => {
    expect(refsOf(await everything(priya, {}, 50)).sort()).toEqual(['c1', 'c2', 'c4', 'c5']);
    expect(await everything(priya, { agentId: ids.hao }, 50)).toEqual([]);
    expect(await journal.journey(priya, 'c3')).toBeNull();
    expect(await journal.journey(priya, 'lone')).toBeNull();
    expect(await journal.journey(priya, 'c1')).toMatchObject({ parts: [{ callRef: 'c1' }] });
  });

  test('a row tells what came of the call', async () => {
    const [row] = await everything(supervisor, { callRefs: ['c1'] }, 5);
    expect(row).toMatchObject({
      ...{ customerName: 'Maria Keller', agentName: 'Priya Nair', talkMs: 20_000, recorded: true },
      ...{ wrapUp: { notes: 'Bled it' }, tickets: [{ no: '2026001', subject: 'Leak' }] },
    });
    const [lone] = await everything(supervisor, { callRefs: ['lone'] }, 5);
    expect(lone).toMatchObject({ callId: null, numberRaw: '+4930555', waitedMs: minuteMs });
  });

  test('a journey tells what happened when, and marks where in the recording', async () => {
    const journey = await journal.journey(supervisor, 'c3');
    expect(journey?.events.map(({ event }) => event.name)).toEqual([
      ...['queue.entered', 'agent.answered', 'agent.held', 'agent.resumed', 'agent.left'],
    ]);
    expect(journey?.recorded).toBe(true);
    const marks = await journal.marks('c3');
    const answeredAt = start + 3 * minuteMs + 5_000;
    const fromMs = start + 4.5 * minuteMs - answeredAt;
    expect(marks).toEqual([{ kind: 'held', fromMs, toMs: fromMs + 15_000 }]);
  });
});

describe.each(backendNames)('recordings on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let directory: string;
  const agent = { me: '', client: new ServerClient('') };
  let supervisor: ServerClient;
  const file = sound(4);

  beforeAll(async () => {
    backend = await startBackend(name);
    directory = await mkdtemp(join(tmpdir(), 'switchboard-recordings-'));
    await writeFile(join(directory, 'c1.wav'), file);
    await writeFile(join(directory, 'broken.wav'), 'no sound');
    await writeFile(join(directory, '..', 'outside.wav'), file);
    server = await startServer(backend.options({ recordingsDir: directory }));
    agent.client = new ServerClient(server.url);
    supervisor = new ServerClient(server.url);
    agent.me = (await agent.client.signIn('xu.jing')).user.id;
    await supervisor.signIn('wu.min');
    const fields = answered(1, 4_000, { callRef: 'c1', agentId: agent.me });
    await agent.client.push(operationBy(agent.me, { entity: 'call', fields: { ...fields } }));
  });
  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
    if (directory) {
      await rm(join(directory, '..', 'outside.wav'));
      await rm(directory, { recursive: true });
    }
  });

  function hear(
    client: ServerClient,
    callRef: string,
    { range, play = uuidv7() }: { range?: string; play?: string } = {},
  ): Promise<Response> {
    const where = `${server.url}/api/recordings/${encodeURIComponent(callRef)}/audio?play=${play}`;
    return fetch(where, {
      headers: { authorization: `Bearer ${client.token}`, ...(range ? { range } : {}) },
    });
  }

  const played = async () => {
    const answer = await supervisor.call<{ entries: { action: string }[] }>('GET', '/api/audit');
    return answer.body.entries.filter(({ action }) => action === 'recording.played');
  };

  test('its length and shape', async () => {
    const body = { callRef: 'c1' };
    for (const _ of ['made', 'kept']) {
      const answer = await supervisor.call<RecordingInfo>('POST', '/api/recordings/info', body);
      expect(answer.status).toBe(200);
      const { durationMs, bytes, peaks } = answer.body;
      expect({ durationMs, bytes, parts: peaks.length }).toEqual({
        ...{ durationMs: 4_000, bytes: file.length, parts: 1_200 },
      });
      expect([peaks[0], peaks[599], peaks[600], peaks[1_199]]).toEqual([250, 250, 0, 0]);
    }
  });

  test('is streamed whole and in ranges, and each play is written down once', async () => {
    const play = uuidv7();
    const whole = await hear(supervisor, 'c1', { play });
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(file);
    const part = await hear(supervisor, 'c1', { play, range: 'bytes=100-199' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${file.length}`);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(file.subarray(100, 200));
    const tail = await hear(supervisor, 'c1', { play, range: 'bytes=-10' });
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(file.subarray(-10));
    expect((await hear(supervisor, 'c1', { play, range: 'bytes=9999999-' })).status).toBe(416);
    expect(await played()).toMatchObject([{ callRef: 'c1', agentId: agent.me }]);
    await (await hear(supervisor, 'c1')).arrayBuffer();
    expect(await played()).toHaveLength(2);
  });

  test('is for those who may play it', async () => {
    expect((await hear(agent.client, 'c1')).status).toBe(403);
    const answer = await agent.client.call('POST', '/api/recordings/info', { callRef: 'c1' });
    expect(answer.status).toBe(403);
    expect((await hear(new ServerClient(server.url), 'c1')).status).toBe(401);
  });

  test.each(['../outside', '..%2Foutside', '/etc/passwd', '.', '..', 'c1.wav\0', 'c1/../c1', 'ñ'])(
    'leads to no other file: %j',
    async (callRef) => {
      const answer = await hear(supervisor, callRef);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );

  test('a file that is no sound is said to be none', async () => {
    const body = { callRef: 'broken' };
    expect((await supervisor.call('POST', '/api/recordings/info', body)).status).toBe(422);
  });

  test.each([
    ['no filter', {}],
    ['a cursor of nothing', { filter: { from: 0, to: 1 }, after: { at: -1, id: '' }, limit: 1 }],
    ['too many', { filter: { from: 0, to: 1 }, after: null, limit: 100_000 }],
    ['half a letter', { filter: { from: 0, to: 1, queueId: '\ud800' }, after: null, limit: 1 }],
    ['U+0000', { filter: { from: 0, to: 1, number: '1\0' }, after: null, limit: 1 }],
    ['no id', { filter: { from: 0, to: 1, agentId: "' or 1" }, after: null, limit: 1 }],
  ])('refuses %s', async (_, body) => {
    expect((await supervisor.call('POST', '/api/journal', body)).status).toBe(400);
  });

  test('takes what is odd but makes sense', async () => {
    const filter = { from: 0, to: 8e15, number: "%_'\\", queueId: "'; drop table record" };
    const body = { filter, after: { at: 0, id: "'" }, limit: 200 };
    const answer = await supervisor.call<JournalPage>('POST', '/api/journal', body);
    expect([answer.status, answer.body.rows]).toEqual([200, []]);
  });
});
