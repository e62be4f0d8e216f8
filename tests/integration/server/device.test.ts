import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { practiceUser } from '../../support/practiceUser.ts';
import { backendNames } from '../../support/serverBackends.ts';
import { customerFields, operationBy } from '../../support/serverClient.ts';
import { testServer } from '../../support/testServer.ts';

const me = practiceUser('xu.jing').id;

describe.each(backendNames)('registration of desks on %s', (name) => {
  const desk = testServer(name).desk('xu.jing');
  let made = 0;

  function newDevice(): string {
    made += 1;
    return `device${String(made).padStart(4, '0')}`;
  }

  async function register(
    deviceId: string,
    instance: string,
    previous: string | null,
    lineage?: string,
  ): Promise<number> {
    const body = { deviceId, instance, previous, ...(lineage ? { lineage } : {}) };
    return (await desk.call('POST', '/api/sync/device', body)).status;
  }

  async function pushUnder(deviceId: string, instance?: string) {
    const operations = [operationBy(me, { entity: 'customer', fields: customerFields() })];
    return desk.call('POST', '/api/sync/push', { deviceId, instance, operations });
  }

  test('goes from one instance to the next, and repeats itself without harm', async () => {
    const device = newDevice();
    const [one, two, three] = [uuidv7(), uuidv7(), uuidv7()];
    expect(await register(device, one, null)).toBe(200);
    expect(await register(device, one, null)).toBe(200);
    expect(await register(device, two, one)).toBe(200);
    expect(await register(device, three, two)).toBe(200);
    expect(await register(device, three, two)).toBe(200);
  });

  test('knows a copy by what it was before, and takes pushes from the other one alone', async () => {
    const device = newDevice();
    const [first, original, copy] = [uuidv7(), uuidv7(), uuidv7()];
    await register(device, first, null);
    expect(await register(device, original, first)).toBe(200);
    const answer = await desk.call('POST', '/api/sync/device', {
      deviceId: device,
      instance: copy,
      previous: first,
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'device-copied' } });
    expect(await register(device, uuidv7(), null)).toBe(409);
    expect((await pushUnder(device, original)).status).toBe(200);
    expect((await pushUnder(device, first)).body.code).toBe('device-copied');
    // A desk of before names none.
    expect((await pushUnder(device)).status).toBe(200);
    expect((await pushUnder(newDevice(), first)).status).toBe(200);
  });

  test('of two that come at once with the same past, one is it', async () => {
    const device = newDevice();
    const past = uuidv7();
    await register(device, past, null);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => register(device, uuidv7(), past)),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(5);
  });

  test('concludes nothing where the database itself is from a backup', async () => {
    const device = newDevice();
    const { lineage } = await desk.pull();
    await register(device, uuidv7(), null);
    expect(await register(device, uuidv7(), uuidv7(), lineage)).toBe(409);
    expect(await register(device, uuidv7(), uuidv7(), uuidv7())).toBe(200);
  });
});
