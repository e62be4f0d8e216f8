import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type Item, makeKey } from '../../support/apiClient.ts';
import { ImportClient } from '../../support/importFiles.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { customerFields, operationBy } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('wu.min').id;
const you = practiceUser('admin').id;
const agentId = practiceUser('xu.jing').id;

describe.each(backendNames)('customers found to be one, on %s', (name) => {
  const server = testServer(name);
  const lead = server.desk('wu.min');
  const other = server.desk('admin');
  const agent = server.desk('xu.jing');

  async function made(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => uuidv7());
    const operations = ids.map((entityId) =>
      operationBy(agentId, { entity: 'customer', entityId, fields: customerFields() }),
    );
    await agent.push(...operations);
    return ids;
  }

  function merging(by: string, entityId: string, into: string | null) {
    const fields = { mergedInto: into };
    return operationBy(by, { entity: 'customer', entityId, fields, baseVersion: 1 });
  }

  const outcome = (results: { outcome: string; reason: string | null }[]) =>
    results.map((result) => result.reason ?? result.outcome);

  test('by those who may', async () => {
    const [a = '', b = ''] = await made(2);
    expect(outcome(await agent.push(merging(agentId, a, b)))).toEqual(['forbidden']);
    expect(outcome(await lead.push(merging(me, a, b)))).toEqual(['applied']);
    expect(outcome(await agent.push(merging(agentId, a, null)))).toEqual(['forbidden']);
    expect(outcome(await lead.push(merging(me, a, null)))).toEqual(['applied']);
  });

  test('not by a change that waits for its customer', async () => {
    const [b = ''] = await made(1);
    const a = uuidv7();
    expect(outcome(await agent.push(merging(agentId, a, b)))).toEqual(['forbidden']);
    const customer = { entity: 'customer', entityId: a, fields: customerFields() } as const;
    expect(outcome(await agent.push(operationBy(agentId, customer)))).toEqual(['applied']);
    expect(outcome(await lead.push(merging(me, b, a)))).toEqual(['applied']);
  });

  test('an agent writes other fields of a merged customer as ever', async () => {
    const [a = '', b = ''] = await made(2);
    await lead.push(merging(me, a, b));
    const note = operationBy(agentId, {
      entity: 'customer',
      entityId: a,
      fields: { pinnedNote: 'late', mergedInto: b },
      baseVersion: 2,
    });
    expect(outcome(await agent.push(note))).toEqual(['applied']);
  });

  test('never in a circle: one after the other, in one push, in a long chain, into itself', async () => {
    const [a = '', b = '', c = '', d = ''] = await made(4);
    await lead.push(merging(me, a, b));
    expect(outcome(await other.push(merging(you, b, a)))).toEqual(['state-not-allowed']);
    await lead.push(merging(me, b, c));
    expect(outcome(await other.push(merging(you, c, a)))).toEqual(['state-not-allowed']);
    expect(outcome(await other.push(merging(you, d, d)))).toEqual(['state-not-allowed']);
    const [e = '', f = ''] = await made(2);
    expect(outcome(await lead.push(merging(me, e, f), merging(me, f, e)))).toEqual([
      'applied',
      'state-not-allowed',
    ]);
    // Once the first is taken back the other way round is free.
    await lead.push(merging(me, e, null));
    expect(outcome(await lead.push(merging(me, f, e)))).toEqual(['applied']);
  });

  test('nor at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const [a = '', b = ''] = await made(2);
      const both = await Promise.all([
        lead.push(merging(me, a, b)),
        other.push(merging(you, b, a)),
      ]);
      expect(both.flatMap(outcome).sort()).toEqual(['applied', 'state-not-allowed']);
    }
  });

  test('programs are told of it, find the one that stands, and take out one line', async () => {
    const api = await makeKey(server.url);
    const number = `+8613${String(Date.now()).slice(-9)}`;
    const kept = await api.make('customers', { name: 'Kept Kunde', no: `K${number}` });
    const gone = await api.make('customers', { name: 'Gone Kunde' });
    await api.make('contact-points', { customerId: gone.id, kind: 'phone', raw: number });
    const far = `+8615${String(Date.now()).slice(-9)}`;
    const first = await api.make('customers', { name: 'Gone before' });
    await api.make('contact-points', { customerId: first.id, kind: 'phone', raw: far });
    await lead.push(merging(me, first.id, gone.id));
    await lead.push(merging(me, gone.id, kept.id));
    expect((await api.call<Item>('GET', `/api/v1/customers/${gone.id}`)).body).toMatchObject({
      mergedInto: kept.id,
    });
    await lead.tip();
    const found = await api.page(`customers?number=${encodeURIComponent(number)}`);
    expect(found.items.map(({ id }) => id)).toEqual([kept.id]);
    const parted = await api.call('PATCH', `/api/v1/customers/${gone.id}`, { mergedInto: null });
    expect(parted.status).toBe(400);

    const files = new ImportClient(other);
    const lines = String(await files.export('kind=customers&format=csv&language=en')).split('\n');
    expect(lines.filter((line) => line.includes('Gone'))).toEqual([]);
    const line = lines.find((one) => one.includes('Kept Kunde'));
    expect(line).toContain(number);
    expect(line).toContain(far);
    const numbers = String(await files.export('kind=numbers&format=csv&language=en')).split('\n');
    for (const held of [number, far]) {
      expect(numbers.find((one) => one.includes(held))).toContain('Kept Kunde');
    }
  });

  test('a customer that was merged meanwhile is not merged into a second one', async () => {
    const [a = '', b = '', c = ''] = await made(3);
    await lead.push(merging(me, a, b));
    expect(outcome(await other.push(merging(you, a, c)))).toEqual(['conflict']);
    expect(outcome(await other.push(merging(you, a, b)))).toEqual(['applied']);
  });
});
