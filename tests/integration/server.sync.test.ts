import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '#server/server.ts';
import { maxDriftMs } from '#shared/sync/clock.ts';
import { type Backend, backendNames, startBackend } from '../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  stampAt,
  taskFields,
  ticketFields,
  wrapUpFields,
} from '../support/serverClient.ts';

describe.each(backendNames)('sync on %s', (name) => {
  let backend: Backend;
  let server: RunningServer;
  let agent: ServerClient;
  let other: ServerClient;
  let me: string;
  let you: string;

  beforeAll(async () => {
    backend = await startBackend(name);
    server = await startServer(backend.options());
    agent = new ServerClient(server.url);
    other = new ServerClient(server.url);
    me = (await agent.signIn('xu.jing')).user.id;
    you = (await other.signIn('chen.hao')).user.id;
  });

  afterAll(async () => {
    await server?.stop();
    await backend?.stop();
  });

  async function recordOf(id: string) {
    const { changes } = await agent.pullAll();
    const found = changes.filter((change) => change.id === id);
    expect(found.length).toBeLessThanOrEqual(1);
    return found[0];
  }

  test('a pushed customer comes back by pull', async () => {
    const tip = await agent.tip();
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    const [result] = await agent.push(made);
    expect(result).toEqual({
      operationId: made.id,
      outcome: 'applied',
      version: 1,
      reason: null,
      message: null,
    });
    const { changes } = await agent.pullAll(tip);
    expect(changes).toEqual([
      {
        entity: 'customer',
        id: made.entityId,
        version: 1,
        fields: customerFields(),
        clocks: Object.fromEntries(Object.keys(customerFields()).map((key) => [key, made.clock])),
        withdrawn: false,
      },
    ]);
  });

  test('the practice sample is there, each record once, page by page', async () => {
    const whole = await agent.pullAll();
    const paged = await agent.pullAll(null, 7);
    expect(paged.changes).toEqual(whole.changes);
    expect(paged.cursor).toBe(whole.cursor);
    expect(whole.changes.filter((change) => change.entity === 'setting')).toHaveLength(1);
    expect(new Set(whole.changes.map((change) => `${change.entity} ${change.id}`)).size).toBe(
      whole.changes.length,
    );
  });

  test('an empty page repeats the cursor', async () => {
    const tip = await agent.tip();
    expect(await agent.pull(tip)).toMatchObject({ changes: [], cursor: tip, more: false });
  });

  test.each(['99999999999999999999.1', '1.99999999999999999999'])(
    'a cursor that no server gave is refused: %s',
    async (cursor) => {
      const body = { deviceId: 'desk0001', cursor, limit: 10 };
      const answer = await agent.call('POST', '/api/sync/pull', body);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } });
    },
  );

  describe('exactly once', () => {
    test('a repeated push gives the same answers and changes nothing', async () => {
      const id = uuidv7();
      const operations = [
        operationBy(me, { entity: 'customer', entityId: id, fields: customerFields('First') }),
        operationBy(me, { entity: 'customer', entityId: id, fields: { name: 'Second' } }),
        operationBy(me, { entity: 'user', fields: { name: 'Nobody' } }),
      ];
      const first = await agent.push(...operations);
      expect(first.map((result) => result.outcome)).toEqual(['applied', 'applied', 'rejected']);
      const tip = await agent.tip();
      expect(await agent.push(...operations)).toEqual(first);
      expect(await agent.push(...operations.toReversed())).toEqual(first.toReversed());
      expect((await agent.pullAll(tip)).changes).toEqual([]);
    });

    test('the same push side by side is applied once', async () => {
      const made = operationBy(me, { entity: 'ticket', fields: ticketFields(me) });
      const answers = await Promise.all(Array.from({ length: 6 }, () => agent.push(made)));
      expect(new Set(answers.map((results) => JSON.stringify(results))).size).toBe(1);
      expect(await recordOf(made.entityId)).toMatchObject({ version: 1 });
    });

    test('an operation id is safe from others', async () => {
      const made = operationBy(me, { entity: 'customer', fields: customerFields() });
      const [forged] = await other.push({ ...made, fields: customerFields('Forged') });
      expect(forged).toMatchObject({ outcome: 'rejected', reason: 'not-yours', version: null });
      const [stolen] = await other.push({ ...made, authorId: you, fields: customerFields('Mine') });
      expect(stolen).toMatchObject({ outcome: 'applied' });
      const [late] = await agent.push(made);
      expect(late).toMatchObject({ outcome: 'rejected', reason: 'not-yours' });
    });

    test('an author who comes back may still push what someone else brought in vain', async () => {
      const made = operationBy(me, { entity: 'customer', fields: customerFields() });
      await other.push(made);
      expect(await agent.push(made)).toMatchObject([{ outcome: 'applied' }]);
    });
  });

  describe('merge', () => {
    test.each(['early first', 'late first'])(
      'the later stamp wins per field, %s',
      async (order) => {
        const entityId = uuidv7();
        const base = Date.now() - 10_000;
        await agent.push(
          operationBy(me, {
            entity: 'customer',
            entityId,
            fields: customerFields(),
            clock: stampAt(base),
          }),
        );
        const early = operationBy(me, {
          entity: 'customer',
          entityId,
          fields: { name: 'Early', pinnedNote: 'kept' },
          clock: stampAt(base + 1_000),
        });
        const late = operationBy(you, {
          entity: 'customer',
          entityId,
          fields: { name: 'Late', valueClass: 'A' },
          clock: stampAt(base + 2_000, 'desk0002'),
        });
        const results =
          order === 'early first'
            ? [...(await agent.push(early)), ...(await other.push(late))]
            : [...(await other.push(late)), ...(await agent.push(early))];
        expect(results.map((result) => result.outcome)).toEqual(
          order === 'early first' ? ['applied', 'applied'] : ['applied', 'merged'],
        );
        expect(await recordOf(entityId)).toMatchObject({
          version: 3,
          fields: { name: 'Late', valueClass: 'A', pinnedNote: 'kept' },
          clocks: { name: late.clock, pinnedNote: early.clock },
        });
      },
    );

    test('a change that lost every field moves nothing', async () => {
      const made = operationBy(me, { entity: 'customer', fields: customerFields('Now') });
      await agent.push(made);
      const tip = await agent.tip();
      const stale = operationBy(me, {
        entity: 'customer',
        entityId: made.entityId,
        fields: { name: 'Before' },
        clock: stampAt(Date.now() - 3_600_000),
      });
      expect(await agent.push(stale)).toMatchObject([{ outcome: 'merged', version: 1 }]);
      expect((await agent.pullAll(tip)).changes).toEqual([]);
    });

    test('any order of the same changes ends in the same record', async () => {
      const names = fc.constantFrom('name', 'pinnedNote', 'createdBy');
      const changes = fc.uniqueArray(
        fc.record({
          fields: fc.dictionary(names, fc.string({ minLength: 1 }).filter(isStorable), {
            minKeys: 1,
          }),
        }),
        { minLength: 2, maxLength: 4, selector: (change) => JSON.stringify(change) },
      );
      await fc.assert(
        fc.asyncProperty(
          changes.chain((list) => fc.tuple(fc.constant(list), shuffled(list))),
          async ([list, reordered]) => {
            const base = Date.now() - 100_000;
            const clocks = new Map(list.map((change, index) => [change, stampAt(base + index)]));
            const run = async (order: typeof list) => {
              const entityId = uuidv7();
              const first = {
                entity: 'customer',
                entityId,
                fields: customerFields(),
                clock: stampAt(base - 1),
              };
              const rest = order.map((change) => ({
                entity: 'customer',
                entityId,
                fields: change.fields,
                clock: clocks.get(change) ?? '',
              }));
              await agent.push(...[first, ...rest].map((parts) => operationBy(me, parts)));
              return (await recordOf(entityId))?.fields;
            };
            expect(await run(list)).toEqual(await run(reordered));
          },
        ),
        { numRuns: 8 },
      );
    });

    test('fields that the server does not know are kept', async () => {
      const fields = { ...customerFields(), shoeSize: { eu: 44 } };
      const made = operationBy(me, { entity: 'customer', fields });
      await agent.push(made);
      await agent.push(
        operationBy(me, { entity: 'customer', entityId: made.entityId, fields: { name: 'New' } }),
      );
      expect((await recordOf(made.entityId))?.fields).toMatchObject({
        name: 'New',
        shoeSize: { eu: 44 },
      });
    });

    test('a stamp far ahead is replaced by one of the server', async () => {
      const made = operationBy(me, { entity: 'customer', fields: customerFields() });
      const ahead = stampAt(Date.now() + maxDriftMs + 3_600_000);
      const results = await agent.push(
        made,
        operationBy(me, {
          entity: 'customer',
          entityId: made.entityId,
          fields: { name: 'Ahead' },
          clock: ahead,
        }),
      );
      expect(results.map((result) => result.outcome)).toEqual(['applied', 'merged']);
      const record = await recordOf(made.entityId);
      expect(record?.fields.name).toBe('Ahead');
      expect(record?.clocks.name).toContain('server');
      const [next] = await agent.push(
        operationBy(me, {
          entity: 'customer',
          entityId: made.entityId,
          fields: { name: 'After' },
          clock: stampAt(Date.now() + 1_000),
        }),
      );
      expect(next?.outcome).toBe('applied');
    });
  });

  test('an appended record is written once', async () => {
    const made = operationBy(me, {
      entity: 'ticketEvent',
      fields: { ...ticketEventOf(me), note: 'First' },
    });
    const again = operationBy(me, {
      entity: 'ticketEvent',
      entityId: made.entityId,
      fields: { note: 'Second' },
    });
    expect(await agent.push(made, again)).toMatchObject([
      { outcome: 'applied', version: 1 },
      { outcome: 'applied', version: 1 },
    ]);
    expect(await recordOf(made.entityId)).toMatchObject({
      version: 1,
      fields: { note: 'First' },
    });
  });

  describe('ticket numbers', () => {
    test('are given by the server, one after another, and reach the desk by pull', async () => {
      const tickets = [1, 2, 3].map(() =>
        operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
      );
      await agent.push(...tickets);
      const records = await Promise.all(tickets.map((ticket) => recordOf(ticket.entityId)));
      const numbers = records.map((record) => Number(record?.fields.no));
      expect(String(numbers[0])).toMatch(new RegExp(`^${new Date().getFullYear()}\\d{7}$`));
      const [first = 0] = numbers;
      expect(numbers).toEqual([first, first + 1, first + 2]);
      expect(records[0]?.clocks.no).toContain('server');
    });

    test('are distinct also from many desks at once, and go on above the sample', async () => {
      const taken = (await agent.pullAll()).changes.filter((change) => change.entity === 'ticket');
      const tickets = Array.from({ length: 8 }, () =>
        operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
      );
      await Promise.all(tickets.map((ticket) => agent.push(ticket)));
      const all = (await agent.pullAll()).changes.filter((change) => change.entity === 'ticket');
      expect(all).toHaveLength(taken.length + 8);
      expect(new Set(all.map((ticket) => ticket.fields.no)).size).toBe(all.length);
    });

    test('are not the desk’s to change', async () => {
      const made = operationBy(me, {
        entity: 'ticket',
        fields: { ...ticketFields(me), no: '20269999999' },
      });
      await agent.push(made);
      const given = (await recordOf(made.entityId))?.fields.no;
      expect(given).not.toBe('20269999999');
      const [result] = await agent.push(
        operationBy(me, {
          entity: 'ticket',
          entityId: made.entityId,
          fields: { no: null, subject: 'Other' },
          clock: stampAt(Date.now() + 5_000),
        }),
      );
      expect(result).toMatchObject({ outcome: 'merged', version: 2 });
      expect((await recordOf(made.entityId))?.fields).toMatchObject({
        no: given,
        subject: 'Other',
      });
    });
  });

  describe('refused', () => {
    const withoutName = Object.fromEntries(
      Object.entries(customerFields()).filter(([key]) => key !== 'name'),
    );

    test.each([
      ['unknown-entity', 'spaceship', () => ({ fields: { name: 'x' } }), ''],
      ['forbidden', 'setting', () => ({ fields: { key: 'configuration' } }), 'setting'],
      ['forbidden', 'user', () => ({ fields: { role: 'administrator' } }), 'user'],
      ['invalid-fields', 'customer', () => ({ fields: withoutName }), 'name'],
      [
        'invalid-fields',
        'customer',
        () => ({ fields: { ...customerFields(), kind: 'robot' } }),
        'kind',
      ],
      ['invalid-fields', 'customer', () => ({ fields: customerFields('a\0b') }), 'name'],
      [
        'invalid-fields',
        'customer',
        () => ({ fields: { ...customerFields(), x: ['\ud800'] } }),
        'x.0',
      ],
      ['invalid-fields', 'customer', () => ({ fields: { ...customerFields(), 'a\0': 1 } }), 'name'],
      [
        'invalid-fields',
        'customer',
        () => ({ fields: { ...customerFields(), x: nested(30) } }),
        'x',
      ],
      [
        'invalid-fields',
        'customer',
        () => ({ fields: { ...customerFields(), x: 'x'.repeat(1_048_576) } }),
        'larger',
      ],
      ['not-yours', 'wrapUp', () => ({ fields: wrapUpFields(you) }), ''],
      ['not-yours', 'presence', () => ({ entityId: me, fields: presenceOf(you) }), ''],
      ['not-yours', 'presence', () => ({ entityId: uuidv7(), fields: presenceOf(me) }), ''],
      ['not-yours', 'agentInterval', () => ({ fields: intervalOf(you) }), ''],
      ['not-yours', 'ticketEvent', () => ({ fields: ticketEventOf(you) }), ''],
    ])('%s: %s (%#)', async (reason, entity, parts, message) => {
      const bad = operationBy(me, { entity, ...parts() });
      const good = operationBy(me, { entity: 'customer', fields: customerFields() });
      const results = await agent.push(bad, good);
      expect(results).toMatchObject([
        { outcome: 'rejected', reason, version: null, message: expect.stringContaining(message) },
        { outcome: 'applied' },
      ]);
      expect(await agent.push(bad)).toEqual(results.slice(0, 1));
      const { changes } = await agent.pullAll();
      expect(
        changes.filter((change) => change.entity === entity && change.id === bad.entityId),
      ).toEqual([]);
    });

    test('a change with a wrong field leaves the record as it was', async () => {
      const made = operationBy(me, { entity: 'customer', fields: customerFields() });
      const bad = operationBy(me, {
        entity: 'customer',
        entityId: made.entityId,
        fields: { pinnedNote: 'new', since: '2026-02-30' },
      });
      expect(await agent.push(made, bad)).toMatchObject([
        { outcome: 'applied' },
        { outcome: 'rejected', reason: 'invalid-fields', version: 1 },
      ]);
      expect(await recordOf(made.entityId)).toMatchObject({ fields: customerFields() });
    });

    test('a wrap-up belongs to its author', async () => {
      const made = operationBy(me, { entity: 'wrapUp', fields: wrapUpFields(me) });
      await agent.push(made);
      const { entityId } = made;
      const taken = operationBy(you, { entity: 'wrapUp', entityId, fields: { notes: 'Mine' } });
      const given = operationBy(me, { entity: 'wrapUp', entityId, fields: { agentId: you } });
      const edited = operationBy(me, { entity: 'wrapUp', entityId, fields: { notes: 'Better' } });
      expect(await other.push(taken)).toMatchObject([{ reason: 'not-yours', version: 1 }]);
      expect(await agent.push(given)).toMatchObject([{ reason: 'not-yours', version: 1 }]);
      expect(await agent.push(edited)).toMatchObject([{ outcome: 'applied', version: 2 }]);
    });

    test('one’s own presence and intervals are one’s own', async () => {
      const results = await agent.push(
        operationBy(me, { entity: 'presence', entityId: me, fields: presenceOf(me) }),
        operationBy(me, { entity: 'agentInterval', fields: intervalOf(me) }),
        operationBy(me, { entity: 'ticketEvent', fields: ticketEventOf(me) }),
        operationBy(me, { entity: 'task', fields: taskFields(you) }),
      );
      expect(results.map((result) => result.outcome)).toEqual(Array(4).fill('applied'));
    });
  });

  test('everybody sees the same records, and no secret among them', async () => {
    const supervisor = new ServerClient(server.url);
    await supervisor.signIn('wu.min');
    const { changes } = await supervisor.pullAll();
    expect(changes).toEqual((await agent.pullAll()).changes);
    const users = changes.filter((change) => change.entity === 'user');
    expect(users.length).toBeGreaterThan(10);
    expect(new Set(users.flatMap((user) => Object.keys(user.fields)))).toEqual(
      new Set(['login', 'name', 'role', 'teamId', 'extension', 'queueIds', 'active']),
    );
  });
});

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length });
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { x: nested(levels - 1) };
}

function presenceOf(userId: string) {
  return {
    userId,
    name: '徐静',
    state: 'ready',
    reason: null,
    since: 1,
    callId: null,
    customerName: null,
    queueId: null,
  };
}

function intervalOf(userId: string) {
  return { userId, state: 'ready', reason: null, from: 1, to: 2 };
}

function ticketEventOf(byId: string) {
  return {
    ticketId: uuidv7(),
    name: 'ticket.noted',
    at: 1,
    byId,
    byName: '徐静',
    note: null,
  };
}
