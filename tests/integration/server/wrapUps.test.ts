import { describe, expect, test } from 'vitest';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { operationBy, stampAt, wrapUpFields } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const minuteMs = 60_000;
/** As usual: a day. */
const editMs = 1440 * minuteMs;

const me = practiceUser('xu.jing').id;

describe.each(backendNames)('changes of a saved wrap-up on %s', (name) => {
  const agent = testServer(name).desk('xu.jing');

  /** A wrap-up saved so long ago, and its change `afterMs` later. */
  async function changed(agoMs: number, afterMs: number, fields: Record<string, unknown>) {
    const savedAt = Date.now() - agoMs;
    const clock = stampAt(savedAt);
    const made = operationBy(me, {
      entity: 'wrapUp',
      fields: { ...wrapUpFields(me), savedAt },
      clock,
    });
    const change = operationBy(me, {
      entity: 'wrapUp',
      entityId: made.entityId,
      fields,
      baseVersion: 1,
      clock: stampAt(savedAt + afterMs),
    });
    await agent.push(made);
    return { made, results: await agent.push(change) };
  }

  test('are taken in time, also when they come late because the desk was away', async () => {
    const { results } = await changed(editMs * 3, minuteMs, { notes: 'late but in time' });
    expect(results).toMatchObject([{ outcome: 'applied' }]);
  });

  test('are refused once the time is over', async () => {
    const { results } = await changed(editMs * 3, editMs + minuteMs, { notes: 'too late' });
    expect(results).toMatchObject([{ outcome: 'rejected', reason: 'state-not-allowed' }]);
  });

  test('a new one is taken whatever its queue asks for, and however old it is', async () => {
    const old = { ...wrapUpFields(me, ''), savedAt: Date.now() - editMs * 30 };
    const results = await agent.push(operationBy(me, { entity: 'wrapUp', fields: old }));
    expect(results).toMatchObject([{ outcome: 'applied' }]);
  });
});
