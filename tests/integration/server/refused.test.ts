import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import {
  customerFields,
  operationBy,
  taskFields,
  wrapUpFields,
} from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;
const you = practiceUser('chen.hao').id;

describe.each(backendNames)('refused operations on %s', (name) => {
  const server = testServer(name);
  const agent = server.desk('xu.jing');
  const other = server.desk('chen.hao');

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
    ['invalid-fields', 'customer', () => ({ fields: { ...customerFields(), x: nested(30) } }), 'x'],
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
    const { changes } = await agent.pullSettled();
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
    expect(await agent.settledRecord(made.entityId)).toMatchObject({ fields: customerFields() });
  });

  test('a wrap-up belongs to its author', async () => {
    const made = operationBy(me, { entity: 'wrapUp', fields: wrapUpFields(me) });
    await agent.push(made);
    const { entityId } = made;
    const taken = operationBy(you, { entity: 'wrapUp', entityId, fields: { notes: 'Mine' } });
    const given = operationBy(me, { entity: 'wrapUp', entityId, fields: { agentId: you } });
    const edited = operationBy(me, { entity: 'wrapUp', entityId, fields: { notes: 'Better' } });
    expect(await other.push(taken)).toMatchObject([{ reason: 'not-yours', version: null }]);
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
