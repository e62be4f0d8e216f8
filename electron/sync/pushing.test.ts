import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation, PushResult } from '#shared/sync/messages.ts';
import { batchOf, pushHalving } from './pushing.ts';
import { RefusedError, UnreachableError } from './transport.ts';

function operation(index: number, note = ''): Operation {
  return {
    id: `01990000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    entity: 'customer',
    entityId: '01990000-0000-7000-8000-000000000001',
    fields: { note },
    clock: '019900000000-0000-desk00001',
    baseVersion: null,
    authorId: '01990000-0000-7000-8000-000000000002',
    at: 1,
  };
}

describe('batchOf', () => {
  test('keeps the order and cuts before a batch grows too large', () => {
    const large = 'x'.repeat(300_000);
    const operations = [1, 2, 3, 4].map((index) => operation(index, large));
    expect(batchOf(operations)).toEqual(operations.slice(0, 2));
  });

  test('a single operation goes however large it is', () => {
    const operations = [operation(1, 'x'.repeat(2_000_000)), operation(2)];
    expect(batchOf(operations)).toEqual(operations.slice(0, 1));
    expect(batchOf([])).toEqual([]);
  });
});

describe('pushHalving', () => {
  const refusal = new RefusedError({ type: '', title: 'Bad', status: 400, code: 'invalid-input' });

  test('refuses exactly the poisonous ones; all others get through in their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
        async (poisonous) => {
          const operations = poisonous.map((_, index) => operation(index));
          const bad = new Set(operations.filter((_, i) => poisonous[i]).map(({ id }) => id));
          const through: string[] = [];
          const refused: PushResult[] = [];
          await pushHalving(
            operations,
            async (some) => {
              if (some.some(({ id }) => bad.has(id))) throw refusal;
              through.push(...some.map(({ id }) => id));
            },
            (result) => refused.push(result),
          );
          expect(new Set(refused.map(({ operationId }) => operationId))).toEqual(bad);
          expect(through).toEqual(operations.map(({ id }) => id).filter((id) => !bad.has(id)));
        },
      ),
    );
  });

  test('an unreachable server refuses nothing', async () => {
    const push = async () => {
      throw new UnreachableError('gone');
    };
    const refused: PushResult[] = [];
    const pushing = pushHalving([operation(1)], push, (result) => refused.push(result));
    await expect(pushing).rejects.toThrow('gone');
    expect(refused).toEqual([]);
  });
});
