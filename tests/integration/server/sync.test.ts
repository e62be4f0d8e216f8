import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  ServerClient,
  stampAt,
  ticketFields,
} from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;
const you = practiceUser('chen.hao').id;

describe.each(backendNames)('sync on %s', (name) => {
  const server = testServer(name);
  const agent = server.desk('xu.jing');
  const other = server.desk('chen.hao');

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
    const { changes } = await agent.pullSettled(tip);
    // An empty profile has no keys, and so no stamps; the list that a record begins with has none.
    const bare = ['profile', 'tags'];
    const stamped = Object.keys(customerFields()).filter((key) => !bare.includes(key));
    expect(changes).toEqual([
      {
        entity: 'customer',
        id: made.entityId,
        version: 1,
        fields: customerFields(),
        clocks: Object.fromEntries(stamped.map((key) => [key, made.clock])),
        withdrawn: false,
      },
    ]);
  });

  test('the practice sample is there, each record once, page by page', async () => {
    await agent.tip();
    const whole = await agent.pullAll();
    const paged = await agent.pullAll(null, 7);
    expect(paged.changes).toEqual(whole.changes);
    expect(paged.cursor).toBe(whole.cursor);
    expect(whole.changes.filter((change) => change.entity === 'setting')).toHaveLength(2);
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
      expect((await agent.pullSettled(tip)).changes).toEqual([]);
    });

    test('the same push side by side is applied once', async () => {
      const made = operationBy(me, { entity: 'ticket', fields: ticketFields(me) });
      const answers = await Promise.all(Array.from({ length: 6 }, () => agent.push(made)));
      expect(new Set(answers.map((results) => JSON.stringify(results))).size).toBe(1);
      expect(await agent.settledRecord(made.entityId)).toMatchObject({ version: 1 });
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
    expect(await agent.settledRecord(made.entityId)).toMatchObject({
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
      const records = await Promise.all(
        tickets.map((ticket) => agent.settledRecord(ticket.entityId)),
      );
      const numbers = records.map((record) => Number(record?.fields.no));
      expect(String(numbers[0])).toMatch(new RegExp(`^${new Date().getFullYear()}\\d{7}$`));
      const [first = 0] = numbers;
      expect(numbers).toEqual([first, first + 1, first + 2]);
      expect(records[0]?.clocks.no).toContain('server');
    });

    test('are distinct also from many desks at once, and go on above the sample', async () => {
      const taken = (await agent.pullSettled()).changes.filter(
        (change) => change.entity === 'ticket',
      );
      const tickets = Array.from({ length: 8 }, () =>
        operationBy(me, { entity: 'ticket', fields: ticketFields(me) }),
      );
      await Promise.all(tickets.map((ticket) => agent.push(ticket)));
      const all = (await agent.pullSettled()).changes.filter(
        (change) => change.entity === 'ticket',
      );
      expect(all).toHaveLength(taken.length + 8);
      expect(new Set(all.map((ticket) => ticket.fields.no)).size).toBe(all.length);
    });

    test('are not the desk’s to change', async () => {
      const made = operationBy(me, {
        entity: 'ticket',
        fields: { ...ticketFields(me), no: '20269999999' },
      });
      await agent.push(made);
      const given = (await agent.settledRecord(made.entityId))?.fields.no;
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
      expect((await agent.settledRecord(made.entityId))?.fields).toMatchObject({
        no: given,
        subject: 'Other',
      });
    });
  });

  test('whoever watches sees all that an agent sees, and no secret among it', async () => {
    const supervisor = new ServerClient(server.url);
    await supervisor.signIn('wu.min');
    await supervisor.tip();
    const { changes } = await supervisor.pullAll();
    const ofAgent = new Set((await agent.pullAll()).changes.map(({ id }) => id));
    const seenByBoth = changes.filter(({ id }) => ofAgent.has(id));
    expect(seenByBoth).toEqual((await agent.pullAll()).changes);
    const users = changes.filter((change) => change.entity === 'user');
    expect(users.length).toBeGreaterThan(10);
    expect(new Set(users.flatMap((user) => Object.keys(user.fields)))).toEqual(
      new Set(['login', 'name', 'role', 'teamId', 'extension', 'queueIds', 'active']),
    );
  });
});

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
