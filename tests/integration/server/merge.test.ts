import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { maxDriftMs } from '#shared/sync/clock.ts';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { customerFields, operationBy, stampAt } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;
const you = practiceUser('chen.hao').id;

describe.each(backendNames)('merge on %s', (name) => {
  const server = testServer(name);
  const agent = server.desk('xu.jing');
  const other = server.desk('chen.hao');

  test.each(['early first', 'late first'])('the later stamp wins per field, %s', async (order) => {
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
    expect(await agent.settledRecord(entityId)).toMatchObject({
      version: 3,
      fields: { name: 'Late', valueClass: 'A', pinnedNote: 'kept' },
      clocks: { name: late.clock, pinnedNote: early.clock },
    });
  });

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
    expect((await agent.pullSettled(tip)).changes).toEqual([]);
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
            return (await agent.settledRecord(entityId))?.fields;
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
    expect((await agent.settledRecord(made.entityId))?.fields).toMatchObject({
      name: 'New',
      shoeSize: { eu: 44 },
    });
  });

  test('a stamp far ahead is replaced by one of the server', async () => {
    const made = operationBy(me, { entity: 'customer', fields: customerFields() });
    const ahead = operationBy(me, {
      entity: 'customer',
      entityId: made.entityId,
      fields: { name: 'Ahead' },
      clock: stampAt(Date.now() + maxDriftMs + 3_600_000),
    });
    const results = await agent.push(made, ahead);
    expect(results.map((result) => result.outcome)).toEqual(['applied', 'merged']);
    const record = await agent.settledRecord(made.entityId);
    expect(record?.fields.name).toBe('Ahead');
    expect(record?.clocks.name).toContain('server');
    // The desk hears of that stamp, each time it asks, and keeps it from then on.
    expect(results.map(({ clock }) => clock)).toEqual([undefined, record?.clocks.name]);
    expect(await agent.push(made, ahead)).toEqual(results);
    const kept = { ...ahead, clock: String(record?.clocks.name) };
    expect((await agent.push(kept))[0]).not.toHaveProperty('clock');
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

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function shuffled<T>(list: T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray(list, { minLength: list.length });
}
