import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { customerFields, operationBy, wrapUpFields } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

/** Cut at an odd place it ends with half a surrogate pair. */
const longName = `a${'\u{1f600}'.repeat(400)}`;

const me = practiceUser('xu.jing').id;

describe.each(backendNames)('an operation that cannot be stored, on %s', (name) => {
  const agent = testServer(name).desk('xu.jing');

  const customer = (fields: Record<string, unknown> = {}) =>
    operationBy(me, { entity: 'customer', fields: { ...customerFields(), ...fields } });

  test.each([
    [
      'a value too long for an index, in a field that nobody here knows',
      () => {
        const ticketId = randomBytes(9_000).toString('hex');
        return operationBy(me, { entity: 'wrapUp', fields: { ...wrapUpFields(me), ticketId } });
      },
    ],
    ['a wrong key too long for a message', () => customer({ profile: { [longName]: 1 } })],
    ['no text below a name that is too long', () => customer({ x: { [longName]: '\0' } })],
  ])('%s: it is refused alone, each time alike, and the others are done', async (_what, made) => {
    const batch = [customer(), made(), customer()];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const results = await agent.push(...batch);
      expect(results.map(({ operationId }) => operationId)).toEqual(batch.map(({ id }) => id));
      expect(results.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected', 'applied']);
      expect(results[1]).toMatchObject({ reason: 'invalid-fields', version: null });
      expect(results[1]?.message?.isWellFormed()).toBe(true);
    }
  });
});
